"""How an element is divided: participants by sex, or by age. Each part is an element of its own."""

from __future__ import annotations

from typing import Any

import pydantic

from sheets_sync.config.yaml_file import Config, Text


class ElementPart(Config):
    """A part of an element; an id alone names one that is listed among the elements itself, and keeps what stands there."""

    id: str = pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text | None = None  # what it is beside its whole: `perempuan`
    words: tuple[str, ...] = ()  # further words for it in headings: `P`, `wanita`
    help: Text | None = None
    example: str = ""

    @pydantic.model_validator(mode="before")
    @classmethod
    def _by_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    def heading(self, whole: str, code: str) -> str:
        """`Peserta kegiatan (perempuan)`."""
        return f"{whole} ({self.label.in_(code)})" if self.label else whole

    def meaning(self, whole: Text) -> Text | None:
        """What is counted, like *Anak; bagian dari Peserta kegiatan*, where nothing is said of it."""
        if self.help or not self.label:
            return self.help
        one, other = (text[:1].upper() + text[1:] for text in (self.label.id, self.label.en))
        return Text(id=f"{one}; bagian dari {whole.id}.", en=f"{other}; a part of {whole.en}.")

    def spellings(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Its headings, by the names of the whole."""
        words = (*((self.label.id, self.label.en) if self.label else ()), *self.words)
        return tuple(dict.fromkeys(f"{name} {word}" for name in names for word in words))


class Division(Config):
    """Parts that add up to the whole. `required`: wherever the whole must be reported its parts must be, too."""

    by: Text  # `jenis kelamin`
    into: tuple[ElementPart, ...] = pydantic.Field(min_length=2)
    required: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its parts."""
        return tuple(part.id for part in self.into)
