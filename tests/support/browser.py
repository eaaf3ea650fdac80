"""A real browser for tests: Chromium without a window, driven by Playwright; where either is missing, that is said."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # a machine without the development packages
    sync_playwright = None  # type: ignore[assignment]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = "axe-core@4.10.3"
LOCAL = ("127.0.0.1", "localhost", "")


def leave_out(why: str) -> NoReturn:
    """Skip and say so; in CI, where everything is there, fail."""
    text = f"left out: pages in a real browser; {why}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(text)
    pytest.skip(text)


@dataclass
class Window:
    """A page in the browser, and what it asked for, said and failed at."""

    page: Page
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def cell(self, name: str) -> Any:
        """A cell by its name, such as B7."""
        column = sum(26**place * (ord(letter) - 64) for place, letter in enumerate(reversed(name.rstrip("0123456789"))))
        return self.page.locator(f"#r{int(name.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) - 1}c{column - 1}")

    def go(self, name: str) -> None:
        if self.cell(name).count():
            self.cell(name).click()
        else:  # its rows are not on the page yet
            self.page.evaluate("name => { location.hash = `range=${name}`; }", name)
        self.page.wait_for_function("name => document.getElementById('name').textContent === name", arg=name)

    def wait_text(self, name: str, text: str) -> None:
        """Until a cell shows a text."""
        self.page.wait_for_function(
            "([id, text]) => document.getElementById(id)?.textContent === text",
            arg=[self.cell(name).get_attribute("id"), text],
        )

    def saved(self) -> None:
        """Until nothing that was typed is on its way any more: it shows before it is saved."""
        self.page.wait_for_function("() => !document.querySelector('.unsaved')")

    def tab(self, title: str) -> None:
        self.page.locator(".tabs a", has_text=title).first.click()
        self.page.wait_for_function("t => document.querySelector('table').ariaLabel === t", arg=title)

    def faults(self) -> list[str]:
        """Serious and critical findings of axe-core."""
        self.page.evaluate(axe_source())
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['html'][:120]}"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]


@dataclass
class Browsing:
    """The browser, and every window that was opened in it."""

    browser: Browser
    windows: list[Window] = field(default_factory=list)

    def open(self, url: str, width: int = 1280, height: int = 800, scheme: Any = "light", **options: Any) -> Window:
        """A window of its own, with cookies of its own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", **options
        )
        context.set_default_timeout(60_000)
        window = Window(context.new_page())
        self.windows.append(window)
        window.page.on("request", lambda request: window.asked.append(request.url))
        window.page.on("pageerror", lambda error: window.wrong.append(str(error)))
        window.page.on("console", lambda said: window.wrong.append(said.text) if said.type == "error" else None)
        window.page.goto(url)
        return window

    def strangers(self) -> list[str]:
        """The addresses that any page asked for and that are not on this machine."""
        return [url for window in self.windows for url in window.asked if urlsplit(url).hostname not in (*LOCAL, None)]


@contextmanager
def browsing() -> Iterator[Browsing]:
    """A browser; at the end nothing may have failed in a page, and none may have reached beyond this machine."""
    if CHROMIUM is None:
        leave_out("there is no Chromium")
    if sync_playwright is None:
        leave_out("there is no Playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        opened = Browsing(browser)
        try:
            yield opened
        finally:
            browser.close()
    wrong = [each for window in opened.windows for each in window.wrong]
    assert not opened.strangers(), opened.strangers()
    assert not wrong, wrong


@cache
def axe_source() -> str:
    """axe-core from npm, fetched once; the check is left out, and says so, where npm can't."""
    npm = shutil.which("npm")
    if npm is None:
        leave_out("npm is not installed, so axe-core was not asked")
    with TemporaryDirectory() as folder:
        install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, AXE]
        done = subprocess.run(install, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            leave_out(f"npm can't fetch axe-core: {done.stderr[:200]}")
        return (Path(folder) / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
