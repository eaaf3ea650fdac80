"""What the eye would stumble over on the program's tabs: text that is too faint, a heading broken inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import resources

import pytest
import rekap_sample as sample
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from sheets_sync.i18n import LANGUAGES, language
from sheets_sync.model import msg
from sheets_sync.rekap import style
from sheets_sync.rekap.own import COLUMNS
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, RowKind, Style, TextRun, joined
from sheets_sync.rekap.pages import plan
from sheets_sync.rekap.style import channels

PAGES = [planned.page for planned in plan(sample.context(), ())]
AA = 4.5  # WCAG 2.2, 1.4.3: text of a usual size
PADDING = 6  # pixels, left and right together, of a cell in Sheets


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    linear = [c / 12.92 if (c := each / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for each in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: Style) -> float:
    lighter, darker = sorted((luminance(look.colour or "#000000"), luminance(look.fill or "#ffffff")), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def looks(page: Page) -> Iterator[Style]:
    for row in page.rows:
        yield from (cell.style for cell in row.cells if cell.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.role)
def test_every_text_can_be_read(page: Page) -> None:
    """Every text of a page stands out from its ground as WCAG AA asks."""
    assert {look for look in looks(page) if contrast(look) < AA} == set()


@pytest.mark.parametrize("colour", ["#1b7f3b", "#d18b00", "#c0392b", "#8a8f96", "#000000", "#ffffff"])
def test_every_tint_can_be_written_on(colour: str) -> None:
    """Whatever colour an office gives a category, the word on its tint can be read."""
    assert contrast(style.tinted(style.TILE_LABEL, colour)) >= AA


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("role", sorted(COLUMNS))
def test_no_heading_breaks_inside_a_word(role: str, code: str) -> None:
    """Every word of a heading is narrower than its column, in a typeface that is wider than the one Sheets uses."""
    file = resources.files("sheets_sync.fonts") / "Inter-SemiBold.otf"
    with resources.as_file(file) as path:
        font = ImageFont.truetype(str(path), round(10 * 96 / 72))
    broken = [
        (word, column.width)
        for column in COLUMNS[role]
        for word in language(code)(column.title).split()
        if font.getlength(word) + PADDING > column.width
    ]
    assert broken == []


WORDS = st.lists(st.text("ab9·(–", min_size=1, max_size=30), min_size=1, max_size=40).map(" ".join)


def lined(runs: Sequence[TextRun], on_phones: bool) -> PageCell:
    """How a line made of these pieces stands on a page."""
    row = Row((joined(runs),), kind=RowKind.LINE)
    return Page("role", "title", (PageColumn(msg("Library"), 100),), (row,), header=0, on_phones=on_phones).at(0, 0)


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([(True, 50), (False, 150)]))
def test_a_line_ends_where_the_screen_does_and_says_the_same(texts: list[str], most: tuple[bool, int]) -> None:
    """Only blanks become breaks, never beside a digit; each piece keeps its link; a longer line has no place to break."""
    runs = [TextRun(f"{text} ", link) for text, link in zip(texts, ("", "a", "", "b"), strict=False)]
    cell, whole = lined(runs, most[0]), "".join(run.text for run in runs)
    assert cell.text.replace("\n", " ") == whole
    assert [(run.text.replace("\n", " "), run.link) for run in cell.runs] == [(run.text, run.link) for run in runs]
    assert not re.search(r"\d\n|\n\d", cell.text)
    for line in cell.text.split("\n"):
        assert len(line) <= most[1] or not re.search(r"\D \D", line[: most[1] + 2])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.role)
def test_every_line_of_a_page_fits_a_phone_or_a_desk(page: Page) -> None:
    """No line of text is longer than a desk's screen shows; one of the guide, which is read on phones, than a phone's."""
    lines = [page.at(number, 0) for number, row in enumerate(page.rows) if row.kind is RowKind.LINE and row.cells]
    texts = [text for cell in lines if cell.style.size <= 10 for text in cell.text.split("\n")]
    assert [text for text in texts if len(text) > (50 if page.on_phones else 150)] == []
