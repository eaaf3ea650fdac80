"""The pages in a browser and on a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest
import rekap_sample as sample
from rich.console import Console

from sheets_sync.config.labels import COLOURS
from sheets_sync.rekap import style
from sheets_sync.rekap.html import html
from sheets_sync.rekap.page import Page
from sheets_sync.rekap.pages import plan
from sheets_sync.rekap.summary import summary
from sheets_sync.rekap.terminal import terminal


class Words(HTMLParser):
    """Collects a document's elements and texts."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("page", [planned.page for planned in plan(sample.context(), ())], ids=lambda page: page.role)
def test_a_document_shows_every_cell(page: Page) -> None:
    """Each text of the page is in its HTML, of every tab."""
    shown = re.sub(r"\s+", " ", " ".join(Words(html(page, "id")).texts))

    cells = (page.at(row, column).text for row in range(len(page.rows)) for column in range(len(page.columns)))
    missing = [text for text in cells if text not in ("", "∎") and text.split("\n")[0].split(":")[0] not in shown]
    assert missing == []


def test_hostile_names_stay_text() -> None:
    """A name with markup in it adds no element and no link to the document."""
    month = sample.office_month()
    hostile = '<script>alert(1)</script><a href="javascript:x">'
    rows = (replace(month.libraries[0], library=replace(month.libraries[0].library, name=hostile)),)
    document = html(summary(sample.context(replace(month, libraries=rows))), "id")

    assert "script" not in Words(document).tags
    assert hostile in "".join(Words(document).texts)
    assert 'href="javascript' not in document


def test_charts_say_in_words_what_they_show() -> None:
    """Each chart has an alternative text with the figures."""
    document = html(summary(sample.context()), "id")

    assert 'aria-label="Skor tahun berjalan. Tangkum 7,72; Pangkan 6,00; Turan Amis 5,20"' in document


@pytest.mark.parametrize("colour", COLOURS.values())
def test_words_on_a_tint_can_be_read(colour: str) -> None:
    """Dark text on every category's tint has a contrast of at least 7, the strict level of WCAG."""
    assert contrast(style.INK, style.tint(colour, 0.22)) >= 7


def test_small_grey_text_can_be_read() -> None:
    """Muted text on white and on the tiles' fill has a contrast of at least 4.5."""
    assert min(contrast(style.MUTED, "#ffffff"), contrast(style.MUTED, style.TILE_FILL)) >= 4.5


@pytest.mark.parametrize("width", [80, 118])
def test_the_terminal_shows_the_same_table(width: int) -> None:
    """Name, status, score, category and change stand in one line, on a narrow terminal too."""
    written = StringIO()
    Console(file=written, width=width).print(terminal(summary(sample.context())))

    (line,) = (line for line in written.getvalue().splitlines() if "Turan Amis" in line)
    assert line.split()[:7] == ["Turan", "Amis", "sebagian", "5,20", "rendah", "▲", "0,12"]
    assert "Skor internal – bukan skor resmi SIM" in written.getvalue()


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [
        channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in style.channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
