"""The command line in the reader's language: our help texts, and click's own words around them.

click marks its texts for gettext, but binds the function as it is imported, to the language of the environment and to
catalogues in files. Ours is known when the command line is read, so each of click's modules is handed a translator.
"""

from __future__ import annotations

import copy
import importlib
import inspect
import os
import pkgutil
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import click

from sheets_sync.i18n import LANGUAGES, Language

Command = TypeVar("Command", bound=click.Command)
_OFFICES = re.compile(r"^language:[ \t]*[\"']?(id|en)\b", re.MULTILINE)


def language_of(words: Sequence[str]) -> str:
    """The language that a command line asks for, else that of its configuration's first office, else Indonesian.

    Asked before click reads the words, since `--help` and a wrong word are told while it does; and without reading the
    configuration as such, since what is wrong in it is told too.
    """
    asked = _value(words, "--lang")
    if asked in LANGUAGES:
        return asked
    folder = Path(_value(words, "--config") or os.environ.get("SHEETS_SYNC_CONFIG") or "config")
    said = (_OFFICES.search(text) for text in _offices(folder))
    return next((found[1] for found in said if found), "id")


def _value(words: Sequence[str], option: str) -> str:
    """What stands behind an option, the last time that it stands there; empty: nothing."""
    given = [after for word, after in pairwise(words) if word == option]
    given += [word.removeprefix(f"{option}=") for word in words if word.startswith(f"{option}=")]
    return given[-1] if given else ""


def _offices(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("offices/*.yaml")) or [folder / "office.yaml"]:
        try:
            yield path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # whoever needs the file says so


def speak(t: Language) -> None:
    """Has click say its own words in a language, in the whole process: a process has one command line."""

    def one_or_many(one: str, many: str, count: int) -> str:
        return t(one if count == 1 else many)

    for module in _clicks():
        for name, translator in (("_", t), ("ngettext", one_or_many)):
            if hasattr(module, name):
                setattr(module, name, translator)


def _clicks() -> Iterator[object]:
    """Click's modules that can be imported here: one is for Windows only."""
    for found in pkgutil.iter_modules(click.__path__, "click."):
        if not found.name.endswith("_winconsole"):
            yield importlib.import_module(found.name)


def spoken(command: Command, t: Language) -> Command:
    """A command whose help is in a language; the one it is made of stays as it is."""
    said = copy.copy(command)
    said.help = in_paragraphs(command.help or "", t) or None
    said.options_metavar = t(command.options_metavar) if command.options_metavar else None
    said.params = [_spoken_param(param, t) for param in command.params]
    if isinstance(said, click.Group):
        said.subcommand_metavar = t(said.subcommand_metavar)
        said.commands = {name: spoken(inner, t) for name, inner in said.commands.items()}
    return said


def _spoken_param(param: click.Parameter, t: Language) -> click.Parameter:
    said = copy.copy(param)
    name = metavar(param)
    said.metavar = t(name) if name else None
    if isinstance(said, click.Option):
        said.help = t(said.help) if said.help else None
    return said


def metavar(param: click.Parameter) -> str | None:
    """What stands for the value of an option or argument; None: the values themselves, or nothing, as behind a switch."""
    if isinstance(param.type, click.Choice) or getattr(param, "is_flag", False) or getattr(param, "count", False):
        return param.metavar
    return param.make_metavar(click.Context(click.Command(None)))


def in_paragraphs(text: str, t: Language) -> str:
    """A help text in a language; each paragraph is a message, however its lines are broken."""
    return "\n\n".join(map(t, paragraphs(text)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(each.split()) for each in inspect.cleandoc(text).split("\n\n") if each.strip()]
