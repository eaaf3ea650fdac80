"""The typesetter, as a program: what it has learned of a document it keeps as long as its process lives.

Run as `python -m sheets_sync.reports.press TEMPLATE FONTS < data > document.pdf`.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import typst

_local = threading.local()


def pressed(template: Path, fonts: Path, data: str) -> bytes:
    """A template with its data, as PDF/UA-1 with its fonts embedded."""
    pdf = _typesetter(template, fonts).compile(format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1")
    assert isinstance(pdf, bytes)
    return pdf


def _typesetter(template: Path, fonts: Path) -> typst.Compiler:
    """A compiler is not to be shared between threads; each keeps its own, with the template read and fonts loaded."""
    known: dict[Path, typst.Compiler] = _local.__dict__.setdefault("typesetters", {})
    if template not in known:
        known[template] = typst.Compiler(str(template), font_paths=[str(fonts)], ignore_system_fonts=True)
    return known[template]


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # who waits for the document decides what ends
    sys.stdout.buffer.write(pressed(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.buffer.read().decode()))
