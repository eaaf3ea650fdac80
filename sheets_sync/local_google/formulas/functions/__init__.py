"""The functions that formulas can call, by theme. A function that is not here is an honest `#NAME?`."""

from sheets_sync.local_google.formulas.functions import (
    aggregates,
    arrays,
    conditions,
    datetimes,
    information,
    logic,
    lookups,
    numbers,
    texts,
)
from sheets_sync.local_google.formulas.registry import FUNCTIONS

__all__ = [
    "FUNCTIONS",
    "aggregates",
    "arrays",
    "conditions",
    "datetimes",
    "information",
    "logic",
    "lookups",
    "numbers",
    "texts",
]
