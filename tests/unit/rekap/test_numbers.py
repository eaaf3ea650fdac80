"""What a page says of a number is what its tab shows; else the page would be written again by every sync."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheets_sync.i18n import language
from sheets_sync.local_google.values import locale_of
from sheets_sync.local_google.values.render import show
from sheets_sync.rekap.context import figure, share
from sheets_sync.rekap.page import PageCell

ID, INDONESIA = language("id"), locale_of("in_ID")


def _shown(cell: PageCell) -> str:
    """The cell as Sheets shows it."""
    assert cell.number is not None
    return show(cell.number, cell.style.pattern, INDONESIA)


@given(st.floats(0, 9.99))
@example(0.145)  # times 100 it is 14.499999999999998
@example(0.765)  # the even neighbour is below
@example(0.144996)  # rounded to four places first, it would be 15 %
def test_shares(value: float) -> None:
    """A share is rounded once, half up, for the page and for its cell."""
    assert _shown(share(value, ID)) == share(value, ID).text


@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
@given(value=st.floats(0, 1e9))
def test_figures(value: float, decimals: int) -> None:
    """A figure is rounded once, half up, for the page and for its cell."""
    cell = figure(value, ID, decimals)
    assert _shown(cell) == cell.text


@pytest.mark.parametrize(("value", "text"), [(0.145, "15 %"), (0.1449, "14 %"), (0.765, "77 %"), (1.005, "101 %")])
def test_half_is_rounded_up(value: float, text: str) -> None:
    """Half a per cent is rounded up, as people do by hand."""
    assert ID.percent(value) == text
