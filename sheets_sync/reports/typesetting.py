"""Typesets what is said: a template of the office's own folder, else the shipped one; what it says comes as data.

What people typed reaches the typesetter as JSON, never as markup. The same data give the same bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from sheets_sync.config.shipped import TEMPLATES, shipped
from sheets_sync.reports import press
from sheets_sync.reports.typeface import FOLDER, printable


class NotTypesetError(RuntimeError):
    """The typesetter's process ended without a document."""


def typeset(template: str, data: Mapping[str, object], own: Path | None, *, apart: bool = False) -> bytes:
    """The template filled in, as PDF/UA-1.

    `apart`: by a process of its own, for a document of many pages. The typesetter keeps about a megabyte of what it
    learned of each page, for the next ten documents; with the process that goes.

    Raises:
        NotTypesetError: that process failed.
    """
    text, chosen = json.dumps(printable(dict(data)), ensure_ascii=False), _template(template, own)
    return _apart(chosen, text) if apart else press.pressed(chosen, FOLDER, text)


def _apart(template: Path, text: str) -> bytes:
    command = [sys.executable, "-P", "-m", press.__name__, str(template), str(FOLDER)]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)  # noqa: S603 - our own module
    if done.returncode:
        raise NotTypesetError(done.stderr.decode(errors="replace")[-2000:] or str(done.returncode))
    return done.stdout


def _template(name: str, own: Path | None) -> Path:
    chosen = own / name if own else None
    return chosen if chosen and chosen.is_file() else shipped(TEMPLATES) / name
