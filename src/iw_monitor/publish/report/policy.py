"""What a snapshot may load where it is served: as the HTML file says itself, and nobody frames it or gets its forms."""

from __future__ import annotations

from collections.abc import Mapping

from iw_monitor.model.snapshot import Format

# Its style stands in the file, which must be whole wherever it is kept.
OF_HTML = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def policy_of(form: Format) -> Mapping[str, str]:
    """Return the headers that a served file needs beside those of every answer."""
    return {"content-security-policy": OF_HTML} if form is Format.HTML else {}
