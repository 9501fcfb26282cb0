"""Turning conclusions into files and texts for those who were not there."""
