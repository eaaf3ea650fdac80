"""A person's word on headings: what each is, laid over the configuration, so that the proposal is made anew with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheets_sync.config.office import Element, Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.intake.adopt.propose import UNKNOWN_UNIT, free_id
from sheets_sync.intake.options import ColumnNames, Inputs
from sheets_sync.intake.words import fold

NEW, IGNORED = "new", "ignored"
KEYS = ("library", "month", "year", "date", "kind", "note", IGNORED)
"""What a heading can be beside an element: fields of `ColumnNames`."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The configuration with what a person said laid over it."""

    elements: Elements
    inputs: Inputs


def corrected(elements: Elements, inputs: Inputs, said: Mapping[str, str], year: int | None = None) -> Corrected:
    """Each heading (as typed) becomes what is said: an element's id, one of `KEYS`, or `NEW` for an element of its own.

    A heading that meant something else before means only this afterwards; an element's own label stays its own.
    """
    meant = {fold(text): meaning for text, meaning in said.items()}
    kept = [_without(element, meant) for element in elements.elements]
    for text, meaning in said.items():
        if meaning == NEW:
            code = free_id(text, {element.id for element in kept})
            kept.append(Element(id=code, label=Text(id=text, en=text), unit=UNKNOWN_UNIT))
    kept = [_with(element, (text for text, meaning in said.items() if meaning == element.id)) for element in kept]
    update: dict[str, object] = {"columns": _columns(inputs.columns, said, meant)}
    return Corrected(
        Elements(elements=tuple(kept)), inputs.model_copy(update=update | ({"year": year} if year else {}))
    )


def _without(element: Element, meant: Mapping[str, str]) -> Element:
    """An element without the aliases that are something else now."""
    aliases = tuple(alias for alias in element.aliases if meant.get(fold(alias), element.id) == element.id)
    return element.model_copy(update={"aliases": aliases})


def _with(element: Element, texts: Iterable[str]) -> Element:
    known = {fold(text) for text in (element.label.id, element.label.en, *element.aliases)}
    more = tuple(text for text in texts if fold(text) not in known)
    return element.model_copy(update={"aliases": (*element.aliases, *more)}) if more else element


def _columns(columns: ColumnNames, said: Mapping[str, str], meant: Mapping[str, str]) -> ColumnNames:
    update = {}
    for field in ColumnNames.model_fields:
        names = tuple(name for name in getattr(columns, field) if meant.get(fold(name), field) == field)
        update[field] = (*names, *(text for text, meaning in said.items() if meaning == field and text not in names))
    return columns.model_copy(update=update)
