"""Several headings that claim the same element: the element's own label wins over aliases, else nobody does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Claims(Generic[T]):
    """Those that lost to a label, and the groups in which nobody won."""

    lost: frozenset[T]
    disputed: tuple[tuple[T, ...], ...]

    @property
    def refused(self) -> frozenset[T]:
        """Everything that may not be read."""
        return self.lost | {item for group in self.disputed for item in group}


def settle_claims(items: Iterable[T], claim: Callable[[T], Hashable], by_alias: Callable[[T], bool]) -> Claims[T]:
    """Who may keep what it claims; a claim of None is none."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for item in items:
        if claim(item) is not None:
            groups[claim(item)].append(item)
    lost: set[T] = set()
    disputed: list[tuple[T, ...]] = []
    for group in groups.values():
        if len(group) > 1:
            _settle(group, by_alias, lost, disputed)
    return Claims(frozenset(lost), tuple(disputed))


def _settle(group: Sequence[T], by_alias: Callable[[T], bool], lost: set[T], disputed: list[tuple[T, ...]]) -> None:
    certain = [item for item in group if not by_alias(item)]
    if len(certain) == 1:
        lost.update(item for item in group if by_alias(item))
    else:
        disputed.append(tuple(group))
