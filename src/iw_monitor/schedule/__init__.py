"""The worker: what runs by itself, when, once, and by one process at a time."""
