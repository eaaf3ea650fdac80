"""`python scripts/messages.py`: which messages the code has, and which of them lack an Indonesian translation."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from sheets_sync.cli.group import cli
from sheets_sync.cli.session import Session
from sheets_sync.cli.speech import metavar, paragraphs, speak
from sheets_sync.i18n import language

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"msg": None, "t": None, "_t": None}
CLICKS = {"_": None, "ngettext": (1, 2)}


@cache
def used() -> dict[str, str]:
    """Every message template in the code, with one place where it stands; click's own and those of `--help` among them."""
    speak(language("en"))  # click's names of values are to be asked for as they stand in the code
    return {
        **dict(_texts(Path(click.__file__).parent, CLICKS)),
        **dict(_of_command(cli, click.Context(cli, obj=Session(lang="en")))),
        **dict(_texts(ROOT / "sheets_sync", KEYWORDS)),
    }


def _texts(folder: Path, keywords: Mapping[str, tuple[int, ...] | None]) -> Iterator[tuple[str, str]]:
    """Every text in a folder's code that a function of these names is called with, and where."""
    found = extract_from_dir(str(folder), method_map=[("**.py", "python")], keywords=keywords, strip_comment_tags=True)
    for file, line, called, _, _ in found:
        yield from ((text, f"{file}:{line}") for text in (called if isinstance(called, tuple) else (called,)) if text)


def _of_command(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    """What a command and those in it say of themselves to `--help`."""
    about = [*paragraphs(command.help or ""), command.options_metavar]
    about += [text for param in command.params for text in (metavar(param), getattr(param, "help", None))]
    if isinstance(command, click.Group):
        about.append(command.subcommand_metavar)
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None, name
            yield from _of_command(inner, click.Context(inner, parent=ctx, info_name=name))
    yield from ((text, f"{ctx.command_path} --help") for text in about if text)


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
