"""A Drive in a folder: what was committed is there again, one server at a time, only what changed is written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.local_google import storage_codec as codec
from sheets_sync.local_google.auth import Accounts
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.sheets.defaults import new_sheet, new_workbook
from sheets_sync.local_google.storage import FolderInUseError, FolderStorage, FolderVersionError
from sheets_sync.local_google.thread import Post, Thread
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Formula

NOW = datetime(2024, 11, 5, 1, 0, tzinfo=UTC)


def drive_in(folder: Path) -> tuple[Drive, FolderStorage]:
    storage = FolderStorage(folder)
    return Drive(Accounts("http://127.0.0.1/token"), lambda: NOW, storage), storage


def shown(cell: Cell) -> tuple[object, ...]:
    return tuple(getattr(cell, name) for name in Cell.__slots__ if name != "text")


def test_everything_of_a_workbook_comes_back(tmp_path: Path) -> None:
    """Cells, formats, formulas with results, notes, merges, sizes, comments and file facts survive a restart."""
    drive, storage = drive_in(tmp_path)
    owner = drive.accounts.account("ani", person=True)
    book = new_workbook("1abc", "Rekap", locale="in_ID")
    sheet, bold = book.sheets[0], {"textFormat": {"bold": True}}
    cells = {
        (0, 0): Cell("Perpustakaan 📚", format=bold, note="catatan"),
        (0, 1): Cell(1250, number_format={"type": "NUMBER", "pattern": "#,##0"}),
        (300, 2): Cell(Formula("=1/0"), ErrorValue("DIVIDE_BY_ZERO", "Nol"), format=bold),
        (300, 3): Cell(entered=False),
        (4, 0): Cell(None, validation={"condition": {"type": "BOOLEAN"}}, extra={"chipRuns": []}),
    }
    for place, cell in cells.items():
        sheet.put(*place, cell)
    sheet.merges, sheet.row_metadata = [Box(0, 0, 1, 2)], {3: {"pixelSize": 40}}
    book.sheets.append(new_sheet(7, "Lain"))
    book.comments["c"] = Thread("c", "r1", 0, 0, 1, "1250", (Post("c", owner.email, "Betul?", "t", "t"),))
    drive.add(book, owner)
    storage.close()

    again, storage = drive_in(tmp_path)
    found = again.book("1abc")
    assert {place: shown(found.sheets[0].cell(*place)) for place in cells} == {p: shown(c) for p, c in cells.items()}
    assert (found.properties, found.comments) == (book.properties, book.comments)
    assert (found.sheets[0].merges, found.sheets[0].row_metadata) == (sheet.merges, sheet.row_metadata)
    assert [tab.title for tab in found.sheets] == ["Sheet1", "Lain"]
    assert (again.files, again.changes) == (drive.files, drive.changes)
    storage.close()


@given(
    st.lists(
        st.lists(
            st.none()
            | st.booleans()
            | st.integers(-(2**53), 2**53)
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text()
        ),
        max_size=5,
    )
)
def test_blocks_keep_every_value(rows: list[list[bool | float | str | None]]) -> None:
    """A block gives back the values and types it was given."""
    written = codec.write_block([[Cell(value) if value is not None else None for value in row] for row in rows])
    read = codec.read_block(written, {})
    assert [[cell.entered if cell else None for cell in row] for row in read] == rows
    kinds = [[type(cell.entered) if cell else type(None) for cell in row] for row in read]
    assert kinds == [[type(value) for value in row] for row in rows]


def test_an_edit_writes_only_its_blocks() -> None:
    """Of a large sheet only the blocks of rows that changed are written."""
    sheet = new_sheet(0, "A")
    sheet.rows = [[Cell(number)] for number in range(1000)]
    edited = sheet.copy()
    edited.put(500, 0, Cell("lain"))
    assert [number for number, _ in codec.changed_blocks(edited, sheet)] == [500 // codec.BLOCK]
    edited.rows = edited.rows[:100]
    assert [number for number, block in codec.changed_blocks(edited, sheet) if block is None] == list(range(1, 8))


def test_a_shorter_sheet_comes_back_shorter(tmp_path: Path) -> None:
    """Rows, tabs and files that were taken away don't return."""
    drive, storage = drive_in(tmp_path)
    owner = drive.accounts.account("ani", person=True)
    for file_id in ("1abc", "1def"):
        book = new_workbook(file_id, "A")
        book.sheets[0].rows = [[Cell(number)] for number in range(300)]
        book.sheets.append(new_sheet(7, "Lain"))
        drive.add(book, owner)
    with drive.editing("1abc", owner) as draft:
        del draft.edit(draft.sheets[0]).rows[10:]
        del draft.sheets[1]
    drive.commit(gone=("1def",))
    storage.close()
    again, storage = drive_in(tmp_path)
    assert list(again.files) == ["1abc"]
    assert [len(sheet.rows) for sheet in again.book("1abc").sheets] == [10]
    storage.close()


def test_two_servers_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second is told what to do, and gets in once the first is gone."""
    first = FolderStorage(tmp_path)
    with pytest.raises(FolderInUseError, match="Stop that one first"):
        FolderStorage(tmp_path)
    first.close()
    FolderStorage(tmp_path).close()


def test_a_folder_of_another_version_is_refused(tmp_path: Path) -> None:
    """A file of a later format is left alone, and the folder is free again."""
    storage = FolderStorage(tmp_path)
    storage._db.execute("PRAGMA user_version = 99")
    storage.close()
    for _ in range(2):
        with pytest.raises(FolderVersionError, match="format 99"):
            FolderStorage(tmp_path)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sheets_sync.local_google.auth import Accounts
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.sheets.defaults import new_workbook
from sheets_sync.local_google.storage import FolderStorage
from sheets_sync.local_google.workbook import Cell

drive = Drive(Accounts(""), lambda: datetime(2024, 11, 5, tzinfo=UTC), FolderStorage(Path(sys.argv[1])))
owner = drive.accounts.account("ani", person=True)
drive.add(new_workbook("1abc", "A"), owner)
number = 0
while True:
    number += 1
    with drive.editing("1abc", owner) as draft:
        sheet = draft.edit(draft.sheets[0])
        for row in range(200):
            sheet.put(row, 0, Cell(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 20])
def test_a_killed_server_loses_nothing_it_answered(tmp_path: Path, after: int) -> None:
    """After `kill -9` in the middle of writing, every edit is there as a whole or not at all, and none is missing that was confirmed."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    confirmed = [int(writer.stdout.readline()) for _ in range(after)][-1]
    os.kill(writer.pid, signal.SIGKILL)
    confirmed = max([confirmed, *map(int, writer.stdout.read().split())])
    writer.wait()
    writer.stdout.close()
    drive, storage = drive_in(tmp_path)
    found = {int(str(cell.entered)) for _, _, cell in drive.book("1abc").sheets[0].cells()}
    assert len(found) == 1
    assert confirmed <= found.pop() <= confirmed + 1
    assert drive.files["1abc"].version == len(drive.changes)
    storage.close()
