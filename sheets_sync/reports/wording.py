"""The sentences of mails and letters, from `report_templates/texts.<language>.yaml`, editable by anybody.

A folder of the office's own may hold the same file with only the sentences that should sound different.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from pydantic import RootModel

from sheets_sync.config.shipped import TEMPLATES, shipped
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.i18n import Language
from sheets_sync.model import msg


class _Phrases(RootModel[dict[str, str]]):
    """A file of sentences by name."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Says a sentence by its name; numbers, months and dates in it are written the language's way."""

    phrases: Mapping[str, str]
    language: Language

    def __call__(self, name: str, /, **values: object) -> str:
        return self.phrases[name].format_map({key: self.language.show(value) for key, value in values.items()})


def read_wording(language: Language, own: Path | None = None, *, of_region: bool = False) -> Wording:
    """The shipped sentences of a language, with those of the office's own folder in their place.

    `of_region`: those of a place above offices, where they differ, come between.

    Raises:
        ConfigError: a file can't be read, names a sentence nobody says, or fills in something that is not known there.
    """
    name = f"texts.{language.code}.yaml"
    phrases = dict(read_yaml(shipped(TEMPLATES) / name, _Phrases).root)
    if of_region:
        phrases |= _checked(shipped(TEMPLATES) / f"texts.region.{language.code}.yaml", phrases)
    if own is not None and (own / name).is_file():
        phrases |= _checked(own / name, phrases)
    return Wording(phrases, language)


def _checked(path: Path, shipped: Mapping[str, str]) -> dict[str, str]:
    changed = read_yaml(path, _Phrases).root
    for name, phrase in changed.items():
        if name not in shipped:
            raise ConfigError(msg("{path}: there is no sentence called {name}.", path=str(path), name=name))
        if name.endswith("subject") and not phrase.strip():
            raise ConfigError(msg("{path}: {name} says nothing; a mail needs a subject.", path=str(path), name=name))
        unknown = sorted(_fields(path, name, phrase) - _fields(path, name, shipped[name]))
        if unknown:
            raise ConfigError(
                msg(
                    "{path}: {name} can't fill in {unknown}; it knows {known}.",
                    path=str(path),
                    name=name,
                    unknown=unknown,
                    known=sorted(_fields(path, name, shipped[name])),
                )
            )
    return changed


def _fields(path: Path, name: str, phrase: str) -> set[str]:
    """What a sentence fills in, with all that stands in its braces: `month:>9` and `month!r` are not known anywhere."""
    try:
        parts = [part for part in Formatter().parse(phrase) if part[1] is not None]
        return {f"{field}{f'!{kind}' if kind else ''}{f':{form}' if form else ''}" for _, field, form, kind in parts}
    except ValueError as error:
        problem = msg(
            "{path}: {name} has a brace that is not closed: {phrase}", path=str(path), name=name, phrase=phrase
        )
        raise ConfigError(problem) from error
