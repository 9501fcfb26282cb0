"""The pages: each answers one question, top to bottom."""
