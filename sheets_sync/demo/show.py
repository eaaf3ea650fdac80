"""The demo, act by act."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gspread import Spreadsheet
from rich.console import Console

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.demo import people
from sheets_sync.demo.moved import change, entry, why
from sheets_sync.demo.place import prepare
from sheets_sync.demo.world import world
from sheets_sync.i18n import Language
from sheets_sync.jobs.month import MonthView, load, month_view, view_of
from sheets_sync.jobs.plan import plan_pages
from sheets_sync.jobs.preview import keep_pages
from sheets_sync.jobs.run import report_job, sync_job
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model import Period
from sheets_sync.model.text import printable
from sheets_sync.rekap.terminal import terminal

MONTH = Period(2024, 10)
CHANGED = ("Turan Amis", "Oktober", "Kegiatan pelibatan masyarakat", 3)
Say = Callable[[str], None]


def demo(folder: Path, t: Language, console: Console) -> dict[str, Any]:
    """Everything, once; gives what it made and what it came to.

    Raises:
        UsageError: the folder holds something else.
    """
    place, say = prepare(folder), _plainly(console)
    with world(place) as here:
        google, app, sheet, office = here.google, here.app, here.sheet, here.office
        _notice(office, t, say)
        say(
            t(
                "1. A local Google listens on {url}; the workbook is shared with {account}.",
                url=google.url,
                account=google.account().email,
            )
        )
        say(
            t(
                "2. People typed the register and the monthly figures into {count} tabs.",
                count=people.type_everything(sheet),
            )
        )
        first = _sync(app, google, t, say, t("3. First sync"))
        memory, settings = load(app, office, MONTH), app.settings.of(office)
        view = month_view(office, memory, settings, app.clock())
        console.print(terminal(plan_pages(view, memory, office, settings)[0][0].page))
        again = _sync(app, google, t, say, t("4. Second sync, nobody typed in between"))
        mailed = report_job(app, office, MONTH)
        say("\n" + t("5. The month's reports") + ": " + mailed.text(t))
        pages = keep_pages(app, office, view, memory, place.pages)
        moved = _move_a_score(app, google, office, sheet, t, say)
        made = {"pages": str(pages), "mail": str(place.mail / "index.html"), "config": str(place.config)}
        _farewell(made, t, say)
        return {**made, "first_sync": first, "second_sync": again, "scores": _scores(view), "moved": moved}


def _notice(office: Office, t: Language, say: Say) -> None:
    for text in (office.notice, office.notice_detail):
        if text:
            say(text.in_(t.code))
    say("")


def _sync(app: App, google: LocalGoogle, t: Language, say: Say, title: str) -> dict[str, int]:
    """One sync, with the requests that the server counted."""
    google.log.clear()
    outcome = sync_job(app)
    counted = Counter(entry.method for entry in google.log.entries if entry.method != "token")
    say(f"\n{title}: {outcome.text(t)}")
    say(t("   Requests the server counted: {counts}.", counts=[f"{name} {count}" for name, count in counted.items()]))
    return dict(counted)


def _plainly(console: Console) -> Say:
    """Prints lines as they are: nothing in them is markup, and no path is broken in two."""
    return lambda line: console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


def _move_a_score(
    app: App, google: LocalGoogle, office: Office, sheet: Spreadsheet, t: Language, say: Say
) -> dict[str, Any]:
    """Somebody corrects a cell; the next sync shows how the score moved, and why."""
    tab, month, heading, more = CHANGED
    before = entry(view_of(app, office, MONTH), tab)
    cell, old, new = people.retype(sheet, tab, month, heading, more)
    say(
        "\n" + t("6. Somebody corrects {cell}: {heading}, {old} → {new}.", cell=cell, heading=heading, old=old, new=new)
    )
    _sync(app, google, t, say, t("   Third sync"))
    view = view_of(app, office, MONTH)
    after = entry(view, tab)
    say(change(before, after, t))
    for line in why(view, before, after, t):
        say(line)
    return {"cell": cell, "before": before.score and before.score.value, "after": after.score and after.score.value}


def _scores(view: MonthView) -> dict[str, float | None]:
    return {row.library.name: row.score.value if row.score else None for row in view.month.libraries}


def _farewell(made: dict[str, str], t: Language, say: Say) -> None:
    say("\n" + t("Open these files to look at what was made:"))
    say(t("  Rekap as a page:   {path}", path=made["pages"]))
    say(t("  The mails:         {path}", path=made["mail"]))
    say(t("Ask why a score is what it is:"))
    say(f"  {_python()} -m sheets_sync --config {_short(made['config'])} explain Tangkum {MONTH}")


def _python() -> str:
    """This Python, as somebody in this folder would call it."""
    return _short(sys.executable)


def _short(path: str) -> str:
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
