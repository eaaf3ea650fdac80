"""`python scripts/docs_pictures.py`: takes the pictures of the guides and the README anew, in both languages. Needs Chromium.

Beside the pictures stands what each said when it was taken, as a digest; `--check` tells which no longer fit.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docs_screens import LANGUAGES, fingerprint, screens
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FINGERPRINTS = PICTURES / "fingerprints.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
COLOURS = 128


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"None of {', '.join(BROWSERS)} is here; the pictures stay as they are.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


def outdated(browser: Browser, code: str) -> list[str]:
    """The pictures of a language that no longer show what their screens say."""
    known = json.loads(FINGERPRINTS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        found = {
            f"{screen.name}-{code}": fingerprint(page, screen) for screen, page in screens(code, browser, Path(folder))
        }
    expected = {name: digest for name, digest in known.items() if name.endswith(f"-{code}")}
    missing = {name for name in found if not (PICTURES / f"{name}.png").is_file()}
    return sorted(missing | {name for name in found | expected if found.get(name) != expected.get(name)})


def take_all(browser: Browser) -> None:
    """Every picture, with few colours, and every fingerprint."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    fingerprints = {}
    for code in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            for screen, page in screens(code, browser, Path(folder)):
                name = f"{screen.name}-{code}"
                fingerprints[name] = fingerprint(page, screen)
                with Image.open(io.BytesIO(page.screenshot())) as taken:
                    small = taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
                    small.save(PICTURES / f"{name}.png", optimize=True)
    FINGERPRINTS.write_text(json.dumps(fingerprints, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Takes them, or with `--check` says which have to be taken anew."""
    with chromium() as browser:
        if "--check" not in sys.argv:
            take_all(browser)
            return
        old = [name for code in LANGUAGES for name in outdated(browser, code)]
    if old:
        sys.exit(f"No longer what is to be seen: {', '.join(old)}. Run `python scripts/docs_pictures.py`.")


if __name__ == "__main__":
    main()
