"""Commands that stay open in a browser until somebody stops them."""

from __future__ import annotations

import signal
import threading

from sheets_sync.cli.session import Session


def until_stopped() -> None:
    """Waits for Ctrl+C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(3600):
        pass


def stay_open(session: Session, address: str) -> None:
    """Tells the address, opens it where there is a browser with a window, and waits until somebody stops it."""
    from sheets_sync.web.server import show_in_browser  # noqa: PLC0415 - an optional extra

    text = session.t("Open this address in a browser on this computer; it is good once: {address}", address=address)
    stop = session.t("Stop with Ctrl+C.")
    session.show(f"{text}\n{stop}", {"address": address})
    show_in_browser(address)
    until_stopped()
