"""A large regency types in one workbook for each kecamatan: it adds up to what one workbook for all would have said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from demo_memory import demo_memory, demo_settings
from gspread.utils import ValueInputOption
from installation import MONTH, Installation, installation

from sheets_sync.jobs.month import month_view, view_of

NOW = datetime(2024, 11, 5, 1, tzinfo=UTC)
KECAMATAN = {"Raren Batuah": ("Tangkum", "Turan Amis"), "Paku": ("Pangkan",)}
CHANGES, READ, WRITE = "drive.files.list", "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"


@dataclass(frozen=True, slots=True)
class World:
    """The office, its workbooks by kecamatan, and what each of two syncs cost."""

    here: Installation
    workbooks: dict[str, str]
    costs: list[dict[str, int]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The sample's tabs stand in a workbook for each kecamatan; the register stays at home."""
    with installation(tmp_path_factory.mktemp("kecamatan")) as here:
        book, workbooks = here.person(), dict[str, str]()
        for name, titles in KECAMATAN.items():
            made = here.google.create_workbook(name, owner="sekretaris", locale="in_ID", writers=["sheets-sync"])
            opened, workbooks[name] = here.person(made), made
            for title in titles:
                values = book.worksheet(title).get_all_values()
                sheet = opened.add_worksheet(title, 60, 26)
                sheet.update(values, "A1", value_input_option=ValueInputOption.user_entered)
                book.del_worksheet(book.worksheet(title))
        here.configure("office.yaml", input_workbooks=[*workbooks.values()])
        yield World(here, workbooks, [here.sync()[1] for _ in range(2)])


def test_it_says_what_one_workbook_says(world: World) -> None:
    """Every library's scores and completeness are those of the sample in one workbook; its figures stand in its kecamatan's."""
    office, settings = demo_settings()
    wanted = {row.library.code: row for row in month_view(office, demo_memory(MONTH), settings, NOW).month.libraries}
    with world.here.app() as app:
        found = view_of(app, world.here.office(app)).month.libraries
    places = {title: world.workbooks[name] for name, titles in KECAMATAN.items() for title in titles}
    assert len(found) == len(wanted)
    for row in found:
        same = wanted[row.library.code]
        assert (row.score, row.month_score) == (same.score, same.month_score)
        assert (row.completeness, row.reporting, row.trend) == (same.completeness, same.reporting, same.trend)
        home = places.get(row.library.tab, world.here.workbook)
        assert {seen.cell.workbook for seen in row.observations} == {home}


def test_each_workbook_is_read_once_and_not_again(world: World) -> None:
    """Home and the two are read, Rekap is written once; the next sync lists what changed, and that is nothing."""
    first, second = world.costs
    assert first[READ] == 1 + len(world.workbooks)
    assert second == {CHANGES: 1}


def test_what_changes_in_one_is_read_there_alone(world: World) -> None:
    """One kecamatan types: its workbook is read, the home workbook written, the other left alone."""
    sheet = world.here.person(world.workbooks["Paku"]).worksheet("Pangkan")
    row = next(n for n, values in enumerate(sheet.get_all_values(), 1) if values[0] == "Oktober")
    sheet.update([[131]], f"B{row}", value_input_option=ValueInputOption.user_entered)
    outcome, _ = world.here.sync()
    assert outcome.read == (world.workbooks["Paku"],)
    assert set(outcome.written) == {world.here.workbook}
