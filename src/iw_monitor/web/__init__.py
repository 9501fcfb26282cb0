"""The web server: Streamlit as one ASGI application with our own routes, headers and guards around it."""

from iw_monitor.web.admission import Admission
from iw_monitor.web.app import build_app
from iw_monitor.web.public_link import PublicPages
from iw_monitor.web.run import run_web

__all__ = ["Admission", "PublicPages", "build_app", "run_web"]
