"""A place's figures as a file: what `export --what region` makes here and `import-region` brings in elsewhere.

It holds sums and counts, no library, no cell and no person. Its sign tells whether it arrived whole; who made it, only
the way it came by can tell.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pydantic

from sheets_sync import __version__
from sheets_sync.errors import UsageError
from sheets_sync.model import IndicatorSums, KindSums, Period, PlaceSums, SpanSums, msg
from sheets_sync.model.foreign import said_by
from sheets_sync.model.place import COUNTS, SUMS, TREND_MONTHS
from sheets_sync.model.text import twice
from sheets_sync.store.codec import encode

FORMAT, VERSION = "sheets-sync region", 1
MAX_BYTES = 20_000_000
_TIME_ZONES_APART = timedelta(days=1)
LONGEST = 1000  # characters of a name; a cell takes 50,000, and with one that does not no page could be written
MOST = 1e15  # of anything that is added up: beyond it no sum is exact


def region_file(code: str, name: str, sums: PlaceSums, made_at: datetime) -> bytes:
    """The file of a place's month, with its sign."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "place": code,
        "name": name,
        "made_at": made_at.isoformat(),
        "fields": list(SUMS),
        "month": encode(sums),
    }
    return json.dumps({**content, "sign": _sign(content)}, ensure_ascii=False, indent=1).encode()


def _sign(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2s(text.encode()).hexdigest()


def read_region_file(file: Path) -> tuple[str, PlaceSums, datetime]:
    """The code, the month's sums and the moment of a file.

    Raises:
        UsageError: it can't be read, is none, is damaged, of a newer version, or says what can't be.
    """
    try:
        content = _checked(file, json.loads(_bytes(file)))
        year, month = str(content["month"]["period"]).split("-")
        content["month"]["period"] = {"year": int(year), "month": int(month)}
        sums = _sums_type().validate_python(content["month"])
        code, made_at = str(content["place"]), datetime.fromisoformat(content["made_at"])
        earliest = sums.period.first_day - _TIME_ZONES_APART
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise _no_file(file) from error
    if content["fields"] != list(SUMS) or made_at.tzinfo is None or any(_odd(sums, made_at)):
        raise _no_file(file)
    if made_at.date() < earliest:
        raise UsageError(
            msg(
                "{file} has figures of {month} and was made before it began ({moment}).",
                file=file.name,
                month=sums.period,
                moment=made_at,
            )
        )
    return code, sums, made_at


def _checked(file: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The content, if it is of this format and whole."""
    sign = content.pop("sign")
    if content["format"] != FORMAT:
        raise _no_file(file)
    if content["version"] > VERSION:
        program = content["program"]
        raise UsageError(
            msg("{file} was made by a newer version of sheets-sync ({version}).", file=file.name, version=program)
        )
    if sign != _sign(content):
        raise UsageError(msg("{file} is not as it was made. Ask for it again.", file=file.name))
    return content


def _bytes(file: Path) -> bytes:
    """The file's bytes; only a regular file of a possible size is read, not a pipe or a disk."""
    try:
        if not file.is_file():
            raise _no_file(file)
        size = file.stat().st_size
        if size > MAX_BYTES:
            words = {"file": file.name, "size": round(size / 1e6), "most": round(MAX_BYTES / 1e6)}
            raise UsageError(msg("{file} has {size} MB; such a file has {most} at most.", **words))
        return file.read_bytes()
    except OSError as error:
        raise UsageError(msg("{path} can't be used: {problem}.", path=file.name, problem=said_by(error))) from error


def _no_file(file: Path) -> UsageError:
    return UsageError(msg("{file} is no file of `sheets-sync export --what region`.", file=file.name))


@cache
def _sums_type() -> pydantic.TypeAdapter[PlaceSums]:
    return pydantic.TypeAdapter(PlaceSums)


def _odd(sums: PlaceSums, made_at: datetime) -> Iterator[str]:
    """What no installation of ours would have made."""
    yield from (text[:80] for text in _texts(sums) if len(text) > LONGEST)
    if not all(0 <= getattr(sums, name) < MOST for name in COUNTS) or sums.answered > sums.required:
        yield "counts"
    if sums.on_time + sums.late + sums.unknown > sums.libraries:
        yield "timeliness"
    moments = [sums.data_as_of, *(span.data_as_of for span in sums.spans)]
    if not all(_before(moment, made_at) for moment in moments):
        yield "moment"
    if twice(kind.kind for kind in sums.kinds):
        yield "kinds"
    for kind in sums.kinds:
        yield from _odd_kind(kind)
    for span in sums.spans:
        yield from _odd_span(span, sums.period)


def _texts(sums: PlaceSums) -> Iterator[str]:
    """Whatever may come to stand in a cell or a letter."""
    yield from (sums.scheme, sums.rules, *(kind.kind for kind in sums.kinds))
    for span in sums.spans:
        yield from (
            span.scheme,
            span.rules,
            *(kind.kind for kind in span.kinds),
            *(flow.element for flow in span.flows),
        )


def _before(figures: datetime | None, made_at: datetime) -> bool:
    """No figure is newer than the file that it stands in, whatever the clock of whoever typed it says."""
    return figures is None or (figures.tzinfo is not None and figures <= made_at + _TIME_ZONES_APART)


def _odd_kind(kind: KindSums) -> Iterator[str]:
    if len(kind.months) != TREND_MONTHS or not 0 <= kind.libraries < MOST:
        yield kind.kind
    for group in (kind.year, kind.previous, kind.last_year, *kind.months):
        yield from _odd_group(group)


def _odd_span(given: SpanSums, period: Period) -> Iterator[str]:
    """Its months are as many as it has, no more came than were owed, and it ends with the file's month."""
    many = len(given.span)
    if given.span.last != period or (len(given.heard), len(given.due)) != (many, many):
        yield "span"
    elif any(not 0 <= heard <= due < MOST for heard, due in zip(given.heard, given.due, strict=True)):
        yield "counts"
    for flow in given.flows:
        known = [value for value in (*flow.months, flow.total) if value is not None]
        if len(flow.months) != many or flow.known < 0 or not _fine(known):
            yield flow.element
    for kind in given.kinds:
        if len(kind.months) != many or not 0 <= kind.libraries < MOST:
            yield kind.kind
        for group in (kind.whole, kind.before, kind.last_year, *kind.months):
            yield from _odd_group(group)
    if twice(kind.kind for kind in given.kinds) or twice(flow.element for flow in given.flows):
        yield "kinds"


def _odd_group(group: Sequence[IndicatorSums]) -> Iterator[str]:
    """Each indicator once, with every sum, all of them numbers that can be added."""
    if twice(each.indicator for each in group):
        yield "indicators"
    for each in group:
        if len(each.values) != len(SUMS) or not _fine(each.values):
            yield each.indicator


def _fine(values: Iterable[float]) -> bool:
    return all(math.isfinite(value) and abs(value) < MOST for value in values)
