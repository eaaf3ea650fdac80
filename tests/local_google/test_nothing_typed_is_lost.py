"""What a person types into the page arrives whole, whatever the server or others do at the worst moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from browser import Browsing, Window
from local_http import sign_in
from playwright.sync_api import Page, Route
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle


@pytest.fixture
def typed(served: LocalGoogle, request: pytest.FixtureRequest) -> Book:
    """A small workbook of the librarian's."""
    workbook = served.create_workbook(request.node.name, locale="in_ID", time_zone="Asia/Pontianak")
    book = Book(sign_in(served, "pustakawan", person=True), workbook)
    book.put("A1", [["Bulan", "Pengunjung"], ["Januari", 110], ["Februari", 120]])
    return book


@pytest.fixture
def window(chromium: Browsing, served: LocalGoogle, typed: Book) -> Iterator[Window]:
    opened = chromium.open(served.page(typed.id))
    yield opened
    opened.page.context.close()


@dataclass
class Gate:
    """What the page asks at an address is held back until it is opened."""

    page: Page
    waiting: list[Route] = field(default_factory=list)
    is_open: bool = False

    def __call__(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.waiting.append(route)

    def asked(self, times: int = 1) -> None:
        """Until so many have come to it."""
        for _ in range(3000):
            if len(self.waiting) >= times:
                return
            self.page.wait_for_timeout(20)
        pytest.fail(f"{len(self.waiting)} of {times} were asked for")

    def open(self) -> None:
        self.is_open = True
        for route in self.waiting:
            route.continue_()


def gate(window: Window, addresses: str) -> Gate:
    made = Gate(window.page)
    window.page.route(addresses, made)
    return made


def another_tab(window: Window, typed: Book) -> None:
    """A program adds a tab: the whole page comes anew."""
    typed.batch({"addSheet": {"properties": {"title": "Baru"}}})


def another_figure(window: Window, typed: Book) -> None:
    """A program writes beside the cell, and into it."""
    typed.put("A2", [["dari program", 7]])


def another_place(window: Window, typed: Book) -> None:
    """The demo's panel points somewhere else."""
    window.page.evaluate("location.hash = '#gid=0&range=A3&at=1'")


EVENTS = [another_tab, another_figure, another_place]


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_being_typed_stays_under_ones_hands(window: Window, typed: Book, event: Callable[..., None]) -> None:
    """Whatever happens between the first key and Enter, the cell holds all of them."""
    keys = window.page.keyboard
    window.go("B2")
    keys.type("12")
    event(window, typed)
    window.page.wait_for_timeout(400)  # the page hears of it
    keys.type("34")
    keys.press("Enter")
    window.saved()
    assert typed.values("B2") == [[1234]]


def test_a_page_that_comes_anew_waits_for_who_began_meanwhile(window: Window, typed: Book) -> None:
    """The new page is on its way when somebody begins to type; it is fetched again when they are done, and nothing is lost."""
    keys = window.page.keyboard
    window.go("B2")
    fresh = gate(window, "**/edit?*")
    another_tab(window, typed)
    fresh.asked()
    keys.type("12")
    fresh.open()
    window.page.wait_for_timeout(200)
    keys.type("34")
    keys.press("Enter")
    window.page.locator(".tabs a", has_text="Baru").wait_for()
    window.saved()
    assert typed.values("B2") == [[1234]]
    assert window.page.evaluate("document.activeElement.id") == "r2c1"


def test_keys_are_kept_until_the_rows_are_there(window: Window, typed: Book) -> None:
    """Typed before the rows at the foot have come: it stands there, not at the top and not nowhere."""
    keys = window.page.keyboard
    window.page.locator("#r0c0").focus()
    rows = gate(window, "**/part?*")
    for key in ("Control+End", "1", "3", "Backspace", "2", "Enter", "7", "Enter"):
        keys.press(key)
    rows.asked()
    rows.open()
    window.page.wait_for_function("() => document.querySelector('#r999c25')?.textContent === '7'")
    window.saved()
    assert typed.values("Z1000") == [[7]]


def test_a_list_on_its_way_takes_no_key(window: Window, typed: Book) -> None:
    """What is typed after Enter is the next cell's, though the drop-down's list has not come; what is not in it is refused."""
    values = [{"userEnteredValue": text} for text in ("lapor", "belum")]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True, "showCustomUi": True}
    box = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 3, "endColumnIndex": 4}
    typed.batch({"setDataValidation": {"range": box, "rule": rule}})
    window.page.locator("#r3c3.drop").wait_for()
    window.go("D2")
    lists = gate(window, "**/options?*")
    for text in ("belum", "lapor", "entah"):
        window.page.keyboard.type(text)
        window.page.keyboard.press("Enter")
    lists.asked(3)
    lists.open()
    window.page.locator("#ask", has_text="lapor, belum").wait_for()
    window.page.locator("#ask button").first.click()
    window.saved()
    window.page.wait_for_function("() => document.getElementById('state').textContent")
    assert typed.values("D2:D4") == [["belum"], ["lapor"]]


def test_what_cant_be_saved_now_is_saved_later_and_in_order(window: Window, typed: Book, served: LocalGoogle) -> None:
    """While Google is ill the cells say what was typed; when it is well again what was typed last stands."""
    keys = window.page.keyboard
    window.go("B2")
    served.conditions.fail("503", "sheets.spreadsheets.values.update", times=2)
    for text in ("1", "2", "3"):
        window.go("B2")
        keys.type(text)
        keys.press("Enter")
    another_tab(window, typed)
    window.page.locator(".tabs a", has_text="Baru").wait_for()
    assert window.cell("B2").inner_text() == "3"
    window.saved()
    assert typed.values("B2") == [[3]]
    window.wrong = [each for each in window.wrong if "503" not in each]


def test_nobody_leaves_before_it_is_saved(window: Window, typed: Book) -> None:
    """A click on another tab in the middle of typing, while saving takes long: it is saved, then the tab opens."""
    typed.batch({"addSheet": {"properties": {"title": "Baru"}}})
    window.page.locator(".tabs a", has_text="Baru").wait_for()
    window.go("B2")
    saving = gate(window, "**/values/**")
    window.page.keyboard.type("77")
    window.page.locator(".tabs a", has_text="Baru").click()
    saving.asked()
    saving.open()
    window.page.wait_for_function("() => document.querySelector('table').ariaLabel === 'Baru'")
    assert typed.values("B2") == [[77]]


@pytest.mark.parametrize("event", [another_tab, another_figure])
def test_a_reply_that_is_being_written_stays(window: Window, typed: Book, event: Callable[..., None]) -> None:
    """The cursor stays in it, too."""
    at = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    typed.batch({"insertComment": {"coordinate": at, "content": "Berapa?"}})
    window.page.locator("#r1c1.asked").wait_for()
    window.go("B2")
    card = window.page.locator("#card")
    card.locator("input").click()
    window.page.keyboard.type("110, sudah")
    event(window, typed)
    window.page.wait_for_timeout(400)
    window.page.keyboard.type(" dihitung")
    card.locator("[data-act=reply]").click()
    card.locator("text=110, sudah dihitung").wait_for()


def test_a_place_that_is_pointed_at_comes_without_another_page(window: Window, typed: Book) -> None:
    """From tab to tab and back by what stands behind # the page stays the same, and waits for news once."""
    typed.batch({"addSheet": {"properties": {"title": "Baru", "sheetId": 5}}})
    window.page.locator(".tabs a", has_text="Baru").wait_for()
    window.page.evaluate("window.same = true")
    for gid in (5, 0, 5, 0, 5, 0, 5, 0):
        window.page.evaluate("gid => { location.hash = `gid=${gid}&range=B2` }", gid)
        title = "Baru" if gid else "Sheet1"
        window.page.wait_for_function("t => document.querySelector('table').ariaLabel === t", arg=title)
    assert window.page.evaluate("window.same")
    window.page.wait_for_function("() => document.getElementById('name').textContent === 'B2'")
    window.page.keyboard.type("5")
    window.page.keyboard.press("Enter")
    window.saved()
    assert typed.values("B2") == [[5]]
