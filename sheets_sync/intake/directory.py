"""Finds libraries by what people call them, and the library a tab belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sheets_sync.intake.words import Likeness, fold
from sheets_sync.model import Library

_YEARS = re.compile(r"\b(?:19|20)\d\d(?: (?:(?:19|20)?\d\d))?\b")
_PLACES = frozenset({"kecamatan", "kec", "kabupaten", "kab", "kota", "provinsi", "prov"})
_NO_NAME = _PLACES | {"dan", "and", "serta"}  # before a name they make it a place, or one of several
_PLACED = re.compile(rf" (?:{'|'.join(sorted(_PLACES))})\b.*")  # where a library is, behind its name
_BEFORE_A_NAME = frozenset({"perpustakaan", "perpusdes", "nama", "desa", "library", "branch"})


class Directory:
    """The libraries by code, name and alias, folded; a name that stands for two libraries finds none."""

    def __init__(self, libraries: Iterable[Library]) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        codes: dict[str, set[str]] = defaultdict(set)
        names: list[str] = []
        self._tabs: dict[str, set[str]] = defaultdict(set)
        libraries = tuple(libraries)
        for library in libraries:
            names += filter(None, (library.typed_code or library.code, library.name, *library.aliases))
            for code in {library.npp, library.own_code} - {""} or {library.code}:
                codes[code.casefold()].add(library.code)
            for name in filter(fold, (library.name, *library.aliases)):
                owners[fold(name)].add(library.code)
            self._tabs[fold(library.tab)].add(library.code)
        for code, of in codes.items():
            owners[fold(code)] |= of if len(owners[fold(code)] | of) == 1 or fold(code) == code else set()
        self.kinds: Mapping[str, str] = {library.code: library.kind for library in libraries}
        self._likeness = Likeness(names)
        self._former = _former(libraries)
        self._most_words = max((name.count(" ") + 1 for name in (*owners, *self._former)), default=0)
        self.shared = {name: found for name, found in owners.items() if len(found) > 1 and name}
        self._codes: Mapping[str, str] = {name: min(found) for name, found in owners.items() if len(found) == 1}
        self._by_code: Mapping[str, str] = {code: min(found) for code, found in codes.items() if len(found) == 1}

    def find(self, name: str) -> str | None:
        """The code of the library of that code, name or alias."""
        if not name:
            return None
        return self._by_code.get(name.casefold()) or self._codes.get(fold(name)) or self._before(fold(name))

    def _before(self, name: str) -> str | None:
        """The library that was called so before, where no other is now."""
        return None if name in self.shared else self._former.get(name)

    def named_in_register(self, title: str) -> str | None:
        """The one library whose register row names the tab."""
        named = self._tabs.get(fold(title), set()) if fold(title) else set()
        return next(iter(named)) if len(named) == 1 else None

    def find_by_title(self, title: str) -> str | None:
        """The library whose code, name or alias a tab's title is, with or without a year."""
        return self.find(title) or self.find(_YEARS.sub(" ", fold(title)))

    def find_in_titles(self, titles: Iterable[str]) -> str | None:
        """The one library that title lines name, as in `Nama Perpustakaan: Tangkum`."""
        folded = [_YEARS.sub(" ", fold(title)) for title in titles]
        found = {code for title in folded if (code := self._in_title(title) or self._in_title(_PLACED.sub("", title)))}
        return found.pop() if len(found) == 1 else None

    def _in_title(self, title: str) -> str | None:
        words = title.removesuffix(" tahun ").strip().removesuffix(" tahun").split()
        for start in range(max(len(words) - self._most_words, 0), len(words)):
            rest = " ".join(words[start:])
            code = self._codes.get(rest) or self._before(rest)
            if code and (start == 0 or (_BEFORE_A_NAME & set(words[:start]) and words[start - 1] not in _NO_NAME)):
                return code
        return None

    def suggestion(self, name: str) -> str | None:
        """The known name that looks most like this one."""
        return self._likeness.closest(name)


def _former(libraries: Iterable[Library]) -> Mapping[str, str]:
    """What libraries were called before, agreed or not yet, and the keys they always had; not what several were."""
    owners: dict[str, set[str]] = defaultdict(set)
    for each in libraries:
        for name in filter(fold, (*each.former, *each.agreed, each.code)):
            owners[fold(name)].add(each.code)
    return {name: min(found) for name, found in owners.items() if len(found) == 1}
