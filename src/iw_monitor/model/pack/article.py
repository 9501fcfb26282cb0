"""The analytic source of a pack, and what may be quoted from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iw_monitor.model.pack.plain import Plain, Text


class Quote(Plain):
    """A verbatim excerpt of the source article and where it stands."""

    text: Text
    paragraph: Annotated[int, Field(ge=1)]
    part: Text


class Article(Plain):
    """The analytic source of a pack and the excerpts that may be quoted from it."""

    author: Text
    title: Text
    publisher: Text
    published: Text
    summary: Text
    excerpts: tuple[Quote, ...]
