"""The next best steps: the smallest realistic changes that raise a library's score most by the end of the year.

A step adds a whole amount to one element of an indicator, and the projected year (`kpi.outlook`) is scored anew; so what
a step promises is what the scheme computes. It is credited only with what it adds to the score that would come by
itself, and it is no step if it would leave the library below the score it has now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.outlook import Lever, Pace, outlook, realistic
from sheets_sync.kpi.points import NOISE
from sheets_sync.kpi.states import Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.trial import Amounts, Places, Trial, Tries
from sheets_sync.model import Period, Step

VISIBLE = 0.01  # a gain that shows wherever the two scores are rounded to two decimals
MAX_STEPS = 3
BATCH = 4000  # libraries tried out together, to bound memory


@dataclass(frozen=True, eq=False)
class Steps(Mapping[str, tuple[Step, ...]]):
    """The steps of each library that has a score, by its code, made values when they are asked for.

    `tries` are those of all libraries, by library, a library's in the order of what they gain at most; `reached` is the
    score each brings, `without` by library the one that comes by itself.
    """

    scores: ScoreTable
    levers: tuple[Lever, ...]
    until: Period
    tries: Tries
    reached: Floats
    without: Floats

    def __getitem__(self, code: str) -> tuple[Step, ...]:
        place = self.scores.places[code]
        if np.isnan(self.scores.value[place]):
            raise KeyError(code)
        first, stop = self._ends[place : place + 2].tolist()
        return tuple(self._step(n, float(self.without[place])) for n in range(first, stop))

    @cached_property
    def _ends(self) -> Places:
        """Where each library's tries begin, and where the last one's end."""
        return np.searchsorted(self.tries.library, np.arange(len(self.scores.codes) + 1))

    def __iter__(self) -> Iterator[str]:
        return (code for code, value in zip(self.scores.codes, self.scores.value, strict=True) if not np.isnan(value))

    def __len__(self) -> int:
        return int(np.count_nonzero(~np.isnan(self.scores.value)))

    def _step(self, n: int, without: float) -> Step:
        lever = self.levers[self.tries.lever[n]]
        monthly, reached = lever.pace is Pace.MONTHLY, float(self.reached[n])
        return Step(lever.indicator, lever.element, float(self.tries.amount[n]), monthly, reached, without, self.until)


def next_steps(cube: Cube, table: ScoreTable) -> Steps:
    """One to three steps for each library that has a score, those that raise it most first; none where none helps."""
    parts = [_part(cube, table, start) for start in range(0, max(len(cube.libraries), 1), BATCH)]
    tries, reached, without = zip(*((each.tries, each.reached, each.without) for each in parts), strict=True)
    return Steps(
        table, parts[0].levers, parts[0].until, Tries.of_all(tries), np.concatenate(reached), np.concatenate(without)
    )


def _part(cube: Cube, table: ScoreTable, start: int) -> Steps:
    """The steps of some libraries, from one on."""
    some = slice(start, start + BATCH)
    trial = Trial.of(outlook(cube.part(some), table.period), table.scheme)
    tries, reached = _steps(trial, table.value[some])
    return Steps(
        table, trial.levers, trial.ahead.end, replace(tries, library=tries.library + start), reached, trial.base.value
    )


def _steps(trial: Trial, present: Floats) -> tuple[Tries, Floats]:
    """The steps of the libraries of a trial, by library, with the score each brings; `present` are their scores now."""
    tries = _largest(trial)
    reached = trial.scores(tries)
    gain = reached - trial.base.value[tries.library]
    helps = np.flatnonzero((gain >= VISIBLE) & (reached >= present[tries.library] - NOISE))
    best, rank = _best(tries.at(helps), gain[helps], trial.levers)
    chosen, most = tries.at(helps[best]), reached[helps[best]]
    smaller, score = smallest(trial, chosen, most)
    order = np.lexsort((rank, chosen.library))
    return smaller.at(order), score[order]


def _largest(trial: Trial) -> Tries:
    """Every step that may help a library, as large as is realistic."""
    shape = (len(trial.levers), len(trial.ahead.cube.libraries))
    most = np.array([realistic(trial.ahead, lever) for lever in trial.levers], np.int64).reshape(shape)
    lever, library = np.nonzero(most * trial.promising)
    return Tries(library, lever, most[lever, library])


def _best(tries: Tries, gain: Floats, levers: tuple[Lever, ...]) -> tuple[Places, Places]:
    """Those that gain most, one for each indicator and for each element, and which of the library's each of them is."""
    alike = np.array([[a.indicator == b.indicator or a.element == b.element for b in levers] for a in levers])
    most = np.full((tries.library.max(initial=-1) + 1, len(levers)), -np.inf)
    place = np.zeros(most.shape, np.intp)
    most[tries.library, tries.lever], place[tries.library, tries.lever] = gain, np.arange(len(tries))
    library, chosen = np.flatnonzero((most > -np.inf).any(axis=1)), list[Places]()
    while len(library) and len(chosen) < MAX_STEPS:
        best = most[library].argmax(axis=1)
        chosen.append(place[library, best])
        most[library] = np.where(alike[best], -np.inf, most[library])
        library = library[(most[library] > -np.inf).any(axis=1)]
    best = np.concatenate([*chosen, np.zeros(0, np.intp)])
    order = np.argsort(best)
    return best[order], np.repeat(np.arange(len(chosen)), [len(each) for each in chosen])[order]


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
