"""`python scripts/messages.py`: which messages the code has, and which of them lack an Indonesian translation."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"msg": None, "t": None, "_t": None}


@cache
def used() -> dict[str, str]:
    """Every message template in the code, with one place where it stands."""
    found = extract_from_dir(
        str(ROOT / "sheets_sync"), method_map=[("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    )
    return {text: f"{file}:{line}" for file, line, text, _, _ in found if isinstance(text, str) and text}


def catalogue(language: str) -> Catalog:
    """A language's catalogue."""
    path = ROOT / "sheets_sync" / "locale" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        return read_po(source, locale=language)


def missing() -> dict[str, str]:
    """The messages without an Indonesian translation, with where they stand."""
    translated = {str(message.id) for message in catalogue("id") if message.id and message.string}
    return {text: place for text, place in used().items() if text not in translated}


def unused() -> list[str]:
    """The translations that no code asks for any more."""
    return sorted(str(message.id) for message in catalogue("id") if message.id and str(message.id) not in used())


def doubled() -> list[str]:
    """The messages that stand more than once in the Indonesian catalogue, as they are written there."""
    text = (ROOT / "sheets_sync" / "locale" / "id" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    counted = Counter(re.findall(r'^msgid (".*"(?:\n".*")*)$', text, re.MULTILINE))
    return sorted(written for written, times in counted.items() if times > 1)


if __name__ == "__main__":
    for text, place in missing().items():
        print(f"{place}: {text!r}")
    for text in unused():
        print(f"unused: {text!r}")
    for text in doubled():
        print(f"twice: {text}")
    sys.exit(bool(missing() or unused() or doubled()))
