"""A place's figures as a file: what `export --what region` makes here and `import-region` brings in elsewhere.

It holds sums and counts, no library, no cell and no person. Its sign tells whether it arrived whole; who made it, only
the way it came by can tell.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pydantic

from sheets_sync import __version__
from sheets_sync.app import App
from sheets_sync.config.places import OrgUnit
from sheets_sync.errors import SheetsSyncError, UsageError
from sheets_sync.jobs.outcome import Failure
from sheets_sync.model import Message, PlaceSums, msg
from sheets_sync.model.place import COUNTS, SUMS, TREND_MONTHS
from sheets_sync.store.codec import encode
from sheets_sync.store.places import of_file

FORMAT, VERSION = "sheets-sync region", 1
MAX_BYTES = 20_000_000
_CLOCKS_APART = timedelta(days=1)


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


def bring_in(app: App, file: Path) -> tuple[OrgUnit, PlaceSums, datetime]:
    """Takes a file's month in the place of what an older file gave for it.

    Raises:
        UsageError: it is none, or damaged, of a place that no other installation gives, or older than what is there.
    """
    code, sums, made_at = read_region_file(file)
    place = next((each for each in app.settings.places.places if each.imports == code), None)
    if place is None:
        known = [each.imports for each in app.settings.places.places if each.imports]
        raise UsageError(
            msg(
                "{file} is of {code}, which no place of places.yaml has under `imports`. Known: {known}.",
                file=file.name,
                code=code,
                known=known,
            )
        )
    if made_at > app.clock() + _CLOCKS_APART:
        raise UsageError(msg("{file} was made in the future ({moment}).", file=file.name, moment=made_at))
    source = of_file(place.code)
    there = app.store.given([source], sums.period).get(source)
    if there is not None and there.made_at > made_at:
        raise UsageError(
            msg(
                "{file} was made {moment}; what is there for {month} is newer ({newer}).",
                file=file.name,
                moment=made_at,
                month=sums.period,
                newer=there.made_at,
            )
        )
    app.store.bring_in(place.code, sums, made_at)
    return place, sums, made_at


def bring_in_folder(app: App) -> Iterator[Failure]:
    """Brings in what lies in the folder for it and is newer than what is there; gives what could not be."""
    folder = app.settings.places.import_folder
    if folder is None:
        return
    for file in sorted(folder.glob("*.json")):
        try:
            code, sums, made_at = read_region_file(file)
            place = next((each for each in app.settings.places.places if each.imports == code), None)
            source = of_file(place.code) if place else ""
            there = app.store.given([source], sums.period).get(source)
            if there is None or there.made_at < made_at:
                bring_in(app, file)
        except SheetsSyncError as error:
            yield Failure.of(file.name, error)


def read_region_file(file: Path) -> tuple[str, PlaceSums, datetime]:
    """The code, the month's sums and the moment of a file.

    Raises:
        UsageError: it is none, is damaged, of a newer version, or says what can't be.
    """
    try:
        content = _checked(file, json.loads(_bytes(file)))
        year, month = str(content["month"]["period"]).split("-")
        content["month"]["period"] = {"year": int(year), "month": int(month)}
        sums = _sums_type().validate_python(content["month"])
        code, made_at = str(content["place"]), datetime.fromisoformat(content["made_at"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _no_file(file) from error
    if content["fields"] != list(SUMS) or made_at.tzinfo is None or any(_odd(sums)):
        raise _no_file(file)
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
    if file.stat().st_size > MAX_BYTES:
        raise _no_file(file)
    return file.read_bytes()


def _no_file(file: Path) -> UsageError:
    return UsageError(msg("{file} is no file of `sheets-sync export --what region`.", file=file.name))


@cache
def _sums_type() -> pydantic.TypeAdapter[PlaceSums]:
    return pydantic.TypeAdapter(PlaceSums)


def _odd(sums: PlaceSums) -> Iterator[str]:
    """What no installation of ours would have made."""
    if any(getattr(sums, name) < 0 for name in COUNTS) or sums.answered > sums.required:
        yield "counts"
    if sums.data_as_of is not None and sums.data_as_of.tzinfo is None:
        yield "moment"
    for kind in sums.kinds:
        if len(kind.months) != TREND_MONTHS or kind.libraries < 0:
            yield kind.kind
        for each in (*kind.year, *kind.previous, *kind.last_year, *(one for month in kind.months for one in month)):
            if len(each.values) != len(SUMS) or not all(map(math.isfinite, each.values)):
                yield each.indicator


def told(place: OrgUnit, sums: PlaceSums, made_at: datetime) -> Message:
    """What was brought in."""
    return msg(
        "{place}: {month} brought in, made {moment}: {reported} of {total} libraries have reported.",
        place=place.name,
        month=sums.period,
        moment=made_at,
        reported=sums.heard,
        total=sums.libraries,
    )
