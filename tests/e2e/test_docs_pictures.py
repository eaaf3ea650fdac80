"""The pictures of the guides show what is to be seen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browser import CHROMIUM, browsing
from places import ROOT

DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
MAX_BYTES = 2_000_000


@pytest.mark.parametrize("code", ["id", "en"])
def test_every_picture_shows_what_its_screen_says(code: str) -> None:
    """The words on each screen are those of its picture; else `python scripts/docs_pictures.py` takes them anew."""
    with browsing() as opened:
        from docs_pictures import outdated

        assert outdated(opened.browser, code) == []


def test_pictures_are_small_and_none_is_left_over() -> None:
    """All together they weigh less than two megabytes; each has its fingerprint, and a page that shows it."""
    files = {path.name for path in PICTURES.glob("*.png")}
    known = json.loads((PICTURES / "fingerprints.json").read_text(encoding="utf-8"))
    pages = [ROOT / "README.md", *DOCS.glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text(encoding="utf-8"))}
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MAX_BYTES
    assert files == {f"{name}.png" for name in known}
    assert files - shown == {"demo-id.png"}  # the README is English


@pytest.mark.skipif(CHROMIUM is None, reason="left out: what a changed word does to a picture; needs chromium")
def test_a_changed_word_is_noticed(tmp_path: Path) -> None:
    """A fingerprint differs where a word does, and not where only a code, an id or a port does."""
    from docs_screens import Screen, fingerprint

    def digest(text: str) -> str:
        window = opened.open("about:blank")
        window.page.set_content(f"<p>{text}</p>")
        return fingerprint(window.page, Screen("x", 100, 100, ("p",)))

    with browsing() as opened:
        same = digest("Sel I6 F-NUMBER-83c661e3 http://127.0.0.1:4711")
        assert same == digest("Sel  I6 F-NUMBER-00000000 http://127.0.0.1:5822")
        assert same != digest("Sel I7 F-NUMBER-83c661e3 http://127.0.0.1:4711")
