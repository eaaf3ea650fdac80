"""Forty hostile texts through every field and out through every door: nobody else's page, mail or comment is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import gspread
import hostile
import pytest
from doors import DOORS, Door, addressees, mails
from gspread.exceptions import APIError
from gspread.utils import ValueInputOption
from installation import LOGIN, MONTH, Installation, installation

from sheets_sync.jobs.outcome import ReportOutcome, SyncOutcome
from sheets_sync.jobs.run import report_job

TEXTS = tuple(text for text in hostile.TEXTS if "\ud800" not in text)  # half a character can't be typed: JSON has none
OTHERS = ("Tangkum", "Pangkan", "Turan Amis")
GROUPS: Mapping[str, tuple[str, ...]] = {  # the register's columns that one text is typed into together
    "name": ("Nama",),
    "also": ("Alias", "Tab", "Jenis", "Kecamatan"),
    "contact": ("PIC", "Sumber", "WhatsApp"),
    "address": ("E-mail",),
    "figures": ("Penduduk", "Tahun", "Aktif sejak", "Aktif sampai", "Skor SIM", "Periode SIM"),
    "code": ("Kode",),
    "npp": ("NPP",),
}


Note = Callable[[str, object], None]


@dataclass
class Tried:
    """The world after everything was typed, and what became of it."""

    here: Installation
    syncs: list[SyncOutcome] = field(default_factory=list)
    report: ReportOutcome | None = None
    typed: dict[str, int] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)


def type_into_register(book: gspread.Spreadsheet, typed: dict[str, int]) -> None:
    tab = book.worksheet("Perpustakaan")
    values = tab.get_all_values()
    head = next(row for row in values if "Nama" in row)
    rows = []
    for group, columns in GROUPS.items():
        for number, text in enumerate(TEXTS):
            name = f"Desa Uji {group} {number}"
            row = {"Kode": f"uji-{group}-{number}", "Nama": name, "Jenis": "desa", "Penduduk": "900", "Tahun": "2023"}
            row["E-mail"] = f"uji-{group}-{number}@example.org"
            rows.append([{**row, **dict.fromkeys(columns, text)}.get(title, "") for title in head])
            typed[f"register: {', '.join(columns)}"] = typed.get(f"register: {', '.join(columns)}", 0) + 1
    tab.resize(rows=len(values) + len(rows) + 5)
    tab.update(rows, f"A{len(values) + 1}", value_input_option=ValueInputOption.raw)


def type_into_inputs(book: gspread.Spreadsheet, typed: dict[str, int]) -> None:
    """Every text as library, month, figure and note; as headings; as the title of a tab."""
    head = ["Perpustakaan", "Bulan", "Pengunjung di tempat", "Anggota baru", "Keterangan"]
    rows = [head]
    for number, text in enumerate(TEXTS):
        whose = f"uji-contact-{number}"
        rows += [
            [whose, "Oktober 2024", text, "5", text],
            [text, "Oktober 2024", "7", "5", ""],
            [whose, text, "7", "5", ""],
        ]
    book.add_worksheet("Isian uji", len(rows) + 5, 8).update(rows, "A1", value_input_option=ValueInputOption.raw)
    headings = [["Bulan", "Pengunjung di tempat", *TEXTS], ["Oktober 2024", 3, *range(len(TEXTS))]]
    book.add_worksheet("Desa Uji npp 0", 9, len(TEXTS) + 4).update(
        headings, "A1", value_input_option=ValueInputOption.raw
    )
    for what, count in (("library", 1), ("month", 1), ("figure", 1), ("note", 1), ("heading", 1)):
        typed[f"input: {what}"] = count * len(TEXTS)
    typed["input: tab title"], typed["tab titles that Google refused"] = 0, 0
    for number, text in enumerate(TEXTS):
        try:
            tab = book.add_worksheet(f"{number} {text[:80]}", 6, 4)
        except APIError:
            typed["tab titles that Google refused"] += 1
            continue
        typed["input: tab title"] += 1
        if number % 4 == 0:
            tab.update([["Bulan", "Pengunjung di tempat"], ["Oktober 2024", "12"]], "A1")


def type_reasons(book: gspread.Spreadsheet, typed: dict[str, int]) -> None:
    tab = book.worksheet("Perlu Dicek")
    values = tab.get_all_values()
    head = next(number for number, row in enumerate(values) if row[:1] == ["Kode"])
    column, rows = values[head].index("Alasan"), len(values) - head - 1
    texts = [[TEXTS[number % len(TEXTS)]] for number in range(rows)]
    where = gspread.utils.rowcol_to_a1(head + 2, column + 1)
    tab.update(texts, where, value_input_option=ValueInputOption.raw)
    typed["reason"] = rows


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """The sample's office, into whose sheet everything hostile is typed; then syncs, the month's report, one more sync."""
    with installation(tmp_path_factory.mktemp("doors") / "here") as here, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
        patch.setenv("SHEETS_SYNC_SMTP_USERNAME", LOGIN.username)
        patch.setenv("SHEETS_SYNC_SMTP_PASSWORD", LOGIN.password)
        found = Tried(here)
        here.sync()
        found.before = here.rows_on_rekap(OTHERS)
        type_into_register(here.person(), found.typed)
        type_into_inputs(here.person(), found.typed)
        found.syncs.append(here.sync()[0])
        type_reasons(here.person(), found.typed)
        found.syncs += [here.sync()[0] for _ in range(2)]
        with here.app() as app:
            found.report = report_job(app, here.office(app), MONTH)
        yield found


@pytest.mark.incident("hostile-texts")
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_what_leaves_does_no_harm(tried: Tried, door: Door, record_property: Note) -> None:
    """Something comes out of every door, and nothing of it could do harm behind it."""
    count, harmful = 0, []
    for text in door.texts(tried.here):
        count += 1
        harm = door.harm(text)
        if harm:
            harmful.append((sorted(harm), text[:200]))
    record_property("happened", f"{door.name}: {count} texts came out, {len(harmful)} of them harmful.")
    assert count
    assert harmful == []


@pytest.mark.incident("hostile-texts")
def test_what_was_tried(tried: Tried, record_property: Note) -> None:
    """Forty texts and more went through every field, tab title, heading, note, reason and code."""
    where = "; ".join(f"{place}: {count}" for place, count in tried.typed.items())
    record_property("happened", f"{len(TEXTS)} texts, {sum(tried.typed.values())} cells and titles typed: {where}.")
    assert len(TEXTS) >= 40
    assert all(count >= 40 for where, count in tried.typed.items() if "refused" not in where and "title" not in where)
    assert tried.typed["input: tab title"] + tried.typed["tab titles that Google refused"] == len(TEXTS)


@pytest.mark.incident("hostile-texts")
def test_every_sync_is_well(tried: Tried) -> None:
    """Nothing typed makes a page, a comment or a write fail, and the third sync has nothing to say any more."""
    assert [(outcome.status, outcome.failures) for outcome in tried.syncs] == [(0, ())] * 3
    assert tried.syncs[-1].written == {}


@pytest.mark.incident("hostile-texts")
def test_the_others_pages_are_as_before(tried: Tried) -> None:
    """What the others read of themselves on `Rekap` is the same to the letter."""
    assert tried.here.rows_on_rekap(OTHERS) == tried.before
    assert len(tried.before) == len(OTHERS)


@pytest.mark.incident("hostile-texts")
def test_the_others_get_their_mails(tried: Tried) -> None:
    """Every library with an address gets its report, once."""
    arrived = [address for message in mails(tried.here) for address in addressees(message)]
    usual = {f"uji-{group}-{number}@example.org" for group in ("contact", "also") for number in range(len(TEXTS))}
    assert tried.report is not None
    assert tried.report.left_out == ()
    assert {f"{name.casefold().replace(' ', '.')}@example.org" for name in OTHERS} <= set(arrived)
    assert usual <= set(arrived)


@pytest.mark.incident("hostile-texts")
def test_no_comment_comes_twice(tried: Tried) -> None:
    """After three syncs every question has one thread at most."""
    door = next(door for door in DOORS if door.name == "comments")
    texts = list(door.texts(tried.here))
    assert len({text.rpartition("\n")[2] for text in texts}) == len(texts)
