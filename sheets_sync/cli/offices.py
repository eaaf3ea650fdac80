"""What a command does for one office after the other: what one can't do stops no other, and is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sheets_sync.cli.terminal import tell
from sheets_sync.errors import WorkbookError
from sheets_sync.i18n import Language
from sheets_sync.jobs.apart import attempts
from sheets_sync.model import Message, msg
from sheets_sync.model.text import one_line

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.config.homes import OfficeTrouble
    from sheets_sync.config.office import Office


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """What a command came to for an office: its exit status, in words, and as JSON where it has that."""

    status: int
    text: str
    document: Any = None


def each_office(
    app: App, work: Callable[[App, Office], OfficeAnswer], t: Language, offices: Sequence[Office] = ()
) -> Iterator[OfficeAnswer]:
    """The work for every office in turn; `offices`: for these, where places above offices are meant, too.

    Of those that are left out it is said why.

    Raises:
        SheetsSyncError: there is one office alone, and it failed.
    """
    for office, made in attempts(offices or app.settings.offices, partial(work, app)):
        yield _failed(office.code, office.name, t(made), t) if isinstance(made, Message) else made
    for left in app.settings.left_out:
        if offices or not left.above:
            yield _failed(left.code, left.code, t(left.said), t)


def headed(app: App, office: Office, text: str) -> str:
    """What is said of an office, below its name where several are told of."""
    return f"{one_line(office.name)}\n{text}" if len(app.settings.offices) > 1 else text


def column_of(app: App, office: str) -> str:
    """What stands before a line about an office: its code where several are told of, else nothing."""
    return f"{office}  " if len(app.settings.reporting) > 1 else ""


@dataclass(slots=True)
class NotGiven:
    """The offices of which a command gives nothing, each told on standard error; the others' are given."""

    t: Language
    count: int = 0

    def __call__(self, office: Office | str | None, problem: Message) -> None:
        name = getattr(office, "name", office)
        tell(self.t(msg("✗ {office}: {problem}", office=name, problem=problem)), err=True)
        self.count += 1

    @property
    def status(self) -> int:
        """The exit status: what is there is done, and an office failed."""
        return WorkbookError.exit_code if self.count else 0


def tell_left_out(left: Sequence[OfficeTrouble], t: Language) -> None:
    """Says on standard error of whom nothing was done, and why."""
    for each in left:
        tell(_line(each.code, t(each.said), t), err=True)


def _failed(code: str, name: str, problem: str, t: Language) -> OfficeAnswer:
    return OfficeAnswer(WorkbookError.exit_code, _line(name, problem, t), {"office": code, "problem": problem})


def _line(name: str, problem: str, t: Language) -> str:
    return t(msg("✗ {office}: {problem}", office=name, problem=problem))
