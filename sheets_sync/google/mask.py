"""Field masks: what to ask of Google, made from what is looked at, so that neither can have more than the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def mask(paths: Iterable[str]) -> str:
    """The field mask of dotted paths: `a.b`, `a.c.d`, `e` → `a(b,c.d),e`. A path that others go on from takes all."""
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for name in path.split("."):
            node = node.setdefault(name, {})
    return _written(tree)


def _written(tree: dict[str, Any]) -> str:
    return ",".join(name + _inside(inner) for name, inner in tree.items())


def _inside(inner: dict[str, Any]) -> str:
    if not inner:
        return ""
    text = _written(inner)
    return f"({text})" if len(inner) > 1 else f".{text}"
