"""Two offices in one installation, under a province: a word, a figure and an address of each that nothing of anybody else's ever shows.

The rule: an office's people get what is their own office's. The province's people get sums of its regencies, and
nothing of a library or a person. Whoever looks at a regency sees nothing of another one, nor of the province's people.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from threading import Event

import gspread
import province
import pytest
from installation import US, Installation, installation
from office_days import synced_and_told
from places import write
from province import PROVINCE, REGION
from two_offices import FIRST, SECOND, WORDS, second_office

from sheets_sync.app import App
from sheets_sync.cli.group import run_cli
from sheets_sync.config.office import Office
from sheets_sync.demo import people
from sheets_sync.errors import TroubleKind
from sheets_sync.jobs.mailing import deliver as delivering
from sheets_sync.jobs.mailing import situation
from sheets_sync.jobs.mailing.gate import Calendar
from sheets_sync.jobs.month import MonthView, view_of
from sheets_sync.jobs.places.regions import region_of
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.jobs.run import deliver_job, report_job
from sheets_sync.jobs.unattended import service
from sheets_sync.jobs.unattended.watch import snapshot_of
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period, Reported, TimeSpan

OCTOBER, QUARTER, YEAR = Period(2024, 10), TimeSpan(2024, 4), TimeSpan(2024)
REPORTED: tuple[Reported, ...] = (OCTOBER, QUARTER, YEAR)
NOW = "2025-01-08T09:00"
TYPED = gspread.utils.ValueInputOption.user_entered


@dataclass(frozen=True, slots=True)
class Canary:
    """What an office alone has: libraries and a person by name, an address, a figure of October, its people's addresses."""

    words: tuple[str, ...]
    figure: int
    people: str  # what stands in its own people's addresses alone

    def found_in(self, text: str) -> list[str]:
        """What of it a text shows; a figure in whatever form it is written."""
        bare = text.replace(".", "").replace(",", "").replace("\u00a0", "")
        return [word for word in self.words if word in text] + ([str(self.figure)] if str(self.figure) in bare else [])


LIBRARIES = ("Tangkum", "Pangkan", "Turan Amis")
OURS = Canary((*LIBRARIES, "6213013B0000001", "tangkum@", "Kenari Utara", "operator@barito-timur"), 73_311, "timur")
THEIRS = Canary(
    (*(WORDS[name] for name in LIBRARIES), "6204013B0000001", "kalahien@", "Kenari Selatan", "operator@barito-selatan"),
    95_977,
    "selatan",
)
CANARIES: Mapping[str, Canary] = {FIRST: OURS, SECOND: THEIRS}
PLACES = """
places:
  - {code: "62", name: Kalimantan Tengah, level: province}
  - {code: "62.13", name: Barito Timur, parent: "62", offices: [barito-timur]}
  - {code: "62.04", name: Barito Selatan, parent: "62", offices: [barito-selatan]}
"""


@dataclass(frozen=True, slots=True)
class World:
    """The offices and the province, read and reported: a month, a quarter and a year each."""

    here: Installation
    workbooks: Mapping[str, str]
    folder: Path

    def office(self, code: str) -> Office:
        return next(each for each in self.here.settings().reporting if each.code == code)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("canaries")
    with installation(folder / "here", now=f"{NOW}+07:00") as here:
        other = second_office(here)
        _type(here, here.workbook, "Tangkum", OURS)
        _type(here, other, WORDS["Tangkum"], THEIRS)
        above = here.google.create_workbook("Rekap Kalimantan Tengah", owner=people.SECRETARY, writers=[US])
        write(here.place.config / "places.yaml", PLACES)
        write(here.place.config / "places" / f"{PROVINCE}.yaml", REGION.format(workbook=above))
        write(here.place.config / "places" / PROVINCE / "reports.yaml", province.REPORTS)
        for code in (FIRST, SECOND, PROVINCE):
            kind = "places" if code == PROVINCE else "offices"
            write(here.place.config / kind / code / "service.yaml", f"notify: {{mail: [operator@{code}.go.id]}}\n")
        here.sync()
        with here.app() as app:
            for each in (*app.settings.offices, region_of(app, PROVINCE)):
                for period in REPORTED:
                    report_job(app, each, period, read=False)
                for period in (OCTOBER, YEAR):
                    rehearse_report(app, each, period, folder / each.code)
        yield World(here, {FIRST: here.workbook, SECOND: other, PROVINCE: above}, folder)


def _type(here: Installation, workbook: str, tab: str, canary: Canary) -> None:
    """The figure as October's visitors of the first library, and the person who looks after it."""
    opened = here.person(workbook)
    sheet, register = opened.worksheet(tab), opened.worksheet("Perpustakaan")
    row = next(n for n, values in enumerate(sheet.get_all_values(), 1) if values[0] == "Oktober")
    sheet.update([[canary.figure]], f"B{row}", value_input_option=TYPED)
    head = next(values for values in register.get_all_values() if "PIC" in values)
    cell = register.find(tab, in_column=head.index("Tab") + 1)
    assert cell is not None
    register.update_cell(cell.row, head.index("PIC") + 1, canary.words[5])


def texts_of(mail: EmailMessage) -> Iterator[str]:
    """A mail's heads, its texts and all that is attached, taken apart."""
    yield "\n".join(f"{name}: {value}" for name, value in mail.items())
    for part in mail.walk():
        yield part.get_filename() or ""
        if part.get_content_maintype() == "text":
            yield part.get_content()
        elif part.get_content_maintype() != "multipart":
            yield text_of(part.get_filename() or "", part.get_content())


def text_of(name: str, content: bytes) -> str:
    """What a file says, as far as it says anything."""
    if name.endswith(".pdf"):
        run = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True, timeout=60)
        return run.stdout.decode()
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as book:
            return "\n".join(book.read(each).decode() for each in book.namelist() if each.endswith(".xml"))
    return "" if name.endswith((".png", "")) and not name.endswith((".html", ".txt", ".eml")) else content.decode()


def mails(here: Installation, since: int = 0) -> list[EmailMessage]:
    paths = here.mailbox.kept.messages[since:]
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]


def office_of(mail: EmailMessage) -> str:
    address = mail["To"].addresses[0].addr_spec
    if PROVINCE in address or "@prov." in address:
        return PROVINCE
    return SECOND if any(word in address for word in WORDS.values()) else FIRST


def foreign(code: str, text: str) -> list[str]:
    """What of anybody else's stands in what an office, or the province, gets to see."""
    others = [canary for other, canary in CANARIES.items() if other != code]
    own_places = ["Barito Timur" if code == SECOND else "Barito Selatan"] if code in CANARIES else []
    above = ["@prov."] if code in CANARIES else []
    return [w for canary in others for w in canary.found_in(text)] + [w for w in (*own_places, *above) if w in text]


CODES = (FIRST, SECOND, PROVINCE)


@pytest.mark.incident("two-offices")
def test_no_mail_shows_a_thing_of_anybody_else_s(world: World) -> None:
    """Month, quarter and year, heads, texts, the paragraph for the chat, letters, pages for the wall and tables."""
    seen, shown = dict.fromkeys(CODES, 0), set[str]()
    for mail in mails(world.here):
        code, text = office_of(mail), "\n".join(texts_of(mail))
        assert foreign(code, text) == []
        seen[code] += 1
        shown |= {word for canary in CANARIES.values() for word in canary.found_in(text)}
    assert seen == {FIRST: 18, SECOND: 18, PROVINCE: 3}
    assert {str(canary.figure) for canary in CANARIES.values()} | {"Tangkum", "Kalahien", "Kenari Utara"} <= shown


@pytest.mark.incident("two-offices")
@pytest.mark.parametrize("code", CODES)
def test_no_page_and_no_rehearsal_shows_a_thing_of_anybody_else_s(world: World, code: str) -> None:
    """Every cell of the workbook, and every file that a rehearsal makes."""
    tabs = world.here.person(world.workbooks[code]).worksheets()
    cells = "\n".join(cell for tab in tabs for row in tab.get_all_values() for cell in row)
    assert foreign(code, cells) == []
    files = [each for each in sorted((world.folder / code).rglob("*")) if each.is_file()]
    assert files
    found = {each.name: foreign(code, text_of(each.name, each.read_bytes())) for each in files}
    assert {name: words for name, words in found.items() if words} == {}


COMMANDS: tuple[tuple[str, ...], ...] = (
    *((*form, command) for command in ("status", "deliveries", "decide") for form in ((), ("--json",))),
    ("approve", "--list"),
    ("explain", "Tangkum", "2024-10"),
    ("explain", "Kalahien", "2024-10"),
    ("export",),
    *(("export", "--what", what) for what in ("scores", "findings", "open-data", "region")),
    *(("export", "--what", what, "--period", "2024-10") for what in ("places", "iplm")),
    ("report", "--period", "2024"),
    ("sync", "--full", "-v"),
    ("sync", "--full", "--dry-run"),
    ("doctor",),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("code", [FIRST, SECOND])
def test_a_command_for_one_office_tells_nothing_of_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: str, words: tuple[str, ...]
) -> None:
    """With `--office`, terminal and log speak of that office alone, and something is said."""
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", world.here.google.url)
    monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
    monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
    asked = ["--config", str(world.here.place.config), "--now", NOW, "--office", code]
    run_cli([*asked, *words])
    said = "".join(capfd.readouterr())
    assert said.strip()
    others = [each for other, each in world.workbooks.items() if other != code]
    typed = set(words)  # what was asked for may be named in the answer
    assert [*set(foreign(code, said)) - typed, *(each for each in others if each in said)] == []


def test_whose_workbook_fails_only_their_people_hear(world: World) -> None:
    """The second office's and the province's are unshared: each is told to those named for it, the first's people hear nothing."""
    here, since, struck = world.here, len(world.here.mailbox.kept.messages), (SECOND, PROVINCE)
    for code in struck:
        here.person(world.workbooks[code]).remove_permissions(here.google.account(US).email, role="any")
    try:
        synced_and_told(here)
    finally:
        for code in struck:
            here.google.share(world.workbooks[code], US, role="writer")
    told = mails(here, since)
    away = [mail["To"].addresses[0].addr_spec for mail in told if "Tidak diizinkan" in mail["Subject"]]
    assert away == [f"operator@{code}.go.id" for code in struck]
    for mail in told:
        assert foreign(office_of(mail), "\n".join(texts_of(mail))) == []


def test_an_office_nobody_has_is_told(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """A wrong code ends with status 2 and names those that there are."""
    status = run_cli(["--config", str(world.here.place.config), "--office", "barito", "status"])
    said = capfd.readouterr().err
    assert status == 2
    assert FIRST in said
    assert SECOND in said


@pytest.mark.parametrize("words", [("backup", "x"), ("forget", "a@b.c")], ids=["backup", "forget"])
def test_what_is_about_all_is_not_done_for_one(
    world: World, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """A backup holds every office and a person is forgotten everywhere; `--office` beside it is refused, not ignored."""
    status = run_cli(["--config", str(world.here.place.config), "--office", FIRST, *words])
    assert status == 2
    assert "--office" in capfd.readouterr().err


def test_an_office_that_can_not_report_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first office's workbook is gone: it is told, and the second office's people get their mails."""
    with installation(tmp_path) as here:
        second_office(here)
        here.sync()
        monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
        monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
        monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
        here.person().remove_permissions(here.google.account("sheets-sync").email, role="any")
        status = run_cli(
            ["--config", str(here.place.config), "--now", "2024-11-05T08:00", "report", "--period", "2024-10"]
        )
        capfd.readouterr()
        assert status == 3
        assert {office_of(mail) for mail in mails(here)} == {SECOND}
        assert len(mails(here)) == 6


def test_a_month_that_can_not_be_worked_out_stops_no_other_offices_mail(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reminders of an office whose month fails wait as they are; what is due of the other still goes."""
    here = world.here

    def failing(app: object, office: object, period: object) -> MonthView:
        if getattr(office, "code", "") == FIRST:
            raise RuntimeError(office)
        return view_of(app, office, period)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(delivering, "view_of", failing)
    with here.app() as app:
        lines = app.store.deliveries.of()
        again = {code: next(line for line in lines if line.key.office == code) for code in (FIRST, SECOND)}
        for line in again.values():
            app.store.deliveries.resolve(line.id, DeliveryState.PLANNED, "", app.clock())
        monkeypatch.setattr(delivering, "is_reminder", lambda delivery: delivery.id == again[FIRST].id)
        assert deliver_job(app).mailing.sent == 1
        found = app.store.deliveries.find(again[FIRST].id)
        assert found is not None
        assert found.state is DeliveryState.PLANNED
        app.store.deliveries.resolve(again[FIRST].id, DeliveryState.SENT, "", app.clock())


def test_a_look_at_one_office_is_none_at_the_other(tmp_path: Path) -> None:
    """What was read for one office's report says neither that the other was looked at nor that its trouble is over."""
    with installation(tmp_path) as here:
        other, since = second_office(here), here.clock()
        here.person(other).remove_permissions(here.google.account("sheets-sync").email, role="any")
        here.sync()
        with here.app() as app:
            first, second = (app.settings.office(code) for code in (FIRST, SECOND))
            before = snapshot_of(app).troubles
            report_job(app, first, OCTOBER)
            looks = [bool(app.store.glance(office.code, (since,)).first_looks) for office in (first, second)]
            assert snapshot_of(app).troubles == before != ()
    assert looks == [True, False]


def test_an_office_of_which_nothing_can_be_told_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever its memory meets: the other is read, what stops its report is told, and the service goes on."""
    good = situation.calendar_of

    def failing(app: App, office: Office) -> Calendar:
        if office.code == FIRST:
            raise ArithmeticError(office.code)
        return good(app, office)

    with installation(tmp_path) as here:
        second_office(here)
        here.sync()
        monkeypatch.setattr(situation, "calendar_of", failing)
        here.clock.now += timedelta(days=2)
        with here.app() as app:
            assert "sync" in service.beat(app, Event())
            assert [each.told.params["office"] for each in snapshot_of(app).waits] == [app.settings.office(SECOND).name]
            assert [each.kind for each in snapshot_of(app).troubles] == [TroubleKind.UNEXPECTED]
    assert "sheets-sync report --period" in caplog.text
