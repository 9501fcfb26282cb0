"""What things are: frozen types that refuse nonsense. No file, network, clock or chance."""
