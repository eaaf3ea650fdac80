"""The next best steps: the smallest realistic changes that raise a library's score most by the end of the year.

A step adds a whole amount to one element of an indicator, and the projected year (`kpi.outlook`) is scored anew; so what
a step promises is what the scheme computes. It is credited only with what it adds to the score that would come by
itself, and it is no step if it would leave the library below the score it has now.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.outlook import Lever, Pace, outlook, realistic
from sheets_sync.kpi.points import NOISE
from sheets_sync.kpi.states import Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.trial import Amounts, Places, Trial, Tries
from sheets_sync.model import Step

VISIBLE = 0.01  # a gain that shows wherever the two scores are rounded to two decimals
MAX_STEPS = 3
BATCH = 2000  # libraries tried out together, to bound memory


def next_steps(cube: Cube, table: ScoreTable) -> Mapping[str, tuple[Step, ...]]:
    """One to three steps for each library that has a score, those that raise it most first; none where none helps."""
    steps: dict[str, tuple[Step, ...]] = {}
    for start in range(0, len(cube.libraries), BATCH):
        some = slice(start, start + BATCH)
        trial = Trial.of(outlook(cube.part(some), table.period), table.scheme)
        steps |= _steps(trial, table.value[some])
    return {code: steps[code] for code, value in zip(table.codes, table.value, strict=True) if not np.isnan(value)}


def _steps(trial: Trial, present: Floats) -> Mapping[str, tuple[Step, ...]]:
    """The steps of the libraries of a trial; `present` are their scores now."""
    tries = _largest(trial)
    reached = trial.scores(tries)
    gain = reached - trial.base.value[tries.library]
    helps = np.flatnonzero((gain >= VISIBLE) & (reached >= present[tries.library] - NOISE))
    best = helps[_best(tries.at(helps), gain[helps], trial.levers)]
    chosen = tries.at(best)
    return _told(trial, *smallest(trial, chosen, reached[best]))


def _largest(trial: Trial) -> Tries:
    """Every step that may help a library, as large as is realistic."""
    shape = (len(trial.levers), len(trial.ahead.cube.libraries))
    most = np.array([realistic(trial.ahead, lever) for lever in trial.levers], np.int64).reshape(shape)
    lever, library = np.nonzero(most * trial.promising)
    return Tries(library, lever, most[lever, library])


def _best(tries: Tries, gain: Floats, levers: tuple[Lever, ...]) -> Places:
    """Those that gain most, one for each indicator and for each element; a library's in the order of their gain."""
    alike = np.array([[a.indicator == b.indicator or a.element == b.element for b in levers] for a in levers])
    left, chosen = np.lexsort((tries.lever, -gain, tries.library)), list[Places]()
    while len(left) and len(chosen) < MAX_STEPS:
        _, first, owner = np.unique(tries.library[left], return_index=True, return_inverse=True)
        chosen.append(left[first])
        left = left[~alike[tries.lever[chosen[-1]][owner], tries.lever[left]]]
    return np.concatenate([*chosen, left[:0]])


def smallest(trial: Trial, tries: Tries, best: Floats) -> tuple[Tries, Floats]:
    """The same steps, each with the smallest amount that gives what the largest one gives, `best`; and what it gives.

    Most indicators rise evenly with what is done until the target is met: what the first unit gives says how many are
    needed, and one less is tried to see that it is not enough. Where they don't, halving finds it.
    """
    search, base = Search(trial, tries, best), trial.base.value[tries.library]
    first = search.look(np.ones_like(tries.amount)) - base
    with np.errstate(divide="ignore", invalid="ignore"):
        evenly = np.ceil((best - base - NOISE) / first)
    search.look(np.where(first > 0, np.minimum(evenly, tries.amount), tries.amount).astype(np.int64))
    search.look(search.enough - 1)
    while search.open.any():
        search.look((search.short + search.enough) // 2)
    return tries.of(search.enough), search.score


class Search:
    """For each step an amount that is known to be enough, with its score, and one that is known to fall short."""

    def __init__(self, trial: Trial, tries: Tries, best: Floats) -> None:
        self._trial, self._tries, self._best = trial, tries, best
        self.enough, self.short, self.score = tries.amount.copy(), np.zeros_like(tries.amount), best.copy()

    @property
    def open(self) -> Flags:
        """Whether there are amounts between the two."""
        return self.enough - self.short > 1

    def look(self, amount: Amounts) -> Floats:
        """Tries these amounts, brought between the two; gives the scores, NaN for the steps that are settled."""
        left = np.flatnonzero(self.open)
        tried = np.clip(amount[left], self.short[left] + 1, self.enough[left] - 1)
        scores = np.full(len(amount), np.nan)
        scores[left] = self._trial.scores(self._tries.at(left).of(tried))
        reached = scores[left] >= self._best[left] - NOISE
        self.enough[left] = np.where(reached, tried, self.enough[left])
        self.short[left] = np.where(reached, self.short[left], tried)
        self.score[left] = np.where(reached, scores[left], self.score[left])
        return scores


def _told(trial: Trial, tries: Tries, reached: Floats) -> Mapping[str, tuple[Step, ...]]:
    """The steps as values, by library; none for a library that has none."""
    libraries, without = trial.ahead.cube.libraries, trial.base.value.tolist()
    steps: dict[str, tuple[Step, ...]] = {library.code: () for library in libraries}
    until, monthly = trial.ahead.end, [lever.pace is Pace.MONTHLY for lever in trial.levers]
    columns = (tries.library.tolist(), tries.lever.tolist(), tries.amount.tolist(), reached.tolist())
    for library, number, more, score in zip(*columns, strict=True):
        lever, code = trial.levers[number], libraries[library].code
        step = Step(lever.indicator, lever.element, float(more), monthly[number], score, without[library], until)
        steps[code] = (*steps[code], step)
    return steps
