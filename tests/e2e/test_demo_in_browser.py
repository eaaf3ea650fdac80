"""The demo in a real Chromium: the tour from its first to its last stop, as somebody takes it who has read the README."""

from __future__ import annotations

import re

import pytest
from browser import Browsing, Window

from sheets_sync.demo.panel.app import Panel


@pytest.fixture(scope="module")
def window(chromium: Browsing, panel: Panel) -> Window:
    opened = chromium.open(panel.address, 1440, 860)
    opened.page.set_default_timeout(60_000)
    return opened


def press(window: Window, name: str) -> str:
    """Presses a button and waits for its end; what the newest chapter says."""
    window.page.locator(f"[data-act={name}]").click()
    window.page.locator("[data-act=sync]:enabled").wait_for()
    return window.page.locator(".chapter").first.inner_text()


def stop(window: Window, number: int) -> None:
    window.page.locator("#next").click()
    window.page.locator("#stop-number", has_text=f"{number}/7").wait_for()


def type_into(window: Window, cell: str, text: str) -> None:
    book = window.page.frame_locator("#book")
    book.locator("#name", has_text=re.compile("^I13$")).wait_for()
    book.locator(cell).click()
    window.page.keyboard.type(text)
    window.page.keyboard.press("Enter")
    book.locator(cell, has_text=text).wait_for()


def test_the_tour_from_first_to_last_stop(window: Window, panel: Panel) -> None:
    """What is unclear is asked, answered and closed; the score moves; mails arrive; an ill Google costs nothing."""
    page, book = window.page, window.page.frame_locator("#book")
    assert page.locator("#stop-number").inner_text() == "1/7"
    stop(window, 2)
    type_into(window, "#r12c8", "sekitar 20")
    stop(window, 3)
    told = press(window, "sync")
    assert "drive.files.list" in told
    book.locator("#r12c8.asked").wait_for()
    book.locator("#r12c8").click()
    assert "sekitar 20" in book.locator("#card").inner_text()
    assert book.locator("#r12c8").inner_text() == "sekitar 20"
    stop(window, 4)
    type_into(window, "#r12c8", "90")
    told = press(window, "sync")
    assert "Perpustakaan Desa Tangkum: " in told
    assert page.locator("#busy").inner_text().startswith("Perpustakaan Desa Tangkum: ")
    book.locator("#r12c8.answered").wait_for()
    stop(window, 5)
    book.locator("table[aria-label=Rekap]").wait_for()
    stop(window, 6)
    assert "Terkirim: 6" in press(window, "report")
    assert page.locator(".mail").count() == 6
    page.locator("[data-mail]", has_text="Tangkum").click()
    page.frame_locator("#mail iframe").locator("text=Langkah berikut").first.wait_for(state="attached")
    page.locator("#close").click()
    assert {"PDF", "XLSX"} <= set(
        page.locator(".files a").evaluate_all("all => all.map(a => a.firstChild.textContent)")
    )
    stop(window, 7)
    assert "pengingat" in press(window, "month")
    assert page.locator(".mail").count() > 6
    press(window, "sick")
    assert "✗" in press(window, "sync")
    press(window, "sick")
    assert "✗" not in press(window, "sync")


def test_month_by_month_to_the_year_s_report(window: Window) -> None:
    """One button goes on to January: the months' reports one after the other, then the year's, with a page for the wall."""
    page = window.page
    press(window, "report")
    told = press(window, "year")
    assert told.index("laporan Desember 2024") < told.index("laporan tahun 2024")
    office = page.locator(".mail", has_text="dinding").first
    assert "Laporan tahun 2024" in office.inner_text()
    office.locator("[data-mail]").click()
    page.frame_locator("#mail iframe").locator("text=Siap diteruskan ke grup").wait_for(state="attached")
    page.locator("#close").click()


def test_everybody_can_use_the_panel(chromium: Browsing, panel: Panel, window: Window) -> None:
    """axe-core finds nothing serious on the panel; on a phone the sheet and the panel take turns and nothing sticks out."""
    page = window.page
    for width, height, scheme in ((1440, 860, "light"), (360, 740, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert window.faults() == []
    page.locator("[data-show=side]").click()
    assert page.locator("[data-act=sync]").is_visible()
    page.locator("[data-show=book]").click()
    assert not page.locator("[data-act=sync]").is_visible()


def test_it_is_told_in_english_too(window: Window) -> None:
    """The language is a click away, and the tour has its seven stops in it."""
    window.page.set_viewport_size({"width": 1440, "height": 860})
    window.page.locator("header a[lang=en]").click()
    window.page.locator("button", has_text="Sync now").wait_for()
    window.page.evaluate("sessionStorage.setItem('stop', 0)")
    window.page.reload()
    titles = {window.page.locator("#stop-title").inner_text()}
    for number in range(2, 8):
        stop(window, number)
        titles.add(window.page.locator("#stop-title").inner_text())
    assert len(titles) == 7


def test_the_address_is_good_once(chromium: Browsing, panel: Panel) -> None:
    """Another browser that finds the address later, or comes without it, is not let in."""
    import requests

    assert requests.get(panel.address, timeout=20).status_code == 403
    root = f"http://127.0.0.1:{panel.pages.port}"
    assert requests.post(f"{root}/act/sync", timeout=20).status_code == 403
    assert requests.get(root, headers={"Host": "x.example"}, timeout=20).status_code == 403
    assert requests.get(root, headers={"Origin": "http://x.example"}, timeout=20).status_code == 403


def test_one_may_start_again(window: Window, panel: Panel) -> None:
    """A fresh world takes the place of the one that was played with."""
    before = panel.stage.here.sheet.id
    window.page.locator("[data-act=restart]").click()
    window.page.locator("#stop-number", has_text="1/7").wait_for()
    window.page.locator("#count", has_text="0").wait_for()
    assert panel.stage.here.sheet.id != before
