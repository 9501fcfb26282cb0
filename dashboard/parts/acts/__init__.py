"""The parts that show what people state beside what is computed, and where they state it."""
