"""A rule of the catalogue, and the finding it makes of the values it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheets_sync.model import CellRef, Finding, Message, Period, Severity, msg
from sheets_sync.model.grid import GridCell, Merge

_DIGITS = 15  # that a number keeps
Typed = str | float | GridCell | None
Rows = tuple[tuple[Typed, ...], ...]

# Where a reason is typed, as `place` of a rule's fix, until it is known whether the row has room for notes.
ANSWER = msg("in the notes column of the row or in the list of questions")


@dataclass(frozen=True, slots=True)
class Sample:
    """The smallest tab that brings a question up: its rows, merged cells and title.

    `locale` is the workbook's, `known_as` the library that the tab (or a row of the register) was known as before, `came`
    the day its figures came, `before` what its rows were at the last read,
    `marks` what its protections are called, `bound_to` the libraries whose figures the workbook holds (none: any).
    """

    rows: Rows = ()
    merges: tuple[Merge, ...] = ()
    title: str = "Tangkum"
    locale: str = "in_ID"
    known_as: str = ""
    came: date | None = None
    before: Rows = ()
    marks: tuple[str, ...] = ()
    bound_to: tuple[str, ...] = ()
    stood: int = 0  # libraries of the register at the last read


@dataclass(frozen=True, slots=True)
class Rule:
    """A check.

    `condition` says when the question comes up, `message` is the question (its parameters are filled in by `finding`),
    `fix` what to do, with `example` as a right entry; `sample` brings the question up.
    """

    code: str
    condition: Message
    message: Message
    fix: Message
    example: str = ""
    sample: Sample = Sample()

    @property
    def severity(self) -> Severity:
        """The first letter of the code."""
        return Severity(self.code[0])

    def finding(
        self,
        *,
        library: str | None = None,
        element: str | None = None,
        period: Period | None = None,
        cells: tuple[CellRef, ...] = (),
        typed: str = "",
        proposal: str = "",
        names: tuple[str, ...] = (),
        **params: object,
    ) -> Finding:
        """The question about these values; `params` fill its templates, as do `typed`, `proposal` and `example`.

        `figure` is what was typed, written as figures are in the reader's language; a proposal stays as it can be typed.
        """
        filled = {"typed": typed, "figure": _figure(typed), "proposal": proposal, "example": self.example, **params}
        question = Message(self.message.template, {**self.message.params, **filled})
        fix = Message(self.fix.template, {**self.fix.params, **filled})
        text = (
            msg("{question} Did you mean “{proposal}”? {fix}", question=question, proposal=proposal, fix=fix)
            if proposal
            else msg("{question} {fix}", question=question, fix=fix)
        )
        return Finding(
            rule_code=self.code,
            severity=self.severity,
            message=text,
            library=library,
            element=element,
            period=period,
            cells=cells,
            typed=typed,
            proposal=proposal,
            also_elements=names,
        )


def _figure(typed: str) -> float | str:
    """A bare number as a number; anything else as it was typed."""
    return float(typed) if typed.isdecimal() and len(typed) <= _DIGITS else typed
