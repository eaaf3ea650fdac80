"""The few characters of a value that may be typed in another way; every other one has to fit a form as it stands.

Compatibility forms (NFKC), folding and joined lines help to recognise headings. In a value they invent: `5²` would be 52.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_sync.model import Message, msg


@dataclass(frozen=True, slots=True)
class Substitute:
    """Characters that are read as `read_as`; the reading table lists them."""

    name: Message
    characters: str
    read_as: str

    def table(self) -> Mapping[int, str]:
        """For `str.translate`; `read_as` is one character for all, or one for each."""
        for_each = len(self.read_as) == len(self.characters)
        return {ord(c): self.read_as[n] if for_each else self.read_as for n, c in enumerate(self.characters)}


# No marks that turn the order around (U+202B, U+202E, U+2067): behind them 12 shows as 21.
INVISIBLE = Substitute(
    msg("invisible marks: direction, zero width, byte order, soft hyphen"),
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufeff\u061c",
    "",
)
SPACES = Substitute(
    msg("no-break and typographic spaces"),
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    " ",
)
HYPHENS = Substitute(msg("typographic hyphens, dashes and minus"), "‐‑‒–—―−﹣－", "-")
APOSTROPHES = Substitute(msg("typographic apostrophes"), "‘’‛ʼ´`", "'")
WIDE_DIGITS = Substitute(msg("full-width digits"), "０１２３４５６７８９", "0123456789")
SUBSTITUTES = (INVISIBLE, SPACES, HYPHENS, APOSTROPHES, WIDE_DIGITS)

_UNSEEN = {code: text for each in (INVISIBLE, SPACES) for code, text in each.table().items()}
_ALL = {code: text for each in SUBSTITUTES for code, text in each.table().items()}
_ENDS = " \t\r\n"


def clean(text: str) -> str:
    """The text with the substitutes in place, without white space at its ends; nothing else is changed."""
    plain = text.isascii() and "`" not in text  # the only substitute among them
    return (text if plain else text.translate(_ALL)).strip(_ENDS)


def as_seen(text: str) -> str:
    """The text as it looks: without invisible characters and white space at its ends."""
    return (text if text.isascii() else text.translate(_UNSEEN)).strip(_ENDS)
