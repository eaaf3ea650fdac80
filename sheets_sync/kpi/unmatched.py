"""Words of the configuration that should name a kind of library and name none: a target that would never be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from sheets_sync.config.office import Element
from sheets_sync.kpi.indicator import Indicator
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Library, Message, msg
from sheets_sync.model.text import closest, fold


def unmatched_words(
    schemes: Iterable[Scheme], elements: Iterable[Element], libraries: Iterable[Library], kinds: Iterable[str] = ()
) -> tuple[Message, ...]:
    """What to tell of each word in the schemes and the elements that is the kind of no library; a message a word.

    Args:
        schemes: floors, targets and `applies_to` name kinds.
        elements: `required` names kinds.
        libraries: the office's register; while it is empty nothing can be said.
        kinds: further kinds, of which there need not be a library yet.
    """
    known = {fold(library.kind): library.kind for library in libraries}
    if not known:
        return ()
    known |= {fold(kind): kind for kind in kinds}
    places: dict[str, dict[str, str]] = {}
    for word, place in chain(*map(_in_scheme, schemes), _in_elements(elements)):
        if fold(word) not in known:
            places.setdefault(word, {})[place] = place
    return tuple(_told(word, tuple(where), known.values()) for word, where in places.items())


def _in_scheme(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """The words for kinds, each with the place where it stands."""
    for indicator in scheme.indicators:
        for setting, words in _in_indicator(indicator):
            yield from ((word, f"{scheme.version}: {indicator.id}.{setting}") for word in words if word)


def _in_indicator(indicator: Indicator) -> Iterator[tuple[str, Iterable[str]]]:
    yield "target", indicator.target.kinds()
    yield "floor", indicator.floor.kinds() if indicator.floor else ()
    yield "applies_to", indicator.applies_to


def _in_elements(elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for element in elements:
        words = () if isinstance(element.required, bool) else element.required
        yield from ((word, f"elements.yaml: {element.id}.required") for word in words)


def _told(word: str, places: tuple[str, ...], known: Iterable[str]) -> Message:
    meant = closest(word, known, cutoff=0.6)
    return msg(
        "“{word}” is the kind of no library{hint}; it stands in {places}. Correct it there or in the register's column of "
        "kinds; a kind of which there is no library yet belongs under `kinds` in inputs.yaml.",
        word=word,
        hint=msg(" (did you mean {name}?)", name=meant) if meant else "",
        places=list(places),
    )
