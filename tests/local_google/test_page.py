"""The page of a workbook: who may see it, what it lets through, what it tells its script."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import hostile
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from local_http import Http
from page_reader import Visitor, read
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.page.colours import LEGIBLE, contrast, ground_at_night, text_at_night
from sheets_sync.local_google.page.typed import typed
from sheets_sync.local_google.values.entry import enter, put_raw
from sheets_sync.local_google.values.locales import locale_of

TEXTS = [text for text in hostile.TEXTS if "\ud800" not in text]
TODAY = date(2024, 11, 5)
BYTES = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.fixture
def visitor(shared_google: LocalGoogle, book: Book) -> Visitor:
    return Visitor(shared_google, book.id).sign_in()


def test_a_stranger_sees_only_what_the_link_opens(shared_google: LocalGoogle, owned: Book) -> None:
    """Without the server's own sign-in a workbook opens for everybody with the link, or not at all."""
    stranger = Visitor(shared_google, owned.id)
    assert stranger.get().status_code == 403
    assert stranger.get(authuser="pustakawan@example.com").status_code == 403
    assert stranger.get("part").status_code == 403
    owned.client.ok("POST", f"/drive/v3/files/{owned.id}/permissions", {"type": "anyone", "role": "reader"})
    facts = stranger.facts(authuser="pustakawan@example.com")
    assert (facts["authuser"], facts["mayWrite"]) == ("anonymous", False)
    assert "pustakawan" not in stranger.get().text


def test_a_wrong_sign_in_signs_nobody_in(shared_google: LocalGoogle, book: Book) -> None:
    """A secret that was guessed leaves no cookie."""
    stranger = Visitor(shared_google, book.id)
    assert stranger.get(login="geraten").status_code == 403
    assert not stranger.session.cookies
    assert stranger.session.get(f"{shared_google.url}/spreadsheets/", timeout=20).status_code == 404


def test_one_plays_those_with_whom_it_is_shared(shared_google: LocalGoogle, visitor: Visitor, owned: Book) -> None:
    """The owner, people it is shared with, and a stranger once there is a link; never a program's account."""
    shared_google.account("tangkum", person=True)
    shared_google.share(visitor.file_id, "tangkum", role="reader")
    named = re.findall(r"authuser=([^&#']+)", str([given.get("href") for _, given in read(visitor.get().text).tags]))
    assert set(named) == {"pustakawan%40example.com", "tangkum%40example.com"}
    assert visitor.facts(authuser="tangkum@example.com")["mayWrite"] is False
    owned.client.ok("POST", f"/drive/v3/files/{owned.id}/permissions", {"type": "anyone", "role": "writer"})
    assert visitor.facts(authuser="anonymous")["mayWrite"] is True


@pytest.mark.parametrize("who", ["pustakawan@example.com", "anonymous"])
def test_typing_is_done_by_whom_one_plays(owned: Book, visitor: Visitor, who: str) -> None:
    """The page's token is that person's: Drive names the last editor, or nobody where a stranger typed."""
    owned.client.ok("POST", f"/drive/v3/files/{owned.id}/permissions", {"type": "anyone", "role": "writer"})
    token = visitor.get("token", authuser=who).json()["access_token"]
    url = f"{visitor.google.url}/v4/spreadsheets/{owned.id}/values/A1"
    headers = {"Authorization": f"Bearer {token}", "Connection": "close"}
    body, option = {"values": [["7,5"]]}, {"valueInputOption": "USER_ENTERED"}
    assert requests.put(url, json=body, params=option, headers=headers, timeout=20).ok
    file = owned.client.ok("GET", f"/drive/v3/files/{owned.id}", fields="lastModifyingUser")
    assert file.get("lastModifyingUser", {}).get("emailAddress", "anonymous") == who


@pytest.mark.parametrize("header", [{"Host": "x.example"}, {"Origin": "http://x.example"}])
@pytest.mark.parametrize("path", ["/spreadsheets/d/ID/edit", "/spreadsheets/static/book.js", "/spreadsheets/"])
def test_pages_of_others_are_refused(visitor: Visitor, header: dict[str, str], path: str) -> None:
    """A page elsewhere reaches neither workbooks nor scripts, whatever name it gives this machine."""
    url = visitor.google.url + path.replace("ID", visitor.file_id)
    assert visitor.session.get(url, headers=header, timeout=20).status_code == 403


def test_a_page_may_load_only_its_own(visitor: Visitor) -> None:
    """The content security policy lets in this server's scripts and styles and nothing else; no page is kept anywhere."""
    answer = visitor.get()
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    tags = read(answer.text).tags
    loaded = [given.get("src") or given.get("href") for tag, given in tags if tag in ("script", "link", "img")]
    assert all(str(path).startswith(("/spreadsheets/static/", "data:,")) for path in loaded)
    assert not [given for _, given in tags if "style" in given or any(name.startswith("on") for name in given)]


@pytest.mark.parametrize("name", ["book.py", "../pages.py", "nix.js", "%2e%2e/pages.js"])
def test_only_scripts_and_styles_are_served(shared_google: LocalGoogle, name: str) -> None:
    """No other file leaves the package."""
    url = f"{shared_google.url}/spreadsheets/static/{name}"
    assert requests.get(url, timeout=20, headers={"Connection": "close"}).status_code == 404


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(given))) for tag, given in read(html).tags]


@pytest.mark.parametrize("place", ["cell", "note", "comment", "tab", "title"])
def test_nothing_typed_becomes_markup(owned: Book, visitor: Visitor, place: str) -> None:
    """Hostile texts in cells, notes, comments and titles leave the page with the elements that harmless ones have."""

    def put(texts: list[str]) -> None:
        at = {"sheetId": 0, "startRowIndex": 0, "startColumnIndex": 1}
        rows: list[dict[str, Any]] = [{"values": [{"note": text}]} for text in texts]
        if place == "cell":
            owned.put("A1", [[text] for text in texts], "RAW")
        elif place == "note":
            box = at | {"endRowIndex": len(texts), "endColumnIndex": 2}
            owned.batch({"updateCells": {"range": box, "rows": rows, "fields": "note"}})
        elif place == "comment":
            made = [
                {
                    "insertComment": {
                        "coordinate": {"sheetId": 0, "rowIndex": row, "columnIndex": 2},
                        "content": text[:500],
                    }
                }
                for row, text in enumerate(texts)
            ]
            owned.batch(*made)
        elif place == "tab":
            tab = {"sheetId": 0, "title": texts[-1][:90]}
            owned.batch({"updateSheetProperties": {"properties": tab, "fields": "title"}})
        else:
            request = {"properties": {"title": texts[-1]}, "fields": "title"}
            owned.batch({"updateSpreadsheetProperties": request})

    special = ['<script>alert(1)</script>"><img src=x onerror=alert(1)>', "'\"><svg/onload=alert(1)>"]
    put(["harmless"] * (len(TEXTS) + 2) if place in ("cell", "note") else ["harmless"])
    before = shape(visitor.get().text)
    put([*TEXTS, *special])
    after = shape(visitor.get().text)
    thread = {"article", "h3", "small", "q", "p", "b", "time", "input", "button", "a", "em"}
    expected = {"cell": {"a"}, "comment": thread}.get(place, set())
    bare = [[tag for tag, _ in found if tag not in expected] for found in (before, after)]
    assert bare[0] == bare[1]
    assert not [given for _, given in after if any(name.startswith("on") for name in given)]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://x.example/a", "https://x.example/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("#gid=0&range=B3", "#gid=0&range=B3"),
        ("https://docs.google.com/spreadsheets/d/abc/edit#gid=1", "/spreadsheets/d/abc/edit#gid=1"),
    ],
)
def test_links_lead_where_a_page_may_lead(owned: Book, visitor: Visitor, link: str, shown: str | None) -> None:
    """A link of a cell is one on the page unless it would carry something out; Google's own lead to this server."""
    look = {"textFormat": {"link": {"uri": link}}}
    cell = {"userEnteredValue": {"stringValue": "klik"}, "userEnteredFormat": look}
    box = {"sheetId": 0, "startRowIndex": 0, "startColumnIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}
    owned.batch({"updateCells": {"range": box, "rows": [{"values": [cell]}], "fields": "*"}})
    tags = read(visitor.get().text).tags
    place = next(number for number, (_, given) in enumerate(tags) if given.get("id") == "r0c0")
    found = tags[place + 1][1].get("href") if tags[place + 1][0] == "a" else None
    assert found == shown


def test_protections_are_told_before_typing(owned: Book, robot: Http, visitor: Visitor) -> None:
    """What others locked, and where only a warning stands, is marked at the cells; what is left open is not."""
    visitor.google.account("pangkan", person=True)
    visitor.google.share(owned.id, "pangkan")
    box = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    free = box | {"startRowIndex": 2}
    soft = box | {"startColumnIndex": 3, "endColumnIndex": 4}
    editors = {"users": ["pustakawan@example.com"]}
    locked = {"range": {"sheetId": 0}, "unprotectedRanges": [free, soft], "editors": editors}
    owned.batch(
        {"addProtectedRange": {"protectedRange": locked}},
        {"addProtectedRange": {"protectedRange": {"range": soft, "warningOnly": True}}},
    )
    for who, guard in (("pangkan@example.com", "locked"), ("pustakawan@example.com", "")):
        cells, _ = visitor.tab(0, 1, authuser=who)
        assert (cells[0, 0].guard, cells[2, 0].guard, cells[0, 3].guard) == (guard, "", "warned")


@given(
    st.one_of(
        st.text(max_size=12), st.sampled_from([*hostile.TEXTS, "12", "1,5", "'x", "10/12", "7,72%", "TRUE", "08:30"])
    )
)
def test_what_one_would_type_gives_the_same_again(text: str) -> None:
    """The text for editing a cell, typed into it, leaves the cell's entry as it was."""
    locale = locale_of("in_ID")
    for before in (enter(None, text, locale, TODAY), put_raw(None, text)):
        again = enter(before, typed(before, locale, TODAY), locale, TODAY)
        assert again.entered == before.entered or (before.entered is None and again.entered is None)


@given(BYTES, BYTES)
def test_what_is_legible_by_day_is_legible_by_night(text: tuple[int, int, int], ground: tuple[int, int, int]) -> None:
    """Whatever colours a workbook has, dark keeps the contrast that small text needs."""
    if contrast(text, ground) >= LEGIBLE:
        assert contrast(text_at_night(text, ground), ground_at_night(ground)) >= LEGIBLE


def test_charts_are_drawn(owned: Book, visitor: Visitor) -> None:
    """Columns, lines and pies become drawings that say in words what they show."""
    owned.put("A1", [["Bulan", "Kunjungan"], ["Jan", 3], ["Feb", 5]])

    def source(column: int) -> dict[str, Any]:
        box = {
            "sheetId": 0,
            "startRowIndex": 0,
            "endRowIndex": 3,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }
        return {"sourceRange": {"sources": [box]}}

    basic = {"headerCount": 1, "domains": [{"domain": source(0)}], "series": [{"series": source(1)}]}
    place = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 4}}}
    specs: list[dict[str, Any]] = [{"basicChart": basic | {"chartType": kind}} for kind in ("COLUMN", "LINE", "AREA")]
    specs.append({"pieChart": {"domain": source(0), "series": source(1)}})
    for spec in specs:
        owned.batch({"addChart": {"chart": {"spec": spec | {"title": "Tahun <ini>"}, "position": place}}})
    drawn = [
        given["aria-label"] for tag, given in read(visitor.get().text).tags if tag == "svg" and "aria-label" in given
    ]
    assert len(drawn) == 4
    assert all("Tahun <ini>" in str(label) and "Feb 5" in str(label) for label in drawn)
