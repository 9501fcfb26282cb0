"""A snapshot as files: one frozen content, told once, in every format; without a browser."""
