"""The rows in which the office decides: what is written, what is read, and what an older tab gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from grids import tab

from sheets_sync.config.office import Office
from sheets_sync.model import Period, msg
from sheets_sync.model.approval import MailState
from sheets_sync.model.decision import NOT_COUNTED, Decision, DecisionKind, DecisionRecord, DecisionState
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.approval_rows import row_requests, typed_answers

OFFICE = Office(code="contoh", name="Contoh", workbook="W", approvers=("ibu@x.example",))
NOW = datetime(2024, 11, 6, 1, 15, tzinfo=UTC)
HEADS = ("Kode", "Perpustakaan", "Yang diputuskan", "Sejak", "Keterangan", "Status", "Jawaban", "Diputuskan")
FORMER = ("Kode", "Perpustakaan", "Alamat surel", "Sejak", "Mengapa menunggu", "Status", "Setuju")
CLOSE = Decision("D-0000c105", DecisionKind.CLOSE, "Bakung", msg("closed"), NOW, msg("done"), "B", Period(2024, 10))
RELEASE = Decision("D-0000e1ea", DecisionKind.RELEASE, "Contoh", "Kirim?", NOW, msg("done"), period=Period(2024, 10))
RECORD = DecisionRecord(CLOSE.id, CLOSE.kind, NOW)


def standing(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> TabState:
    return TabState(7, "Persetujuan", 20, 8, (("petunjuk",), heads, *rows))


def row(id_: str, status: str = "", answer: str = "", decided: str = "") -> tuple[str, ...]:
    return (id_, "Bakung", "…", "1 Nov 2024", "…", status, answer, decided)


def requests(
    state: TabState | None, *asked: Decision, records: tuple[DecisionRecord, ...] = ()
) -> list[dict[str, Any]]:
    decisions = DecisionState(asked, {each.id: each for each in records})
    return row_requests(decisions, MailState(), state, OFFICE)


def texts(request: dict[str, Any]) -> list[str]:
    cells = [cell for each in request["updateCells"]["rows"] for cell in each["values"]]
    return [cell.get("userEnteredValue", {}).get("stringValue", "") for cell in cells]


def test_a_question_is_a_row_with_a_choice() -> None:
    """Under all that stands there, with a drop-down for the answer and nothing in it; without a tab, nothing."""
    cells, choice = requests(standing(row("D-00000001", "tidak ditanyakan lagi")), RELEASE)
    assert texts(cells) == [RELEASE.id, "Contoh", "Kirim?", "6 November 2024", "selesai", "menunggu", "", ""]
    assert cells["updateCells"]["start"] == {"sheetId": 7, "rowIndex": 3, "columnIndex": 0}
    area = choice["setDataValidation"]["range"]
    assert (area["startRowIndex"], area["endRowIndex"], area["startColumnIndex"]) == (3, 4, 6)
    assert [each["userEnteredValue"] for each in choice["setDataValidation"]["rule"]["condition"]["values"]] == [
        "ya",
        "tidak",
    ]
    assert requests(None, RELEASE) == []


YES = replace(RECORD, typed="ya", said=True, at=NOW, by="ibu@x.example")
STATES = {
    "not answered": ((CLOSE,), RECORD, "bila perlu", ""),
    "answered": ((CLOSE,), YES, "diputuskan", "ya, 6 Nov 2024 08.15, ibu@x.example"),
    "answered by one of two": (
        (CLOSE,),
        replace(YES, said=False, by="a@x, b@x"),
        "diputuskan",
        "tidak, 6 Nov 2024 08.15, salah satu dari a@x, b@x",
    ),
    "answered and over": ((), YES, "selesai", "ya, 6 Nov 2024 08.15, ibu@x.example"),
    "never answered and over": ((), RECORD, "tidak ditanyakan lagi", ""),
    "not understood": ((CLOSE,), replace(RECORD, typed="mungkin"), "bila perlu", "Belum dipahami"),
    "typed by whomever": ((CLOSE,), replace(RECORD, typed="ya", how=NOT_COUNTED), "bila perlu", "tidak dihitung"),
}


@pytest.mark.parametrize("name", STATES)
def test_how_a_question_stands(name: str) -> None:
    """In words, with who and when; the answer itself is never written; what stands already is not written again."""
    asked, record, status, decided = STATES[name]
    found = requests(standing(row(CLOSE.id, "?", "x", "?")), *asked, records=(record,))
    columns = {request["updateCells"]["start"]["columnIndex"]: texts(request)[0] for request in found}
    assert set(columns) == {5, 7}
    assert columns[5] == status
    assert decided in columns[7]
    assert (columns[7] == "") is (decided == "")
    again = standing(row(CLOSE.id, columns[5], "x", columns[7]))
    assert requests(again, *asked, records=(record,)) == []


def test_a_tab_from_before_gets_the_new_heads() -> None:
    """Where only addresses were decided: its heads are renamed, a column is added, and its answers are still read."""
    before = standing(("A-00000001", "Bakung", "x@y", "1 Nov 2024", "Baru", "menunggu", "ya"), heads=FORMER)
    found = requests(replace(before, column_count=7), RELEASE)
    assert found[0] == {"appendDimension": {"sheetId": 7, "dimension": "COLUMNS", "length": 1}}
    heads = {request["updateCells"]["start"]["columnIndex"]: texts(request) for request in found[1:5]}
    assert heads == {2: ["Yang diputuskan"], 4: ["Keterangan"], 6: ["Jawaban"], 7: ["Diputuskan"]}
    assert all(request["updateCells"]["start"]["rowIndex"] == 1 for request in found[1:5])
    assert typed_answers(tab("Persetujuan", *before.texts)) == {"A-00000001": "ya"}


def test_answers_are_read_by_their_codes() -> None:
    """Wherever the row and the columns stand now; a code that stands twice with two answers has none that can be told."""
    turned = tuple(reversed(HEADS))
    rows = [
        tuple(reversed(row(id_, answer=answer)))
        for id_, answer in (("D-0000000a", "ya"), ("D-0000000b", ""), ("D-0000000c", "ya"), ("D-0000000c", "tidak"))
    ]
    found = typed_answers(tab("Persetujuan", ("petunjuk",), turned, *rows, ("catatan", "ya")))
    assert found == {"D-0000000a": "ya", "D-0000000b": "", "D-0000000c": "tidak / ya"}
