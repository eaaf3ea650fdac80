"""The table of functions: each is entered with the arguments it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sheets_sync.local_google.formulas.tables import Result


@dataclass(frozen=True, slots=True)
class Function:
    """A function of formulas.

    Attributes:
        name: in capitals.
        call: given the scope and the arguments. If `takes` is "lazy" these are unevaluated nodes.
        takes: a letter for each argument: v a single value, t a table or a value, e a single value that may be an error;
            the last `cycle` letters repeat.
        least, most: how many arguments (most None: any number).
    """

    name: str
    call: Callable[..., Result]
    takes: str
    least: int
    most: int | None
    cycle: int = 1

    def kind(self, place: int) -> str:
        """The letter of an argument, counted from 0."""
        if place < len(self.takes):
            return self.takes[place]
        return self.takes[len(self.takes) - self.cycle + (place - len(self.takes)) % self.cycle]


FUNCTIONS: dict[str, Function] = {}
"""Every known function by its name."""

Body = Callable[..., Result]


def function(name: str, takes: str, least: int, most: int | None = -1, *, cycle: int = 1) -> Callable[[Body], Body]:
    """Enter a function; `most` is `least` unless it is given.

    Args:
        name: as formulas call it.
        takes: see Function.
        least: the fewest arguments.
        most: the most arguments, None for any number.
        cycle: how many of the last letters of `takes` repeat.
    """

    def enter(body: Body) -> Body:
        FUNCTIONS[name] = Function(name, body, takes, least, least if most == -1 else most, cycle)
        return body

    return enter
