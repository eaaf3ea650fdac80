"""The one door to the terminal: whatever is printed is text, and nothing in it steers the terminal."""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import click

from sheets_sync.i18n import Language
from sheets_sync.model.text import one_line, printable

_NOT_ASCII = re.compile(r"[^\x20-\x7e\n]")


def tell(text: str, *, err: bool = False) -> None:
    """Prints text, on standard error if `err`."""
    click.echo(printable(text), err=err)


def tell_document(document: Any) -> None:
    """Prints one JSON document; what a terminal would obey stands in it as JSON's own escapes, so that nothing is lost."""
    click.echo(harmless_json(json.dumps(document, ensure_ascii=False, indent=2, default=str)))


def harmless_json(text: str) -> str:
    """The same JSON, with the characters that can't be seen written as its escapes."""
    return _NOT_ASCII.sub(lambda found: found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1], text)


def tell_usage(error: click.ClickException) -> None:
    """What click has to say about the words of a command line, those words among it."""
    said = io.StringIO()
    error.show(said)
    tell(said.getvalue().rstrip("\n"), err=True)


def tell_traceback(error: Exception) -> None:
    """All that is known of an unexpected failure."""
    tell("".join(traceback.format_exception(error)), err=True)


def log_to_terminal(level: int, *, as_json: bool = False) -> None:
    """Logs go to standard error: our own from a level on, of others only warnings; as JSON an object on each line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if as_json else Printable("%(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("sheets_sync").setLevel(level)


class OneLine(Language):
    """The language of what is printed: what somebody typed stays on the line of the sentence it is in."""

    def show(self, value: object) -> str:
        """Any value as this language writes it, a text on one line."""
        return one_line(value) if isinstance(value, str) else super().show(value)


def for_terminal(t: Language) -> Language:
    """The language as it speaks on a terminal."""
    return OneLine(*(getattr(t, field.name) for field in dataclasses.fields(t)))


class JsonLine(logging.Formatter):
    """A line of the log as a JSON object: when, how grave, what; of a job's run its figures by name."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        about = {"at": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        fields = getattr(record, "fields", {})
        raised = {"raised": self.formatException(record.exc_info)} if record.exc_info else {}
        return harmless_json(json.dumps({**about, **fields, **raised}, ensure_ascii=False, default=str))


class Printable(logging.Formatter):
    """A line of the log, with what somebody typed made harmless."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))
