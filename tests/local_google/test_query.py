"""The search language, the order and the pages of Drive's lists."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.local_google.drive import listing, query
from sheets_sync.local_google.errors import ApiError


class File(dict[str, Any]):
    """A file to be judged: its terms as a dict."""

    def values(self, term: str) -> Any:  # type: ignore[override] # what queries call it
        return self[term]

    def words(self) -> str:
        return str(self["words"])


FILE = File(
    name="Rekap_Perpustakaan 2024",
    mimeType="application/vnd.google-apps.spreadsheet",
    modifiedTime=datetime(2024, 11, 5, 1, 0, tzinfo=UTC),
    sharedWithMeTime=None,
    trashed=False,
    parents={"map", "root"},
    owners={"ani@example.com", "me"},
    properties={"tahun": "2024"},
    visibility="limited",
    words="Desa Tangkum\n1.250 judul",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", True),
        ("name = 'rekap_perpustakaan 2024'", True),
        ("name != 'x'", True),
        ("title contains 'perpus'", True),
        ("name contains 'pustakaan'", False),
        ("name contains '2024'", True),
        ("mimeType contains 'spreadsheet'", True),
        ("modifiedTime > '2024-11-05T00:59:59' and modifiedTime <= '2024-11-05T08:00:00+07:00'", True),
        ("sharedWithMeTime < '2030-01-01'", False),
        ("trashed = false and not (trashed = true)", True),
        ("not trashed != false", True),
        ("'map' in parents and 'root' in parents", True),
        ('parents in "lain" or owners in "ANI@example.com"', True),
        ("'ME' in owners", True),
        ("properties has { key='tahun' and value='2024' }", True),
        ("properties has {key='tahun' and value='2023'}", False),
        ("fullText contains 'TANGKUM judul'", True),
        ("fullText contains 'tang'", False),
        ("fullText contains '\"desa tangkum\"'", True),
        ("fullText contains '\"tangkum desa\"'", False),
        ("visibility = 'limited'", True),
        ("name = 'a' AND trashed = false OR trashed = false", True),
    ],
)
def test_queries_mean_what_drive_means(text: str, found: bool) -> None:
    """Terms, operators, precedence and quotes as Drive's guide has them."""
    assert query.parse(text)(FILE) is found


@pytest.mark.parametrize(
    "text",
    ["name", "name =", "name = x", "name > 'a'", "'a' parents", "trashed = 'true'", "(name = 'a'", "name = 'a')", "and", "size > 5",
     "modifiedTime > 'kemarin'", "name = 'a", "properties has {key='a'}", "fullText = 'a'", "name = 'a' 'b'", "?"],
)  # fmt: skip
def test_what_can_not_be_understood_is_refused(text: str) -> None:
    """400 Invalid Value at the parameter q."""
    with pytest.raises(ApiError) as refused:
        query.parse(text)
    error = refused.value.drive_body()["error"]
    assert (error["code"], error["message"], error["errors"][0]["location"]) == (400, "Invalid Value", "q")


@given(st.text(alphabet="'\"\\ ()abcdnotrei=<>!{}0:-"))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    """Nothing but a refusal comes out of a text that is no query."""
    with suppress(ApiError):
        assert query.parse(text)(FILE) in {True, False}


@given(st.text())
def test_every_name_can_be_asked_for(name: str) -> None:
    """With quotes and backslashes escaped, a query finds exactly that name (without regard to case)."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    assert query.parse(f"name = '{escaped}'")(File(name=name))


@given(st.lists(st.integers()), st.integers(1, 7))
def test_pages_hold_everything_once(items: list[int], size: int) -> None:
    """Page after page gives the list again."""
    seen: list[int] = []
    token, pages = "", 0
    while pages == 0 or token:
        part, token = listing.page(items, size, token, "q")
        seen += part
        pages += 1
    assert seen == items


def test_a_page_token_is_good_for_its_query_only() -> None:
    """With another query, or made up, it is refused."""
    _, token = listing.page([1, 2], 1, "", "q")
    for wrong, scope in ((token, "other"), ("~!!~bm9uc2Vuc2U=", "q"), ("x", "q")):
        with pytest.raises(ApiError, match="400"):
            listing.page([1, 2], 1, wrong, scope)


@pytest.mark.parametrize(
    ("order_by", "expected"),
    [
        ("name", ["a10", "a9", "B"]),
        ("name_natural", ["a9", "a10", "B"]),
        ("name desc", ["B", "a9", "a10"]),
        ("starred desc,name", ["B", "a10", "a9"]),
        ("modifiedTime", ["a9", "B", "a10"]),
        ("recency", ["a10", "B", "a9"]),
    ],
)
def test_lists_are_ordered_as_asked(order_by: str, expected: list[str]) -> None:
    """Without regard to case, numbers as numbers where the name is natural, recency with the newest first."""
    days = {"a9": 1, "B": 2, "a10": 3}

    def value(name: str, key: str) -> Any:
        if key in {"modifiedTime", "recency"}:
            return datetime(2024, 11, days[name], tzinfo=UTC)
        return name == "B" if key == "starred" else name

    assert listing.ordered(["a9", "B", "a10"], order_by, value) == expected
