"""The command line: thin verbs over the service. Slow libraries are loaded only by the command that needs them."""

from iw_monitor.cli.program import app, main

__all__ = ["app", "main"]
