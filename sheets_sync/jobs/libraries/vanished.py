"""Libraries whose rows left the register: told; not believed where most of them leave at once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sheets_sync.jobs.libraries.identity import Recognised
from sheets_sync.model import CellRef, Library
from sheets_sync.rules import register as rules

_MANY = 2  # of one library that is all there is, nobody can say that most have left


def after_leaving(
    known: Recognised, present: Sequence[Library], lately: Sequence[Library], tab: CellRef, reasons: Collection[str]
) -> Recognised:
    """The register as it is believed: `known` is what was read, `present` what stood in it at the last read.

    A row that left makes its library inactive, and is told until the next report has told it; `lately` are those that
    have left since the last one. Where more than half leave at once, or nothing can be read any more, they stay as they
    were until a reason is given (`reasons`: by the finding's id).
    """
    codes = {each.code for each in known.libraries}
    left = [each for each in present if each.code not in codes]
    many = len(left) >= _MANY and 2 * len(left) > len(present)
    if many or (left and not known.libraries):
        asked = rules.MANY_LEFT.finding(cells=(tab,), typed=_names(left), count=len(left), all=len(present))
        if asked.id not in reasons:
            return Recognised((*known.libraries, *left), (*known.findings, asked))
    told = [*left, *(each for each in lately if each.code not in codes)]
    if not told:
        return known
    return Recognised(known.libraries, (*known.findings, rules.LEFT.finding(cells=(tab,), typed=_names(told))))


def _names(libraries: Sequence[Library]) -> str:
    return ", ".join(each.name for each in libraries)
