"""Each element of each library over time: where its figures stand; a series is made of them when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, pairwise

import numpy as np

from sheets_sync.checks.columns import Columns, Flags, Floats, Places
from sheets_sync.checks.series import Series
from sheets_sync.model import Observation

Key = tuple[str, str]  # library and element


@dataclass(frozen=True, eq=False)
class EverySeries(Mapping[Key, Series]):
    """The figures that count, one series after the other in the order in which they begin, each oldest first."""

    ends: Mapping[Key, tuple[int, int]]  # where each begins, and where it ends
    seen: Sequence[Observation]
    value: Floats
    starts: Places
    made: dict[Key, Series] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, columns: Columns) -> EverySeries:
        libraries = {library: n for n, library in enumerate(dict.fromkeys(library for library, _ in columns.months))}
        library = np.array([libraries[library] for library, _ in columns.months], np.intp)
        age = np.array([period.ordinal for _, period in columns.months], np.intp)
        at = np.flatnonzero(~np.isnan(columns.value))
        at = at[np.argsort(age[columns.month[at]], kind="stable")]
        owner = library[columns.month[at]] * len(columns.elements) + columns.element[at]
        _, first, which = np.unique(owner, return_index=True, return_inverse=True)
        number = np.argsort(np.argsort(first))[which]  # 0 for the series that begins first
        order = np.argsort(number, kind="stable")
        every = [*chain.from_iterable(seen.values() for seen in columns.months.values())]
        seen, starts = [every[n] for n in at[order].tolist()], np.flatnonzero(np.diff(number[order], prepend=-1))
        ends = {(seen[n].library, seen[n].element): (n, m) for n, m in pairwise([*starts.tolist(), len(seen)])}
        return cls(ends, seen, columns.value[at[order]], starts)

    def __getitem__(self, key: Key) -> Series:
        if key not in self.made:
            self.made[key] = Series.of(self.seen[slice(*self.ends[key])])
        return self.made[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.ends)

    def __len__(self) -> int:
        return len(self.ends)

    def where(self, odd: Flags) -> Mapping[Key, Series]:
        """The series of which this says so."""
        return {key: self[key] for key in compress(self.ends, odd.tolist())}
