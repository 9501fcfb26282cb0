"""One spelling for every value: what is hashed must be written the same everywhere and for ever."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted

__all__ = ["canonical_json", "number_or_null", "quoted"]

# ``quoted`` is a text as ``canonical_json`` spells it: what there may be a million of is put together from such pieces.
_encoder = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys, no white space, letters as themselves and no NaN or infinity.

    Raises:
        ValueError: the value holds NaN or infinity.
        TypeError: the value holds something JSON has no word for.

    Example:
        >>> canonical_json({"b": 1, "a": [None, 0.5, "é"]})
        '{"a":[null,0.5,"é"],"b":1}'
    """
    return _encoder.encode(value)


def number_or_null(value: float | None) -> str:
    """Return a number, or nothing, as ``canonical_json`` spells it; of a whole number its own digits.

    Example:
        >>> number_or_null(None), number_or_null(0.5), number_or_null(7)
        ('null', '0.5', '7')
    """
    return "null" if value is None else repr(value)
