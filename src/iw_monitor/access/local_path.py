"""Where a browser may be sent after signing in: to a page of this site and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import unquote

HOME = "/"
LONGEST = 2_000

# One slash, then anything but a second one: a browser reads "//host" and "/\\host" as another site.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")
_HIDDEN = re.compile(r"^/[/\\]|[\\\x00-\x1f\x7f\u2028\u2029]")  # what must not come out of %-signs either


def local_path(asked: str) -> str:
    """Return the path that was asked for if it is one of this site, else the home page.

    Example:
        >>> local_path("/why?problem=war"), local_path("//evil.example"), local_path("https://evil.example")
        ('/why?problem=war', '/', '/')
    """
    fine = len(asked) <= LONGEST and _LOCAL.fullmatch(asked) and not _HIDDEN.search(unquote(asked))
    return asked if fine and not asked.startswith("/auth/") else HOME
