"""A FastAPI application as all of ours begin: nothing from elsewhere, no reports to anybody, one shape of errors."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from iw_monitor.api.trouble import answer_everything

# FastAPI can report to an OpenTelemetry collector that the environment names. Nothing leaves this machine.
_SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}


def plain_app(*, title: str, version: str) -> FastAPI:
    """Return an application without routes, whose errors all have the one shape."""
    app = FastAPI(
        title=title,
        version=version,
        openapi_url=None,  # answered by a route of our own, where there is one
        docs_url=None,  # these pages would load from other hosts
        redoc_url=None,
        redirect_slashes=False,
        telemetry=_SILENT,
    )
    answer_everything(app)
    return app
