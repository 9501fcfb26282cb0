"""Sirens of Israel's Home Front Command, from two histories of different layout, as readings. Pure."""
