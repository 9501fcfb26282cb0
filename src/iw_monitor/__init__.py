"""An indicators-and-warnings monitor: packs, an append-only journal, one engine, one Assessment."""
