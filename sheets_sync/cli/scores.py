"""`explain` and `scheme diff`: why a score is what it is, and what another scheme would make of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.offices import NotGiven
from sheets_sync.cli.params import parse_month
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.jobs.apart import each_apart
from sheets_sync.model import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheets_sync.app import App
    from sheets_sync.config.office import Office
    from sheets_sync.jobs.apart import Told
    from sheets_sync.model import Library


@click.command()
@click.argument("library")
@click.argument("period", metavar="MONTH")
@pass_session
def explain(session: Session, library: str, period: str) -> int:
    """Trace a score to its indicators, inputs and cells.

    Ends with the next best step. LIBRARY is a code, a name or an alias.
    """
    from sheets_sync import kpi  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.jobs.month import current_period, view_of  # noqa: PLC0415 - as above

    with session.app() as app:
        missing = NotGiven(session.t)
        office, found = find_library(app, library, missing)
        month = parse_month(period)
        if month > current_period(office, app.clock()):
            session.note(session.t("{period} is not over yet: this is what its score would be by now.", period=month))
        view = view_of(app, office, month)
        entry = next((row for row in view.month.libraries if row.library.code == found.code), None)
        if entry is None:
            raise UsageError(msg("{library} was not in service in {period}.", library=found.name, period=month))
        elements = app.settings.of(office).elements
        explanation = kpi.explain(view.year, view.cube, found, entry.observations, elements, entry.steps)
    session.show(kpi.explanation_text(explanation, session.t), kpi.explanation_document(explanation, session.t))
    return missing.status


@click.group()
def scheme() -> None:
    """Compare schemes of indicators."""


@scheme.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--period", metavar="MONTH", help="In this month (the last one).")
@pass_session
def diff(session: Session, file: Path, period: str | None) -> int:
    """Show what a changed scheme would do to every score.

    Look at it before the scheme is adopted.
    """
    from sheets_sync import kpi  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.jobs.month import view_of  # noqa: PLC0415 - as above
    from sheets_sync.kpi.scheme import read_scheme  # noqa: PLC0415 - as above

    def compared(app: App, office: Office) -> kpi.Comparison:
        other = read_scheme(file, app.settings.of(office).elements.elements)
        view = view_of(app, office, parse_month(period) if period else None)
        return kpi.compare_schemes(view.cube, view.scheme, other, view.month.period)

    with session.app() as app:
        missing = NotGiven(session.t)
        parts = [*each_apart(app.settings.offices, partial(compared, app), missing)]
    text = "\n\n".join(kpi.comparison_text(part, session.t) for part in parts)
    session.show(text, [kpi.comparison_document(part) for part in parts])
    return missing.status


def find_library(app: App, name: str, told: Told[Office]) -> tuple[Office, Library]:
    """The library of a code, name or alias, with its office; `told` hears of an office whose libraries can't be known.

    Raises:
        UsageError: none, or more than one.
    """
    registers = each_apart(app.settings.offices, lambda each: (each, app.store.libraries(each.code)), told)
    libraries = [(office, library) for office, known in registers for library in known]
    wanted = name.casefold()
    found = [pair for pair in libraries if wanted in map(str.casefold, _names(pair[1]))]
    found = found or [pair for pair in libraries if wanted in map(str.casefold, _former(pair[1]))]
    if len(found) == 1:
        return found[0]
    known = [library.name for _, library in libraries]
    if not found:
        raise UsageError(msg("There is no library {name}. Known: {known}.", name=name, known=known[:40]))
    if len({office.code for office, _ in found}) > 1:
        offices = [office.code for office, _ in found]
        raise UsageError(msg("{name} is a library of {offices}; name one with --office.", name=name, offices=offices))
    codes = [library.known_as for _, library in found]
    raise UsageError(msg("{name} may be {codes}; use the code.", name=name, codes=codes))


def _names(library: Library) -> Iterator[str]:
    """What a library is called now."""
    names = (library.known_as, library.npp, library.own_code, library.name, library.tab, *library.aliases)
    return filter(None, names)


def _former(library: Library) -> Iterator[str]:
    """What it was called before, where nobody is called so now."""
    return filter(None, (library.code, *library.agreed, *library.former))
