"""Pieces of pages as escaped HTML: rows of ``data.py`` in, text out. None computes, none knows Streamlit."""
