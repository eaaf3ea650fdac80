"""`python scripts/docs_pictures.py`: makes the README's pictures anew, from the demo's own pages. Needs Chromium.

The demo runs in a passing folder; a browser without a window takes its pages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
COLOURS = 255  # so that the smallest dot keeps its own


@dataclass(frozen=True)
class Picture:
    """A page of the demo as a window of so many pixels shows its beginning."""

    name: str
    page: str
    width: int
    height: int


SHOWN = (
    Picture("rekap", "pages/rekap.html", 1280, 640),
    Picture("mail", "mail/*tangkum*.html", 600, 900),
)


def take(browser: str, page: Path, picture: Picture, folder: Path) -> None:
    """Takes one picture and saves it with few colours."""
    shot = folder / f"{picture.name}.png"
    window = [f"--window-size={picture.width},{picture.height}", f"--user-data-dir={folder / 'browser'}"]
    command = [browser, *QUIET, *window, f"--screenshot={shot}", page.as_uri()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Image.open(shot) as taken:
        small = taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{picture.name}.png", optimize=True)


def main() -> None:
    """Runs the demo and takes every picture."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"None of {', '.join(BROWSERS)} is here; the pictures stay as they are.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        demo = [sys.executable, "-m", "sheets_sync", "demo", "--dir", str(folder / "demo")]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        for picture in SHOWN:
            [page] = (folder / "demo").glob(picture.page)
            take(browser, page, picture, folder)


if __name__ == "__main__":
    main()
