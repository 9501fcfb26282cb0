"""The API: reading and writing for programs, with tokens, beside the pages; and what is published."""

from iw_monitor.api.app import entrance_to, mounted
from iw_monitor.api.operating import operating_routes
from iw_monitor.api.publishing import publishing_routes

__all__ = ["entrance_to", "mounted", "operating_routes", "publishing_routes"]
