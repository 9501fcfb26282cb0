"""The API: reading and writing for programs, with tokens, beside the pages."""

from iw_monitor.api.app import entrance_to, mounted
from iw_monitor.api.operating import operating_routes

__all__ = ["entrance_to", "mounted", "operating_routes"]
