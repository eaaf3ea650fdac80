"""Looking at all series together first leaves out only those in which nothing would be found."""

from __future__ import annotations

from figure_series import series as observed
from hypothesis import example, given
from hypothesis import strategies as st

from sheets_sync.checks import CheckOptions
from sheets_sync.checks.every_series import EverySeries
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.levels import changes, early_changes
from sheets_sync.checks.lows import lows
from sheets_sync.checks.repeats import repeats, spread_quarters
from sheets_sync.checks.screen import Screened
from sheets_sync.checks.slips import find_slips
from sheets_sync.checks.swaps import misfits

OPTIONS = CheckOptions()
SIZE = st.sampled_from([1.0, 20.0, 60.0, 1000.0])
FIGURES = st.sampled_from([0.0, 1.0, 1.02, 1.5, 2.5, 2.6, 10.0]) | st.floats(0, 4)
ROW = st.tuples(SIZE, st.lists(FIGURES, min_size=1, max_size=14)).map(lambda row: [row[0] * each for each in row[1]])


def of(rows: list[list[float]]) -> EverySeries:
    """The rows as series of a library each."""
    return Figures(seen for n, row in enumerate(rows) for seen in observed("visits_onsite", row, str(n))).series


@example([[0.0] * 9, [300.0] * 9, [5000.0, 5001.0, 5000.0, 5001.0, 5000.0]])
@given(st.lists(ROW, max_size=5))
def test_what_is_left_out_has_nothing_to_be_found(rows: list[list[float]]) -> None:
    """No slip, swap or change where none is loud, nothing low where none is uneven, nothing the same where none repeats."""
    everything, options = of(rows), OPTIONS
    screened = Screened.of(everything, options)
    for key, series in everything.items():
        if key not in screened.loud:
            slips = find_slips(series, options.slips, first_month=1, is_time=True)
            assert [*slips, *misfits([series], options.slips)] == []
            assert not [*changes(series, options.change), *early_changes(series, options.change)]
        assert key in screened.uneven or not [*lows(series, options.change)]
        assert key in screened.repeating or not [
            *repeats(series, options.same),
            *spread_quarters(series, options.same, 1),
        ]


@given(st.lists(ROW, max_size=5))
def test_each_is_looked_at_by_itself(rows: list[list[float]]) -> None:
    """Which others there are says nothing, nor where it stands; the order stays."""
    together, alone = Screened.of(of(rows), OPTIONS), [Screened.of(of([row]), OPTIONS) for row in rows]
    for name in ("loud", "uneven", "repeating"):
        assert [*getattr(together, name)] == [
            (str(n), "visits_onsite") for n, each in enumerate(alone) if getattr(each, name)
        ]
