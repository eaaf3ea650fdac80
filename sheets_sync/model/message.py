"""What is to be told: an English template and what fills it. `i18n` turns it into a reader's language."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sheets_sync.model.period import Period


@dataclass(frozen=True, slots=True)
class Message:
    """A template in English and what fills it; `{name}` in the template takes `params["name"]`."""

    template: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        """Plain English, for logs and tracebacks; readers get it through a `Language`."""
        return self.template.format_map({name: _plain(value) for name, value in self.params.items()})


def msg(template: str, /, **params: object) -> Message:
    """A message to be shown later. The name `msg` is what the catalogue's extraction looks for."""
    return Message(template, params)


def _plain(value: object) -> str:
    match value:
        case list() | tuple():
            return ", ".join(_plain(item) for item in value)
        case Period():
            return f"{month_name[value.month]} {value.year}"
        case None:
            return ""
        case _:
            return str(value)
