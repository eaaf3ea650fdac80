"""A page's digest is that of what is written, apart from what changes by itself; and what is written is what the page says."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import rekap_sample as sample
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.google.transport import encoded
from sheets_sync.rekap import style
from sheets_sync.rekap.cells import WrittenPage, cell_data, cell_format
from sheets_sync.rekap.details import details
from sheets_sync.rekap.indicators import indicators
from sheets_sync.rekap.page import Page, PageCell, Row, TextRun, joined, line
from sheets_sync.rekap.pages import digest, plan_page
from sheets_sync.rekap.questions import questions
from sheets_sync.rekap.summary import summary

MAKERS = [summary, questions, details, indicators]
LOOKS = (style.TEXT, style.NUMBER, style.HEAD, style.NOTICE, style.SPARK, style.FOOT)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=12)  # half a character and control characters, too
LINKS = st.sampled_from(["", "https://example.org/#a"])
RUNS = st.lists(st.tuples(TEXTS, LINKS).map(lambda parts: TextRun(*parts)), max_size=4)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.one_of(
    st.tuples(TEXTS, NUMBERS, st.sampled_from(LOOKS)).map(lambda parts: PageCell(*parts)),
    st.tuples(RUNS, st.sampled_from(LOOKS)).map(lambda parts: joined(*parts)),
)
FEW_ROWS = replace(indicators(sample.context()), rows=())


def of(page: Page) -> str:
    return digest(WrittenPage.of(page))


def row_of(page: Page, *cells: PageCell) -> Page:
    """The page with one more row."""
    return replace(page, rows=(*page.rows, Row(cells)))


@given(CELLS)
def test_a_cell_is_written_as_it_is(cell: PageCell) -> None:
    """Its text or number, its look and its links, whatever stands in it."""
    data = json.loads(encoded({"cell": cell_data(cell)}))["cell"]
    said = {"numberValue": cell.number} if cell.number is not None else {"stringValue": cell.text} if cell.text else {}
    assert data.get("userEnteredValue", {}) == said
    assert data.get("userEnteredFormat", {}) == cell_format(cell.style)
    links = [run["format"]["link"]["uri"] for run in data.get("textFormatRuns", ()) if run["format"]]
    assert links == list(cell.links)


@pytest.mark.parametrize(
    ("first", "then", "sent"), [(1, 1.0, "1.0"), (1.0, 1, "1.0"), (0.0, -0.0, "0.0"), (-0.0, 0.0, "0.0")]
)
def test_equal_numbers_are_written_alike(first: float, then: float, sent: str) -> None:
    """What was written before changes nothing, so that a page's digest is the same in every process; there is no minus zero."""
    text = f"{first!r} before {then!r}"  # nothing else has written such a cell
    for number in (first, then):
        written = WrittenPage.of(row_of(FEW_ROWS, PageCell(text, number)))
    assert b'"numberValue":%b}' % sent.encode() in written.rows[-1]


def test_links_say_where_they_begin_and_end() -> None:
    """Pieces without a link that stand side by side are one: nothing is said between them."""
    pieces = (TextRun("a"), TextRun("é"), TextRun("😀", "https://l"), TextRun("b"), TextRun("c"))
    link = {"link": {"uri": "https://l"}}
    runs = [{"startIndex": 2, "format": link}, {"startIndex": 4, "format": {}}]
    assert cell_data(joined(pieces))["textFormatRuns"] == runs


@pytest.mark.parametrize("make", MAKERS)
def test_what_is_sent_is_what_the_page_says(make: object) -> None:
    """Each cell that shows anything, in its place; what is sent as it is written is the JSON that its cells are."""
    page: Page = make(sample.context())  # type: ignore[operator] # each of them makes a page
    requests = plan_page(page, (), 5).requests
    sent = json.loads(encoded({"requests": requests}))["requests"]
    rows = next(each["updateCells"]["rows"] for each in sent if "updateCells" in each)
    for cells, row in zip(page.lines, rows, strict=True):
        shown = [cell_data(cell) if cell.text or cell.style.fill else {} for cell in cells]
        assert row["values"] + [{}] * (len(shown) - len(row["values"])) == shown


@given(CELLS, CELLS)
def test_a_digest_tells_pages_apart(one: PageCell, other: PageCell) -> None:
    """It is the same where the same is written, and else another."""
    first, second = row_of(FEW_ROWS, one), row_of(FEW_ROWS, other)
    assert (of(first) == of(second)) == (WrittenPage.of(first).rows == WrittenPage.of(second).rows)


def test_what_counts_as_the_same_is_the_same() -> None:
    """The moment of the last look is no reason to write; what stands for it is one."""
    ten, eleven, other = (
        replace(FEW_ROWS, rows=(line(text, counts_as=counted),))
        for text, counted in (("at 10", "today"), ("at 11", "today"), ("at 10", "tomorrow"))
    )
    assert of(ten) == of(eleven) != of(other)
