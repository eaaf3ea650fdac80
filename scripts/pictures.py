"""`python scripts/pictures.py FOLDER`: every page, form, mail and letter, at 360 and 1,280 pixels, in light and dark.

What the eye would stumble over is measured as well, and printed as JSON: a page that scrolls sideways, text that runs
out, is cut, too faint (WCAG AA) or too small, a picture that does not load, a letter without a glyph. Needs Chromium
and pdftoppm; `--only mail` leaves out what has no such name, `--lang en` shows an office that speaks English.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docs_pictures import chromium
from docs_screens import MONTH, OWN_TABLE, office
from playwright.sync_api import Browser, Page

from sheets_sync.demo import people
from sheets_sync.demo.panel.app import Panel
from sheets_sync.demo.world import World
from sheets_sync.i18n import language
from sheets_sync.jobs.adopt import adopt
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.jobs.run import remind_job
from sheets_sync.reports.reminders import Reminder
from sheets_sync.web.adoption import AdoptPages, Desk
from sheets_sync.web.server import LocalPages

WIDTHS, SCHEMES = (360, 1280), ("light", "dark")
SCRIPTS = Path(__file__).resolve().parent
MEASURE = (SCRIPTS.parent / "tests" / "support" / "gallery.js", SCRIPTS / "looks.js")
TYPED = ("Perpustakaan", "Dinas", "Pangkan", "Tangkum", "Turan Amis")  # the sample's sheets, made without `setup`
TALLEST = 6000  # pixels; a picture of more shows nothing more


@dataclass(frozen=True, slots=True)
class Sight:
    """Something to look at: what it is called, and its address. `tab`: a sheet, which is drawn once its cells are there."""

    name: str
    address: str
    tab: str = ""
    theirs: frozenset[str] = frozenset()  # what is none of our doing, such as widths in a sheet that people typed


def sights(here: World, folder: Path, code: str) -> Iterator[Sight]:
    """All that people see of an office."""
    yield from _tabs(here, code)
    yield from _mails(here)
    rehearsed = folder / "rehearsed"
    rehearse_report(here.app, here.office, MONTH, rehearsed)
    yield from (Sight(f"page-{each.stem}", each.as_uri()) for each in sorted(rehearsed.rglob("*.html")))


def _tabs(here: World, code: str) -> Iterator[Sight]:
    for tab in here.sheet.worksheets():
        address = f"{here.google.page(here.sheet.id, people.SECRETARY, code)}#gid={tab.id}&range=A1"
        typed = frozenset({"cut"}) if tab.title in TYPED else frozenset()
        yield Sight(f"tab-{tab.title.replace(' ', '-').lower()}", address, tab.title, typed)


def _mails(here: World) -> Iterator[Sight]:
    remind_job(here.app, here.office, Reminder(MONTH, 1, date(2024, 11, 5), date(2024, 11, 5)))
    yield from (Sight(f"mail-{each.stem}", each.as_uri()) for each in sorted(here.mailbox.kept.folder.glob("*.html")))


def letters(folder: Path, into: Path) -> list[Path]:
    """The pages of every letter, as wide as a phone and a desk."""
    for pdf in sorted(folder.rglob("*.pdf")):
        for width in WIDTHS:
            name = into / f"letter-{pdf.stem}-{width}"
            run = ["pdftoppm", "-png", "-scale-to-x", str(width), "-scale-to-y", "-1", str(pdf), str(name)]
            subprocess.run(run, check=True, timeout=60)
    return sorted(into.glob("letter-*.png"))


def look(browser: Browser, sight: Sight, into: Path) -> Iterator[dict[str, Any]]:
    """A picture of each width and scheme, and what is wrong with each; opened once, as an address may be good once."""
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    page.goto(sight.address)
    for width in WIDTHS:
        for scheme in SCHEMES:
            found = _looked(page, sight, width, scheme, into / f"{sight.name}-{width}-{scheme}.png")
            wrong = {what: each for what, each in found.items() if each and what not in sight.theirs}
            yield {"name": sight.name, "width": width, "scheme": scheme, **wrong}
    context.close()


def _looked(page: Page, sight: Sight, width: int, scheme: Any, picture: Path) -> dict[str, Any]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    if sight.tab:
        page.wait_for_function("tab => document.querySelector('table')?.ariaLabel === tab", arg=sight.tab)
        page.wait_for_function("() => document.querySelector('td.active')")
    page.wait_for_timeout(200)
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in MEASURE)
    found: dict[str, Any] = page.evaluate(f"() => {{ {scripts} return looks(); }}")
    tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": max(800, tall)})
    page.screenshot(path=picture)
    return found


def look_at_all(browser: Browser, code: str, into: Path, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Everything, in a language; `only`: what has one of these in its name."""
    found: list[dict[str, Any]] = []

    def at(sight: Sight) -> None:
        if not only or any(each in sight.name for each in only):
            found.extend(look(browser, sight, into))

    with tempfile.TemporaryDirectory() as folder:
        with office(code, Path(folder) / "office") as here:
            for sight in sights(here, Path(folder), code):
                at(sight)
            letters(Path(folder), into)
            workbook = here.google.import_file(
                OWN_TABLE.encode(), "text/tab-separated-values", "Lembar lama", locale="in_ID", writers=["sheets-sync"]
            )
            with LocalPages(AdoptPages(Desk(here.app, adopt(here.app, workbook), language(code))).routes) as pages:
                at(Sight("web-proposal", pages.address))
        with Panel(Path(folder) / "panel", language(code)) as panel:
            at(Sight("web-demo", panel.address))
    return found


def main() -> None:
    """Takes them all into a folder; ends with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="id", choices=["id", "en"])
    parser.add_argument("--only", action="append", default=[])
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        found = look_at_all(browser, chosen.lang, chosen.folder, chosen.only)
    wrong = [each for each in found if len(each) > 3]
    print(json.dumps({"pictures": len(found), "wrong": wrong}, ensure_ascii=False, indent=1))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
