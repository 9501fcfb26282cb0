"""Looking over what the project is made of: known faults of its packages, its parts, and what must not lie here."""
