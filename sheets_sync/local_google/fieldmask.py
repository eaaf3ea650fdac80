"""Field masks in every notation: `a.b,c`, `a/b`, `sheets(properties,data(rowData))`, `*`, snake_case or lowerCamelCase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldMask:
    """A tree of names. `all` says that everything below belongs to it."""

    all: bool = False
    children: dict[str, FieldMask] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.all, frozenset(self.children.items())))

    def __contains__(self, name: str) -> bool:
        return self.all or name in self.children

    def __getitem__(self, name: str) -> FieldMask:
        """The mask below a name (below a name outside the mask: nothing)."""
        return ALL if self.all else self.children.get(name, NONE)

    def cut(self, value: Any) -> Any:
        """A JSON value with only what the mask names. Lists are looked through, what is Exact is left."""
        if self.all or isinstance(value, Exact):
            return value
        if isinstance(value, list):
            return [self.cut(item) for item in value]
        if isinstance(value, dict):
            return {name: self[name].cut(below) for name, below in value.items() if name in self}
        return value

    def take(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        """`old` with what the mask names as in `new`; a name that `new` lacks is cleared."""
        if self.all:
            return dict(new)
        taken = dict(old)
        for name, below in self.children.items():
            fresh = new.get(name)
            if (
                not below.all
            ):  # an object that was given is there afterwards, even if nothing is left in it: black is {}
                given = fresh is not None
                fresh = below.take(old.get(name) or {}, fresh or {})
                fresh = fresh if fresh or given else None
            if fresh is None:
                taken.pop(name, None)
            else:
                taken[name] = fresh
        return taken


class Exact(dict[str, Any]):
    """An object that was built as the mask of its answer wants it."""


ALL = FieldMask(all=True)
NONE = FieldMask()


class MaskError(ValueError):
    """The text is not a field mask."""


_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[*,./()]|\S")


def parse(text: str) -> FieldMask:
    """The mask that the text spells.

    Raises:
        MaskError: it spells none.
    """
    tokens = _TOKEN.findall(text)
    tokens.reverse()
    tree = _level(tokens)
    if tokens:
        raise MaskError(text)
    return _freeze(tree)


_Tree = dict[str, Any]


def _level(tokens: list[str]) -> _Tree:
    tree: _Tree = {}
    while True:
        _path(tokens, tree)
        if not tokens or tokens[-1] != ",":
            return tree
        tokens.pop()


def _path(tokens: list[str], tree: _Tree) -> None:
    """Read one path with what it holds in parentheses, and graft it into the tree."""
    while True:
        name = tokens.pop() if tokens else ""
        if name != "*" and not name.isidentifier():
            raise MaskError(name)
        whole = tree.get(camel(name))
        below = tree.setdefault(camel(name), {}) if whole is not True else {}
        following = tokens[-1] if tokens else ""
        if following in {".", "/"}:
            tokens.pop()
            tree = below
            continue
        if following == "(":
            tokens.pop()
            _merge(below, _level(tokens))
            if not tokens or tokens.pop() != ")":
                raise MaskError("(")
        else:
            tree[camel(name)] = True
        return


def _merge(tree: _Tree, other: _Tree) -> None:
    for name, below in other.items():
        if below is True or tree.get(name) is True:
            tree[name] = True
        else:
            _merge(tree.setdefault(name, {}), below)


def _freeze(tree: _Tree) -> FieldMask:
    if tree.get("*") is True:
        return ALL
    return FieldMask(children={name: ALL if below is True else _freeze(below) for name, below in tree.items()})


def camel(name: str) -> str:
    """The JSON spelling: user_entered_value → userEnteredValue."""
    head, *rest = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)
