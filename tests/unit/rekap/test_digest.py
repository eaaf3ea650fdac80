"""A page's digest is that of its content as JSON, however it is put together."""

from __future__ import annotations

import hashlib
import json

import pytest
import rekap_sample as sample

from sheets_sync.rekap.details import details
from sheets_sync.rekap.indicators import indicators
from sheets_sync.rekap.page import Page
from sheets_sync.rekap.pages import digest
from sheets_sync.rekap.questions import questions
from sheets_sync.rekap.requests import cell_format
from sheets_sync.rekap.summary import summary


@pytest.mark.parametrize("make", [summary, questions, details, indicators])
def test_a_digest_is_that_of_the_whole_content(make: object) -> None:
    """Each cell's text or what it counts as, its number, its look and its links: so no page is written anew by an upgrade."""
    page: Page = make(sample.context())  # type: ignore[operator] # each of them makes a page
    cells = [page.cells(row) for row in range(len(page.rows))]
    content = [
        [[c.counts_as or c.text, c.number, cell_format(c.style), [run.link for run in c.runs]] for c in row]
        for row in cells
    ]
    text = json.dumps([page.title, content, repr(page.charts)], ensure_ascii=False)
    assert digest(page) == hashlib.blake2s(text.encode(), digest_size=16).hexdigest()
