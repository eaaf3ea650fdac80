"""Kinds of library that the configuration names and no library of an office's register is."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.kpi import unmatched_words
from sheets_sync.model import Library, Message, Period
from sheets_sync.settings import OfficeSettings


def words_without_library(
    settings: OfficeSettings, libraries: Iterable[Library], period: Period
) -> tuple[Message, ...]:
    """What to say of each kind of library that the month's scheme or a later one names and no library has. Pure."""
    now = settings.scheme(period).first_period
    schemes = [scheme for scheme in settings.schemes if scheme.first_period >= now]
    return unmatched_words(schemes, settings.elements.elements, libraries, settings.inputs.known_kinds)
