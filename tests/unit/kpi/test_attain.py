"""How much of its target a figure has reached."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.kpi.measure import Goalposts, attain

FIGURE = st.sampled_from([np.nan, 0.0, 5e-324, 1e-300, 0.5, 1.0, 12.0, 9e14, np.inf])  # a ratio of figures
POST = st.sampled_from([np.nan, 0.0, 5e-324, 0.5, 1.0, 100.0, 1e9])


@given(higher=st.booleans(), figure=FIGURE, target=POST, floor=POST)
def test_every_figure_reaches_a_part_that_can_be_told(higher: bool, figure: float, target: float, floor: float) -> None:
    """However small or large it is: a number, and none only where the figure or its target is missing."""
    posts = Goalposts(target=np.array([[target]]), floor=np.array([[floor]]))
    (reached,) = attain(np.array([[higher]]), np.array([[figure]]), posts).ravel()
    assert np.isnan(reached) == (np.isnan(figure) or np.isnan(target))
    assert not np.isinf(reached)
