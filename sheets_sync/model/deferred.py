"""Fields of frozen values that are made when somebody first asks for them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

Maker = Callable[[Any], object]  # of the value itself: one that held it would keep it alive


class Deferring:
    """A frozen dataclass with slots whose fields may come later; whoever reads one can't tell."""

    __slots__ = ("_makers",)

    def deferring(self, **makers: Maker) -> Self:
        """This value, of which just the named fields are made when they are asked for. For whoever has just made it."""
        for name in makers:
            with suppress(AttributeError):  # it has none yet
                object.__delattr__(self, name)
        object.__setattr__(self, "_makers", makers)
        return self

    if not TYPE_CHECKING:  # else mypy would take a misspelt name for a field

        def __getattr__(self, name: str) -> Any:
            """What an empty slot is to hold; two threads that ask at once both make it, and it is the same."""
            makers = object.__getattribute__(self, "_makers")
            if name not in makers:
                raise AttributeError(name)
            made = makers[name](self)
            object.__setattr__(self, name, made)
            return made
