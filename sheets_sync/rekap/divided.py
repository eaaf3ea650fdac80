"""What is divided, in a line: *Peserta kegiatan menurut jenis kelamin: perempuan 120 (60 %), laki-laki 80 (40 %)*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.config.office import Element, ElementKind, Elements
from sheets_sync.config.parts import Division, ElementPart
from sheets_sync.i18n import Language
from sheets_sync.model import Observation
from sheets_sync.model.rounding import equal

Values = dict[str, float]  # element → its figure


def parts_of(observations: Sequence[Observation], elements: Elements, t: Language) -> Iterator[str]:
    """A line for each division of which a part is known; shares are of what is divided, the rest is said."""
    for whole, division in elements.divisions:
        values = _values(observations, whole, division)
        divided = sum(values.get(part, 0.0) for part in division.ids)
        known = [part for part in division.into if part.id in values]
        if known:
            yield _line(whole, division, [_part(part, values, divided, elements, t) for part in known], values, t)


def _line(whole: Element, division: Division, shown: list[str], values: Values, t: Language) -> str:
    total, divided = values.get(whole.id, 0.0), sum(values.get(part, 0.0) for part in division.ids)
    rest = 0.0 if equal(total, divided) else total - divided
    undivided = t("not divided {number}", number=rest) if rest > 0 else ""
    parts = ", ".join(filter(None, (*shown, undivided)))
    return t("{element} by {by}: {parts}", element=whole.label, by=division.by, parts=parts)


def _part(part: ElementPart, values: Values, divided: float, elements: Elements, t: Language) -> str:
    label = (part.label or elements[part.id].label).in_(t.code)
    share = f" ({t.percent(values[part.id] / divided)})" if divided else ""
    return f"{label} {t.number(values[part.id])}{share}"


def _values(observations: Sequence[Observation], whole: Element, division: Division) -> Values:
    """The whole and its parts over the months: flows added up; of a stock those of its last month with a part."""
    ids = (whole.id, *division.ids)
    counted = [seen for seen in observations if seen.element in ids and seen.value is not None]
    if whole.kind is not ElementKind.FLOW:
        last = max((seen.period for seen in counted if seen.element != whole.id), default=None)
        counted = [seen for seen in counted if seen.period == last]
    values: Values = {}
    for seen in counted:
        values[seen.element] = values.get(seen.element, 0.0) + (seen.value or 0.0)
    return values
