"""Libraries whose rows left the register: told; not believed where most of them leave at once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sheets_sync.jobs.identity import Recognised
from sheets_sync.model import CellRef, Library
from sheets_sync.rules import register as rules

_MANY = 2  # of one library that is all there is, nobody can say that most have left


def after_leaving(known: Recognised, present: Sequence[Library], tab: CellRef, reasons: Collection[str]) -> Recognised:
    """The register as it is believed: `known` is what was read, `present` what stood in it at the last read.

    A row that left makes its library inactive, and is told. Where more than half have left, or nothing can be read any
    more, they stay as they were until a reason is given (`reasons`: by the finding's id).
    """
    codes = {each.code for each in known.libraries}
    left = [each for each in present if each.code not in codes]
    if not left:
        return known
    names = ", ".join(each.name for each in left)
    many = len(left) >= _MANY and 2 * len(left) > len(present)
    if not many and known.libraries:
        told = rules.LEFT.finding(cells=(tab,), typed=names)
        return Recognised(known.libraries, (*known.findings, told))
    asked = rules.MANY_LEFT.finding(cells=(tab,), typed=names, count=len(left), all=len(present))
    if asked.id in reasons:
        return known
    return Recognised((*known.libraries, *left), (*known.findings, asked))
