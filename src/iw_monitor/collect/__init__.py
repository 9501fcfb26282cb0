"""Bringing observations in: one validation path for page, command line, API and files."""
