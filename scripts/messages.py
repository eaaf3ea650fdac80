"""`python scripts/messages.py`: which messages the code has, and which of them lack an Indonesian translation."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sheets_sync.cli.group import cli
from sheets_sync.cli.session import Session
from sheets_sync.cli.speech import metavar, paragraphs, speak
from sheets_sync.i18n import language

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"msg": (0,), "t": (0,), "_t": (0,)}
CLICKS = {"_": (0,), "ngettext": (0, 1)}


@cache
def used() -> dict[str, str]:
    """Every message template in the code, with one place where it stands; click's own and those of `--help` among them."""
    speak(language("en"))  # click's names of values are to be asked for as they stand in the code
    return {
        "required": "click asks for it by a variable",
        **dict(_texts(Path(click.__file__).parent, CLICKS)),
        **dict(_of_command(cli, click.Context(cli, obj=Session(lang="en")))),
        **dict(_texts(ROOT / "sheets_sync", KEYWORDS)),
    }


def _texts(folder: Path, keywords: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[str, str]]:
    """Every text in a folder's code that a function of these names is called with, and where; its place among the words.

    Babel's own search finds no call within another one, so that a message in a message would never be translated.
    """
    for path in sorted(folder.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)):
            for place in keywords.get(_name(call.func), ()):
                for said in call.args[place : place + 1]:
                    if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value:
                        yield said.value, f"{path.relative_to(folder)}:{call.lineno}"


def _name(called: ast.expr) -> str:
    """The last name of what is called: `t` of `session.t`."""
    return str(getattr(called, "attr", None) or getattr(called, "id", ""))


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
