"""What Google's answers say, and what is none of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets_sync.errors import GoogleDownError
from sheets_sync.google.answers import decoded, json_of, workbook_of


def come(content: bytes) -> bytes:
    """The JSON of an answer with this body."""
    response = requests.Response()
    response._content = content
    return json_of(response)


@settings(max_examples=60)
@given(st.text(st.sampled_from('a\0\\u0d"\u2028é😀')), st.booleans())
@example("\\u0000\\\0\0", True)
@example("\\ud83d\\u0000", True)
def test_no_text_has_a_nul(typed: str, escaped: bool) -> None:
    """Which PostgreSQL does not keep; all else stays as it was typed."""
    said = come(json.dumps({"typed": typed}, ensure_ascii=escaped).encode())
    assert json.loads(said) == {"typed": typed.replace("\0", "\ufffd")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (rb"\ud83d\ude00", "😀"),
        (rb"\uD83D\uDE00", "😀"),
        (rb"a\ud83d", "a\ufffd"),
        (rb"\ude00b", "\ufffdb"),
        (rb"\ud83d\ud83d\ude00", "\ufffd😀"),
        (rb"\ude00\ud83dA", "\ufffd\ufffdA"),
        (rb"\\ud83d", "\\ud83d"),
        (rb"\\\ud83d", "\\\ufffd"),
        (b"a\xffb", "a\ufffdb"),
        (b"\xf0\x9f\x98", "\ufffd"),
        ("é😀".encode(), "é😀"),
    ],
)
def test_what_is_no_character_is_read_as_none(content: bytes, said: str) -> None:
    """Half a character, and bytes that are no UTF-8: the others of the answer are not lost for it."""
    assert decoded(come(b'{"spreadsheetId":"' + content + b'"}'), "w") == {"spreadsheetId": said}


NO_JSON = [
    "",
    " ",
    "{",
    '{"sheets"',
    '{"sheets":',
    '{"sheets":[',
    '{"sheets":[{}',
    '{"sheets":[{},]}',
    "{} {}",
    "<html>",
]
CUT_OFF = '{"sheets":[{"properties":{},"data":[{"rowData":%s}]}]}'
BROKEN_ROWS = ["[", "[{]", "[{}", '[{"values":[{}}]', '["\\x"]', "[01]", "[1 2]", "[nul]", '["', "NaN", ""]


@pytest.mark.parametrize("text", [*NO_JSON, *(CUT_OFF % rows for rows in BROKEN_ROWS)])
def test_what_is_no_json_is_refused_at_once(text: str) -> None:
    """Cut off or wrong anywhere, also in rows that nobody has asked for yet."""
    with pytest.raises(requests.JSONDecodeError):
        decoded(text.encode(), "w")


@pytest.mark.parametrize(
    "said", [[], None, 1, {"sheets": None}, {"sheets": [1]}, {"sheets": [{"data": [1]}]}, {}, {"sheets": []}]
)
def test_what_is_no_workbook_is_told_as_googles_fault(said: Any) -> None:
    """Whatever else it is: no workbook is without a tab."""
    with pytest.raises(GoogleDownError):
        workbook_of(decoded(json.dumps(said).encode(), "w"), "w")
