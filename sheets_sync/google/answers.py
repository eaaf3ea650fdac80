"""What Google's answers say: their text, their value, the workbook in them, and what time it is there."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from requests import JSONDecodeError, Response

from sheets_sync.google.errors import empty_answer
from sheets_sync.google.read import ReadWorkbook, decode, parse

_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")  # its escape, unless the backslash is itself escaped


def text_of(response: Response) -> str:
    """An answer's text; JSON is UTF-8, whatever its header says.

    Where a cell has the character NUL, which no PostgreSQL keeps, it is read as one that could not be read (U+FFFD).
    """
    text = response.content.decode("utf-8", "replace")
    return _NUL.sub(r"\1\\ufffd", text) if "\\u0000" in text else text


def decoded(text: str, workbook: str, before: ReadWorkbook | None = None) -> Any:
    """An answer's value; tabs that are the same as `before` are not read again.

    Raises:
        GoogleDownError: a sheet in it is cut off.
        requests.JSONDecodeError: it is none.
    """
    try:
        return decode(text, before)
    except json.JSONDecodeError as error:
        raise JSONDecodeError(error.msg, error.doc, error.pos) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise empty_answer(workbook) from error


def workbook_of(answer: Any, workbook: str) -> ReadWorkbook:
    """The workbook of an answer.

    Raises:
        GoogleDownError: there is none in it: no workbook is without a tab.
    """
    try:
        if not answer["sheets"]:
            raise empty_answer(workbook)
        return parse(answer)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise empty_answer(workbook) from error


def date_of(response: Response) -> datetime | None:
    """When Google gave an answer, by its own clock."""
    try:
        return parsedate_to_datetime(response.headers["Date"])
    except (KeyError, ValueError):
        return None
