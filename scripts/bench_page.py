"""`python scripts/bench_page.py`: how fast a workbook of 10,000 × 30 cells opens and scrolls in a browser; prints JSON.

`open` and `block` are the server's seconds for the page and for twenty rows that come into view (the middle one of five);
`frames` are the milliseconds between two frames while Chromium scrolls by 100 pixels a frame (a fast wheel) and by 350 (the bar
dragged from top to foot in ten seconds): the middle one, the one that 95 of 100 stay below, and how many of 200 took longer than 50.
"""

from __future__ import annotations

import json
import statistics
import time

import requests
from docs_pictures import chromium
from playwright.sync_api import Browser

from sheets_sync.demo import people
from sheets_sync.local_google import LocalGoogle

ROWS, COLUMNS = 10_000, 30
WHEEL, DRAG = 100, 350
SCROLL = """async (pixels) => {
  const grid = document.getElementById('grid'), took = [];
  let last = await new Promise(requestAnimationFrame);
  grid.scrollTop = 0;
  for (let step = 1; step <= 200; step++) {
    grid.scrollTop += pixels;
    const now = await new Promise(requestAnimationFrame);
    took.push(now - last);
    last = now;
  }
  return took;
}"""


def filled(google: LocalGoogle) -> str:
    """A workbook with a text in every third cell and numbers in the others."""
    workbook = google.create_workbook("Besar", owner=people.SECRETARY)
    rows = [
        [row * COLUMNS + column if column % 3 else f"{row}-{column}" for column in range(COLUMNS)]
        for row in range(ROWS)
    ]
    with people.opened_by(google, people.SECRETARY, workbook) as opened:
        opened.sheet1.resize(ROWS, COLUMNS)
        opened.sheet1.update(rows, "A1")
    return workbook


def seconds(session: requests.Session, url: str) -> float:
    """The middle one of five."""
    took = []
    for _ in range(5):
        began = time.perf_counter()
        session.get(url, timeout=60).raise_for_status()
        took.append(time.perf_counter() - began)
    return round(statistics.median(took), 3)


def frames(browser: Browser, address: str, pixels: int) -> dict[str, float]:
    """How long the 200 frames of a scroll took that goes so many pixels with each."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_selector("#r0c0")
    took = sorted(page.evaluate(SCROLL, pixels))
    return {
        "median": round(statistics.median(took), 1),
        "p95": round(took[int(len(took) * 0.95)], 1),
        "over_50": sum(each > 50 for each in took),
    }


def main() -> None:
    """Fills a workbook, opens it, scrolls."""
    with LocalGoogle() as google, chromium() as browser, requests.Session() as session:
        workbook = filled(google)
        session.get(google.page(workbook), timeout=60).raise_for_status()
        root = f"{google.url}/spreadsheets/d/{workbook}"
        shown = {
            name: frames(browser, google.page(workbook), pixels) for name, pixels in (("wheel", WHEEL), ("drag", DRAG))
        }
        times = {"open": seconds(session, f"{root}/edit"), "block": seconds(session, f"{root}/part?gid=0&blocks=100")}
    print(json.dumps({**times, "frames": shown}))


if __name__ == "__main__":
    main()
