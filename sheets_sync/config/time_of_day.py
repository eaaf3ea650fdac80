"""A time of the day as people here write it: `08.00`, `8`, `08:00`."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator
from ruamel.yaml.scalarfloat import ScalarFloat

from sheets_sync.model import msg

_TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?(?:[.:]00)?")


def time_of_day(value: Any) -> Any:
    """The time that a setting names; a bare number is the hour. A time stays as it is.

    Raises:
        ValueError: it is no time of a day, or could be two: `8.5` may be half past eight or five past.
    """
    if isinstance(value, time):
        return value
    found = _TIME.fullmatch(_written(value).strip())
    if found is None or isinstance(value, bool):
        raise ValueError(msg("a time of the day, like 08:00, 08.00 or 8"))
    return time(int(found["hour"]), int(found["minute"] or 0))


def _written(value: Any) -> str:
    """As it stands in the file: YAML takes 08.30 for the number 8.3."""
    if isinstance(value, ScalarFloat):
        width, before = getattr(value, "_width"), getattr(value, "_prec")  # noqa: B009 - how ruamel.yaml remembers what was written
        decimals = width - before - 1
        return f"{float(value):.{max(decimals, 0)}f}"
    return str(value)


TimeOfDay = Annotated[time, BeforeValidator(time_of_day)]
"""A setting that takes `08:00`, `08.00` and `8`, and holds the time."""
