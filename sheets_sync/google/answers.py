"""What Google's answers say: their JSON, its value, the workbook in it, and what time it is there."""

from __future__ import annotations

import re
from codecs import iterdecode
from datetime import datetime
from email.utils import parsedate_to_datetime

from msgspec import DecodeError, ValidationError
from requests import JSONDecodeError, Response

from sheets_sync.google.errors import empty_answer
from sheets_sync.google.read import ReadWorkbook, parse
from sheets_sync.google.shape import Spreadsheet, WorkbookAnswer, decode

_ESCAPED = re.compile(rb"""
    \\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}   # the two halves of a character
    | (?P<none> \\u0000 | \\u[dD][89a-fA-F][0-9a-fA-F]{2})        # NUL, or one half alone
    | \\.
    """, re.VERBOSE)  # fmt: skip
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_UNREADABLE = b"\\ufffd"
_CHECKED_AT_ONCE = 1_000_000  # bytes


def json_of(response: Response) -> bytes:
    """An answer's JSON; it is UTF-8, whatever its header says.

    What in it is no character is read as one that could not be read (U+FFFD), also NUL, which no PostgreSQL keeps.
    """
    content = response.content if _is_utf8(response.content) else response.content.decode("utf-8", "replace").encode()
    if b"\\" not in content or not _SUSPECT.search(content):  # looked for in that order: a sign is found far quicker
        return content
    return _ESCAPED.sub(lambda found: _UNREADABLE if found["none"] else found[0], content)


def _is_utf8(content: bytes) -> bool:
    """Without a copy of all of it."""
    parts = (content[at : at + _CHECKED_AT_ONCE] for at in range(0, len(content), _CHECKED_AT_ONCE))
    try:
        for _ in iterdecode(parts, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def decoded(json: bytes, workbook: str) -> WorkbookAnswer:
    """An answer's value.

    Raises:
        GoogleDownError: something in it is not what it should be.
        requests.JSONDecodeError: it is none, or cut off.
    """
    try:
        return decode(json)
    except ValidationError as error:
        raise empty_answer(workbook) from error
    except DecodeError as error:
        raise JSONDecodeError(str(error), "", 0) from error


def workbook_of(answer: Spreadsheet, workbook: str, before: ReadWorkbook | None = None) -> ReadWorkbook:
    """The workbook of an answer; rows that are the same as `before` are not read again.

    Raises:
        GoogleDownError: there is none in it: no workbook is without a tab.
    """
    try:
        if not answer["sheets"]:
            raise empty_answer(workbook)
        return parse(answer, before)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise empty_answer(workbook) from error


def date_of(response: Response) -> datetime | None:
    """When Google gave an answer, by its own clock."""
    try:
        return parsedate_to_datetime(response.headers["Date"])
    except (KeyError, ValueError):
        return None
