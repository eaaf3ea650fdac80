"""What a YAML file says, with the line of each thing: settings in which errors can be pointed at, laid over each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file and where it stands; what is in a section or a list are nodes again."""

    path: Path
    line: int
    value: Any

    def plain(self) -> Any:
        """The value, and what is in it, without lines."""
        if isinstance(self.value, dict):
            return {key: each.plain() for key, each in self.value.items()}
        return [each.plain() for each in self.value] if isinstance(self.value, list) else self.value

    def inside(self, step: int | str) -> Node | None:
        """The thing of that name, or at that place of a list."""
        if isinstance(self.value, list):
            return self.value[step] if isinstance(step, int) and step < len(self.value) else None
        return self.value.get(step) if isinstance(self.value, dict) else None

    @property
    def id(self) -> Any:
        """What the thing calls itself; None where it doesn't."""
        return named.value if (named := self.inside("id")) is not None else None


def laid_over(below: Node, above: Node) -> Node:
    """Settings by their names, things of a list by their ids; anything else is the upper one's."""
    if isinstance(below.value, dict) and isinstance(above.value, dict):
        return replace(above, value=_by_name(below.value, above.value))
    if isinstance(below.value, list) and isinstance(above.value, list):
        mine, theirs = ({each.id: each for each in node.value} for node in (above, below))
        if None not in (mine.keys() | theirs.keys()) and len(mine) == len(above.value):
            return replace(above, value=list(_by_name(theirs, mine).values()))
    return above


def _by_name(below: Mapping[Any, Node], above: Mapping[Any, Node]) -> dict[Any, Node]:
    return {**below, **{name: laid_over(below[name], each) if name in below else each for name, each in above.items()}}
