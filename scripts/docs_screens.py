"""The screens that the guides show: what a librarian, a secretary and an operator see in the demo, in two languages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from sheets_sync.demo import people
from sheets_sync.demo.panel.app import Panel
from sheets_sync.demo.place import prepare
from sheets_sync.demo.world import NOW, World, world
from sheets_sync.i18n import language
from sheets_sync.jobs.adopt import adopt
from sheets_sync.jobs.run import report_job, sync_job
from sheets_sync.jobs.setup import set_up
from sheets_sync.model import Period
from sheets_sync.web.adoption import AdoptPages, Desk
from sheets_sync.web.server import LocalPages

LANGUAGES = ("id", "en")
MONTH = Period(2024, 10)
CHANGING = re.compile(r"\b[A-Z](?:-[A-Z]+)+-[0-9a-f]{8}\b|\b1[A-Za-z0-9_-]{40,}|:\d{4,5}\b")
"""What is new in every run: codes of questions, ids of workbooks, ports."""
OWN_TABLE = """Perpustakaan\tBulan\tPengunjung di tempat\tPengunjng daring\tTamu malam\tAnggota baru
Desa Sari\tJanuari 2024\t12\t7\t2\t1
Desa Sari\tFebruari 2024\t15\t4\t3\t0
Desa Batu\tJanuari 2024\t20\t1\t0\t2
"""
TABLE = "tbody[data-block='0']"


@dataclass(frozen=True)
class Screen:
    """A page at a size. `text` selects what the fingerprint is made of: what the picture shows, whatever the fonts."""

    name: str
    width: int
    height: int
    text: tuple[str, ...] = (TABLE, "#card")


def fingerprint(page: Page, screen: Screen) -> str:
    """A short digest of what the screen says."""
    said = [text for selector in screen.text for text in page.locator(selector).all_inner_texts()]
    return hashlib.blake2s(CHANGING.sub("", " ".join(" ".join(said).split())).encode(), digest_size=8).hexdigest()


def screens(code: str, browser: Browser, folder: Path) -> Iterator[tuple[Screen, Page]]:
    """Every screen of a language, each with the page that shows it; a picture or a fingerprint is taken meanwhile."""
    page = browser.new_context(device_scale_factor=1, reduced_motion="reduce", locale=code).new_page()
    with office(code, folder / "office") as here:
        yield from _of_the_sheet(code, here, page)
        yield from _of_the_mails(here, page)
        yield from _of_the_proposal(code, here, page)
    with Panel(folder / "panel", language(code)) as panel:
        yield _shown(page, Screen("demo", 1280, 720, ("#tour", ".buttons .acts")), panel.address)


@contextmanager
def office(code: str, folder: Path) -> Iterator[World]:
    """The demo's office in a language, its clock standing still; set up, synced, reported on, and with one address changed."""
    place = prepare(folder)
    place.configure("office.yaml", {"language": code, "approvers": ["sekretaris@example.com"]})
    with world(place, lambda: NOW) as here:
        people.type_everything(here.sheet)
        set_up(here.app, here.sheet.id)
        sync_job(here.app)
        report_job(here.app, here.office, MONTH)
        register = here.sheet.worksheet(people.REGISTER)
        found = register.find("pangkan@example.org")
        assert found is not None
        register.update_cell(found.row, found.col, "pangkan.baru@example.org")
        sync_job(here.app)
        yield here


def _of_the_sheet(code: str, here: World, page: Page) -> Iterator[tuple[Screen, Page]]:
    tabs = here.office.tabs

    def at(screen: Screen, tab: str, cell: str, person: str = people.SECRETARY) -> tuple[Screen, Page]:
        gid = here.sheet.worksheet(tab).id
        return _shown(page, screen, f"{here.google.page(here.sheet.id, person, code)}#gid={gid}&range={cell}", tab)

    yield at(Screen("isian", 360, 560), "Tangkum", "C13")
    yield at(Screen("pertanyaan", 1000, 520), "Turan Amis", "I6")
    yield at(Screen("petunjuk", 1000, 520), tabs.guide, "A1")
    yield at(Screen("perlu-dicek", 1280, 480), tabs.questions, "A5")
    yield at(Screen("rekap", 1280, 640), tabs.rekap, "A12")
    yield at(Screen("perpustakaan", 1280, 320), tabs.libraries, "A3")
    yield at(Screen("persetujuan", 1000, 320), tabs.approvals, "A1")
    yield at(Screen("rincian", 1280, 520), tabs.details, "A1")
    yield at(Screen("indikator", 1280, 480), tabs.indicators, "A1")


def _of_the_mails(here: World, page: Page) -> Iterator[tuple[Screen, Page]]:
    kept = here.mailbox.kept.folder
    [library] = kept.glob("*-tangkum*.html")
    [office_mail] = kept.glob("*-sekretaris*.html")
    yield _shown(page, Screen("surel", 600, 900, ("body",)), library.as_uri())
    yield _shown(page, Screen("surel-dinas", 600, 900, ("body",)), office_mail.as_uri())


def _of_the_proposal(code: str, here: World, page: Page) -> Iterator[tuple[Screen, Page]]:
    workbook = here.google.import_file(
        OWN_TABLE.encode(), "text/tab-separated-values", "Lembar lama", locale="in_ID", writers=["sheets-sync"]
    )
    desk = Desk(here.app, adopt(here.app, workbook), language(code))
    with LocalPages(AdoptPages(desk).routes) as pages:
        yield _shown(page, Screen("usulan", 1000, 560, (".headings",)), pages.address)


def _shown(page: Page, screen: Screen, address: str, tab: str = "") -> tuple[Screen, Page]:
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    page.goto("about:blank")
    page.goto(address)
    if tab:
        label: Any = tab
        page.wait_for_function("tab => document.querySelector('table')?.ariaLabel === tab", arg=label)
        page.wait_for_function("() => document.querySelector('td.active')")
    page.wait_for_load_state("networkidle") if address.startswith("file:") else page.wait_for_timeout(400)
    return screen, page
