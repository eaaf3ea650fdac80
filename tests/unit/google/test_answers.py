"""What Google's answers say."""

from __future__ import annotations

import json

import requests
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets_sync.google.answers import text_of


@settings(max_examples=60)
@given(st.text(st.sampled_from('a\0\\u0"\u2028é')))
@example("\\u0000\\\0\0")
def test_no_text_has_a_nul(typed: str) -> None:
    """Which PostgreSQL does not keep; all else stays as it was typed."""
    response = requests.Response()
    response._content = json.dumps({"typed": typed}).encode()
    assert json.loads(text_of(response)) == {"typed": typed.replace("\0", "\ufffd")}
