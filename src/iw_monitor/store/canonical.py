"""One spelling for every value: what is hashed must be written the same everywhere and for ever."""

from __future__ import annotations

import json

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
