"""`export`, `backup`, `restore`, `move-store`: taking the data away and bringing them back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheets_sync.cli import formats
from sheets_sync.cli.formats import SEPARATORS
from sheets_sync.cli.offices import NotGiven
from sheets_sync.cli.open_data import export_open_data
from sheets_sync.cli.output import give_out
from sheets_sync.cli.params import parse_periods
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.terminal import tell
from sheets_sync.errors import UsageError
from sheets_sync.model import Period, msg

if TYPE_CHECKING:
    import pandas as pd

    from sheets_sync.app import App

RECORDS = ("observations", "scores", "findings")  # as the store holds them
VIEWS = ("ranking", "places", "iplm")  # worked out for a month
REGION = "region"  # a file for the installation of the place above
OPEN_DATA = "open-data"  # tables with their descriptions, for everybody


@click.command()
@click.option("--period", metavar="MONTH", help="A month like 2024-10, months like 2024-01..2024-10, or a year.")
@click.option("--what", type=click.Choice([*RECORDS, *VIEWS, REGION, OPEN_DATA]), default="observations")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv")
@click.option(
    "--separator", type=click.Choice([*SEPARATORS]), default=",", help="Of CSV; with ; fractions have a comma."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Instead of standard output."
)
@click.option("--place", metavar="CODE", help="With --what region: of this place, instead of the office.")
@pass_session
def export(
    session: Session, period: str | None, what: str, kind: str, separator: str, out: Path | None, place: str | None
) -> int:
    """Take the data away, raw monthly counts included.

    CSV is for spreadsheet programs: UTF-8 with a mark that says so, and an apostrophe before what would be taken for a
    formula (= + - @, a tab or line break in front); --separator ";" for programs set to Indonesian. JSON has every text as
    it is stored.

    Observations, scores and findings are of all months unless --period says which. The ranking (off unless office.yaml
    switches it on), the sums by place and IPLM's nine figures are of the last finished month.

    --what region makes the file of a month that the place above brings in with `import-region`: sums and counts, no
    library and no person.

    Open data are tidy tables with the official codes of places and without persons, as CSV or JSON. With --out FILE.csv
    the libraries, a data dictionary and datapackage.json (Frictionless Table Schema) are written beside it.

    An office that can't be exported is told on standard error, the others are exported, and the status is 3.
    """
    periods, form = parse_periods(period) if period else [], "json" if session.as_json else kind
    if place is not None and what != REGION:
        raise UsageError(msg("--place goes with --what region only."))
    session.not_of_office(place)
    if what == REGION:
        _export_region(session, place, periods, out)
        return 0
    if what == OPEN_DATA:
        return export_open_data(session, periods, form, out)
    if kind == "xlsx" and out is None:
        raise UsageError(msg("An .xlsx goes to a file: add --out FILE."))
    with session.app() as app:
        missing = NotGiven(session.t)
        frame = _frame(session, app, what, periods, missing)
    content = _content(session, frame, what, form, SEPARATORS[separator])
    give_out(session, content, out, session.t("{count} rows written to {path}.", count=len(frame), path=out))
    return missing.status


def _export_region(session: Session, place: str | None, periods: list[Period], out: Path | None) -> None:
    from sheets_sync.jobs.places.gather import region_export  # noqa: PLC0415 - pandas comes with it

    if len(periods) > 1:
        raise UsageError(msg("--what region is of one month: --period 2024-10."))
    with session.app() as app:
        content, lacking = region_export(app, place, periods[0] if periods else None)
    if lacking is not None:
        tell(session.t(msg("! {place} {lacks}", place=place or session.office or "", lacks=lacking)), err=True)
    give_out(session, content, out, session.t("Written to {path}.", path=out))


def _content(session: Session, frame: pd.DataFrame, what: str, kind: str, separator: str) -> bytes:
    match kind:
        case "csv":
            return formats.csv(frame, separator)
        case "json":
            return formats.json(frame)
        case _:
            return formats.xlsx(frame, what, session.clock()())


def _frame(session: Session, app: App, what: str, periods: list[Period], missing: NotGiven) -> pd.DataFrame:
    from sheets_sync.jobs.export import month_frame, record_frame  # noqa: PLC0415 - pandas comes with it

    if what in RECORDS:
        return record_frame(app, what, periods, session.t, missing, session.office)
    frame = month_frame(app, what, periods, session.t, missing)
    if what == "ranking":
        tell(session.t("Compare libraries with caution: each is best compared with its own past."), err=True)
    return frame


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Copy the store to one file, also while the service runs."""
    from sheets_sync.store import backup as copies  # noqa: PLC0415 - imported when used

    session.of_all()
    with session.app() as app:
        copies.backup(app.settings.store_url, file)
    session.show(session.t("The store was copied to {path}.", path=file), {"backup": str(file)})


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@pass_session
def restore(session: Session, file: Path) -> None:
    """Put a backup in the store's place.

    The present store is kept beside it; what it knows of reports and deliveries is carried over.
    """
    from sheets_sync.jobs.locks import nobody_at_work  # noqa: PLC0415 - imported when used
    from sheets_sync.store import backup as copies  # noqa: PLC0415 - as above

    session.of_all()
    settings, now = session.settings(), session.clock()()
    with nobody_at_work(settings.data):
        restored = copies.restore(settings.store_url, file, now)
    words = {"path": file, "kept": restored.kept, "carried": restored.carried, "doubted": restored.doubted}
    lines = [session.t("The store is now as in {path}; what was there before is in {kept}.", **words)]
    if restored.carried:
        lines.append(
            session.t("Reports and deliveries that the backup did not know were carried over: {carried}.", **words)
        )
    if restored.doubted:
        lines.append(
            session.t(
                "Deliveries that were waiting in the backup may have been sent since: {doubted}. They wait for your word: "
                "`sheets-sync deliveries`.",
                **words,
            )
        )
    document = {"restored": str(file), "kept": str(restored.kept)}
    session.show("\n".join(lines), {**document, "carried": restored.carried, "doubted": restored.doubted})


@click.command()
@click.argument("address")
@pass_session
def move_store(session: Session, address: str) -> None:
    """Take the store over into an empty database.

    From SQLite's file to PostgreSQL, or back. The present store stays, and reports nothing from then on.
    """
    from sheets_sync.jobs.locks import nobody_at_work  # noqa: PLC0415 - imported when used
    from sheets_sync.store.move import move  # noqa: PLC0415 - as above

    session.of_all()
    settings = session.settings()
    with nobody_at_work(settings.data):
        count = move(settings.store_url, address)
    said = session.t("Rows copied: {count}. Now write the new address in store.yaml (url).", count=count)
    session.show(said, {"rows": count})
