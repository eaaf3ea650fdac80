"""A person at the authorization page of a local Google: opens the address, picks an account, comes back to the program."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import requests


class BrowserPerson:
    """Follows the link of an account as soon as an address is told; `scopes` leaves out what was not ticked."""

    def __init__(self, account: str, scopes: Callable[[list[str]], list[str]] = lambda asked: asked) -> None:
        self.account, self._scopes = account, scopes
        self.opened: list[str] = []

    def __call__(self, url: str) -> None:
        self.opened.append(url)
        threading.Thread(target=self._click, args=(url,), daemon=True).start()

    def _click(self, url: str) -> None:
        page = requests.get(url, timeout=10)
        page.raise_for_status()
        text = f"Allow as {self.account}" if self.account else "Cancel"
        links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', page.text)
        link = next(unescape(href) for href, said in links if said.startswith(text))
        parts = urlsplit(link)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        query["scope"] = " ".join(self._scopes(query["scope"].split()))
        base = urlsplit(url)
        requests.get(f"{base.scheme}://{base.netloc}{parts.path}?{urlencode(query)}", timeout=10)
