"""The page of a workbook in a real Chromium: by keyboard, by mouse, by finger, in two windows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser import Browsing, Window
from local_http import sign_in
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle

BLOCK = "\n".join("\t".join(str(row * 15 + column) for column in range(15)) for row in range(12))


@pytest.fixture(scope="module")
def served() -> Iterator[LocalGoogle]:
    with LocalGoogle() as google:
        google.account("tangkum", person=True)
        yield google


@pytest.fixture
def typed(served: LocalGoogle, request: pytest.FixtureRequest) -> Book:
    """A small workbook of the librarian's, shared with Tangkum."""
    title = request.node.name
    workbook = served.create_workbook(title, locale="in_ID", time_zone="Asia/Pontianak", writers=["tangkum"])
    book = Book(sign_in(served, "pustakawan", person=True), workbook)
    book.put("A1", [["Bulan", "Pengunjung", "Catatan"], ["Januari", 110, "aman"], ["Februari", "1.234,5", ""]])
    return book


@pytest.fixture
def window(chromium: Browsing, served: LocalGoogle, typed: Book) -> Window:
    return chromium.open(served.page(typed.id))


def test_a_day_s_work_by_keyboard_alone(window: Window, typed: Book) -> None:
    """Arrows, typing, Enter, Tab, F2, Escape, Delete, undo and redo do what they do at Google, and what was typed is there."""
    keys = window.page.keyboard
    window.page.locator("#r0c0").focus()
    for key in ("ArrowDown", "ArrowRight"):
        keys.press(key)
    keys.type("1.250")
    keys.press("Enter")
    window.wait_text("B2", "1.250")
    keys.press("F2")
    keys.type("9")
    keys.press("Escape")
    keys.press("F2")
    keys.press("End")
    keys.type("5")
    keys.press("Tab")
    window.wait_text("B3", "1.234,55")
    keys.type("baik")
    keys.press("Shift+Enter")
    window.wait_text("C3", "baik")
    keys.press("Delete")
    window.wait_text("C2", "")
    for times, shown in ((1, "aman"), (3, "")):
        for _ in range(times):
            keys.press("Control+z")
            window.page.wait_for_timeout(150)
        window.wait_text("C2", "aman")
        window.wait_text("C3", "baik" if shown else "")
    window.saved()
    assert typed.values("A2:C3") == [["Januari", 110, "aman"], ["Februari", 1234.5]]
    keys.press("Control+y")
    window.wait_text("B2", "1.250")
    keys.press("Escape")
    keys.press("Tab")
    assert not window.page.evaluate("document.getElementById('grid').contains(document.activeElement)")


def test_a_block_is_pasted_copied_and_taken_back(window: Window, typed: Book) -> None:
    """12 × 15 values go in at one cell as one change, come out as they went in, and one undo takes all of them back."""
    paste = "text => { const data = new DataTransfer(); data.setData('text/plain', text); document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true})); }"
    copy = "() => { const data = new DataTransfer(); document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true})); return data.getData('text/plain'); }"
    window.go("C4")
    window.page.evaluate(paste, BLOCK)
    window.wait_text("Q15", "179")
    window.page.wait_for_function("document.getElementById('name').textContent === 'C4:Q15'")
    assert window.page.evaluate(copy) == BLOCK
    window.saved()
    assert typed.values("C4:Q15")[11][14] == 179
    window.page.keyboard.press("Control+z")
    window.wait_text("Q15", "")
    window.saved()
    assert typed.values("C4:Q15") == []
    window.go("A998")
    window.page.evaluate(paste, '"satu\nbaris"\t"a ""b"""\n1\n2\n3\n4')
    window.wait_text("A998", "satu\nbaris")
    window.saved()
    assert typed.values("A998:B1002") == [["satu\nbaris", 'a "b"'], [1], [2], [3], [4]]


def test_two_windows_see_each_other(chromium: Browsing, served: LocalGoogle, typed: Book, window: Window) -> None:
    """What Tangkum types appears in the owner's window by itself, and what a program writes in both."""
    other = chromium.open(served.page(typed.id, "tangkum"))
    other.go("B2")
    other.page.keyboard.type("77")
    other.page.keyboard.press("Enter")
    window.wait_text("B2", "77")
    typed.put("B3", [["dari program"]])
    window.wait_text("B3", "dari program")
    other.wait_text("B3", "dari program")
    typed.batch({"addSheet": {"properties": {"title": "Baru"}}})
    window.page.locator(".tabs a", has_text="Baru").wait_for()


def test_what_is_protected_says_so_before_typing(
    chromium: Browsing, served: LocalGoogle, typed: Book, window: Window
) -> None:
    """Others are refused with a sentence and nothing is sent; a warning can be passed."""
    box = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2}
    locked = {"range": box, "editors": {"users": ["pustakawan@example.com"]}}
    soft = {"range": {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3}, "warningOnly": True}
    typed.batch(*({"addProtectedRange": {"protectedRange": each}} for each in (locked, soft)))
    other = chromium.open(served.page(typed.id, "tangkum"))
    other.go("B2")
    other.page.keyboard.type("8")
    dialog = other.page.locator("#ask")
    dialog.wait_for()
    dialog.locator("button").first.click()
    other.go("B3")
    other.page.keyboard.type("8")
    dialog.locator("button", has_text="Tetap isi").click()
    other.page.keyboard.type("8")
    other.page.keyboard.press("Enter")
    other.wait_text("B3", "88")
    assert typed.values("B2") == [[110]]


def test_choices_and_ticks(window: Window, typed: Book) -> None:
    """A drop-down offers its list and refuses what is not in it; a box is ticked by the space bar."""
    values = [{"userEnteredValue": text} for text in ("lapor", "belum")]
    lists = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True, "showCustomUi": True}

    def rule(row: int, what: dict[str, Any]) -> dict[str, Any]:
        box = {"sheetId": 0, "startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": 3, "endColumnIndex": 4}
        return {"setDataValidation": {"range": box, "rule": what}}

    typed.batch(rule(1, lists), rule(2, {"condition": {"type": "BOOLEAN"}}))
    window.page.locator("#r1c3.drop").wait_for()
    window.go("D2")
    window.page.keyboard.press("F2")
    window.page.locator("#choices button", has_text="belum").click()
    window.wait_text("D2", "belum")
    window.go("D2")
    window.page.keyboard.type("entah")
    window.page.keyboard.press("Enter")
    window.page.locator("#ask", has_text="lapor, belum").wait_for()
    window.page.locator("#ask button").first.click()
    window.saved()
    assert typed.values("D2") == [["belum"]]
    window.go("D3")
    window.page.keyboard.press(" ")
    window.page.locator("#r2c3.check.on").wait_for()
    window.saved()
    assert typed.values("D3") == [[True]]


def test_a_comment_is_read_answered_and_closed(window: Window, typed: Book) -> None:
    """A question stands at its cell, is answered there, and when it is closed its mark turns."""
    at = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    typed.batch({"insertComment": {"coordinate": at, "content": "Berapa <b>persisnya</b>?"}})
    window.page.locator("#r1c1.asked").wait_for()
    window.go("B2")
    card = window.page.locator("#card")
    assert "Berapa <b>persisnya</b>?" in card.inner_text()
    card.locator("input").fill("110, sudah dihitung ulang")
    card.locator("[data-act=reply]").click()
    card.locator("text=sudah dihitung ulang").wait_for()
    card.locator("[data-act=resolve]").click()
    window.page.locator("#r1c1.answered").wait_for()
    assert [thread["status"] for thread in typed.get(commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")["comments"]] == [
        "RESOLVED"
    ]


def test_ten_thousand_rows_come_as_they_are_looked_at(chromium: Browsing, served: LocalGoogle) -> None:
    """Of 10,000 × 30 cells only those near what one looks at are in the page, at the top, the foot, and by keyboard."""
    workbook = served.create_workbook("Besar")
    book = Book(sign_in(served, "pustakawan", person=True), workbook)
    size = {"sheetId": 0, "gridProperties": {"rowCount": 10_000, "columnCount": 30}}
    book.batch({"updateSheetProperties": {"properties": size, "fields": "gridProperties(rowCount,columnCount)"}})
    book.put("A1", [[f"{row}-{column}" for column in range(30)] for row in range(10_000)], "RAW")
    window = chromium.open(served.page(workbook))
    window.page.locator("#r0c0").focus()
    window.page.keyboard.press("Control+End")
    window.wait_text("AD10000", "9999-29")
    window.page.wait_for_function("document.querySelectorAll('td[id]').length < 30000")
    window.page.evaluate("document.getElementById('grid').scrollTop = 105000")
    window.page.locator("#r5000c0").wait_for()
    assert window.cell("A5001").inner_text() == "5000-0"


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_everybody_can_use_it(chromium: Browsing, served: LocalGoogle, typed: Book, scheme: str, width: int) -> None:
    """On a phone in dark and on a desk in light, axe-core finds nothing serious, contrast included, and nothing sticks out."""
    at = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    typed.batch({"insertComment": {"coordinate": at, "content": "Berapa?"}})
    phone = width < 640
    window = chromium.open(served.page(typed.id), width, 740, scheme, has_touch=phone, is_mobile=phone)
    window.page.locator("#r1c1").tap() if phone else window.go("B2")
    window.page.locator("#card").wait_for()
    assert window.faults() == []
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    if phone:
        window.page.locator("#r2c1").tap()
        window.page.locator("#r2c1").tap()
        window.page.locator("#editor").fill("12")
        window.page.keyboard.press("Enter")
        window.wait_text("B3", "12,00")  # as the cell shows numbers; "12" alone stands there for a moment only
