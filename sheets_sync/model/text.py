"""Text that people typed: folded, so that two spellings of one word compare equal, and made harmless for a line."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
LOST = "\N{REPLACEMENT CHARACTER}"
_WORD = re.compile(r"[0-9a-z]+")
_UNSEEN = re.compile(r"[^\n -~]")  # worth a closer look; what is left over is plain ASCII


def one_line(text: str) -> str:
    """The text on one line, without characters that can't be seen; runs of blanks become one."""
    seen = text if text.isprintable() else "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(seen.split())


def printable(text: str, keep: str = "") -> str:
    """The text in its lines, without what would steer a terminal, turn its direction or break a file of XML.

    Control characters and halves of characters become �, marks that can't be seen (of direction,
    of no width) go, a tab becomes a blank. What `keep` names stays.
    """
    return _UNSEEN.sub(lambda found: found[0] if found[0] in keep else _seen(found[0]), text.replace("\r\n", "\n"))


def _seen(mark: str) -> str:
    kind = unicodedata.category(mark)
    if mark.isprintable() or kind == "Zs":
        return mark
    if mark == "\t":
        return " "
    return "" if kind == "Cf" else LOST


def shown(value: object) -> object:
    """What a template prints for a value: plain text on one line, markup as it is."""
    return one_line(value) if type(value) is str else value


@lru_cache(maxsize=65_536)
def tidy(text: str) -> str:
    """The text with full-width forms made plain, white space (no-break too) made one space, zero-width removed."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_ZERO_WIDTH)
    return " ".join(plain.split())


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case letters and digits with single spaces: `Pengunjung – di tempat*` → `pengunjung di tempat`."""
    if text.isascii():  # nearly every text: words are quicker to find than signs
        return " ".join(_WORD.findall(text.lower()))
    return " ".join("".join(c if c.isalnum() else " " for c in tidy(text).casefold()).split())


def twice(names: Iterable[str]) -> list[str]:
    """The names that stand there more than once, each once, in order."""
    return sorted(name for name, count in Counter(names).items() if count > 1)


def closest(word: str, known: Iterable[str], cutoff: float = 0.8) -> str | None:
    """The known word that is most alike, if it is alike enough; both are compared folded."""
    return Likeness(known).closest(word, cutoff)


class Likeness:
    """Known words, made ready to be asked many times which of them is most like another one.

    Of many words only the few that share most of their rarer pairs of letters are compared letter by letter, so that a
    question costs the length of its word and not the number of the known ones.
    """

    _FEW = 24

    def __init__(self, known: Iterable[str]) -> None:
        self._by_fold = {fold(name): name for name in known}
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in self._by_fold:
            for pair in _pairs(word):
                self._words[pair].append(word)

    def closest(self, word: str, cutoff: float = 0.8) -> str | None:
        """The known word that is most alike, if it is alike enough; both are compared folded."""
        folded = fold(word)
        if folded in self._by_fold:
            return self._by_fold[folded]
        matches = difflib.get_close_matches(folded, self._candidates(folded), n=1, cutoff=cutoff)
        return self._by_fold[matches[0]] if matches else None

    def _candidates(self, folded: str) -> list[str]:
        if len(self._by_fold) <= self._FEW:
            return list(self._by_fold)
        listed = sorted((self._words[pair] for pair in _pairs(folded) if pair in self._words), key=len)
        rare = [words for words in listed if len(words) <= self._FEW] or listed[:1]
        shared = Counter(chain.from_iterable(rare))
        return [word for word, _ in shared.most_common(self._FEW)]


def _pairs(word: str) -> set[str]:
    return {one + other for one, other in pairwise(f" {word} ")}
