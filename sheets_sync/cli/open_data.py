"""`export --what open-data`: the tables, and their description beside them."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_sync.cli import formats
from sheets_sync.cli.offices import NotGiven
from sheets_sync.cli.output import give_out
from sheets_sync.cli.session import Session
from sheets_sync.cli.terminal import harmless_json, tell
from sheets_sync.config.private import private_file
from sheets_sync.errors import UsageError
from sheets_sync.model import Period, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheets_sync.jobs.open_data import OpenTables, Row
    from sheets_sync.model.json import JsonObject

DESCRIPTION = "datapackage.json"
_SHOWN = 10  # places without a code


def export_open_data(session: Session, periods: list[Period], kind: str, out: Path | None) -> int:
    """Writes the open data of every office that is asked for; gives the exit status.

    Raises:
        UsageError: the format is no open one, or there is somebody else's datapackage.json beside the file.
    """
    from sheets_sync.jobs.datapackage import descriptor  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.jobs.open_data import FIGURE_COLUMNS, open_data_of  # noqa: PLC0415 - as above

    if kind == "xlsx":
        raise UsageError(msg("Open data are CSV or JSON, which every program can read."))
    missing = NotGiven(session.t)
    with session.app() as app:
        tables, offices = open_data_of(app, periods, session.t, missing), app.settings.offices
    paths = _paths(out) if out is not None and kind == "csv" else None
    made = descriptor(offices, tables, session.clock()(), session.t, paths)
    if tables.without_code:
        places = [*tables.without_code[:_SHOWN], *(["…"] if len(tables.without_code) > _SHOWN else [])]
        told = msg("No official code of a place is known for: {places} (open_data in office.yaml).", places=places)
        tell(session.t(told), err=True)
    note = session.t("{count} rows written to {path}.", count=len(tables.figures), path=out)
    if paths is not None and out is not None:
        _write_beside(out, paths, tables, made)
        session.note(note)
    else:
        content = table(FIGURE_COLUMNS, tables.figures) if kind == "csv" else as_json(made)
        give_out(session, content, out, note)
    return missing.status


def _paths(out: Path) -> Mapping[str, str]:
    """The files of the tables: the one that was named, and two beside it called after it.

    Raises:
        UsageError: a datapackage.json that is not ours stands there already.
    """
    from sheets_sync.jobs.datapackage import ELEMENTS, FIGURES, LIBRARIES, MADE_BY  # noqa: PLC0415 - as above

    there = out.parent / DESCRIPTION
    if there.exists():
        known = None
        with suppress(ValueError, AttributeError):
            known = json.loads(there.read_text(encoding="utf-8")).get("generator")
        if known != MADE_BY:
            raise UsageError(msg("{path} describes other data. Choose another folder for --out.", path=there))
    beside = {name: f"{out.stem}-{name}{out.suffix}" for name in (LIBRARIES, ELEMENTS)}
    return {FIGURES: out.name, **beside}


def _write_beside(out: Path, paths: Mapping[str, str], tables: OpenTables, made: JsonObject) -> None:
    from sheets_sync.jobs.datapackage import RESOURCES, rows_of  # noqa: PLC0415 - as above

    for each in RESOURCES:
        private_file(out.parent / paths[each.name]).write_bytes(table(each.columns, rows_of(tables)[each.name]))
    private_file(out.parent / DESCRIPTION).write_bytes(as_json(made))


def table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """CSV as programs read it: UTF-8, commas, a dot in fractions; no text in it is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([formats.tamed(each) if isinstance(each, str) else each for each in row] for row in rows)
    return buffer.getvalue().encode("utf-8")


def as_json(made: JsonObject) -> bytes:
    """The description, in the form of everything else that is JSON here."""
    return harmless_json(json.dumps(made, ensure_ascii=False, indent=1)).encode() + b"\n"
