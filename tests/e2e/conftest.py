"""The demo's panel in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sheets_sync.demo.panel.app import Panel
from sheets_sync.i18n import language

if TYPE_CHECKING:
    from browser import Browsing


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    with Panel(tmp_path_factory.mktemp("panel") / "demo", language("id")) as opened:
        yield opened


@pytest.fixture(scope="module")
def chromium(panel: Panel) -> Iterator[Browsing]:
    """A browser for a module's pages, closed before the panel."""
    from browser import browsing

    with browsing() as opened:
        yield opened
