"""What people see: mails in a browser at two widths in light and dark, and the letter's pages.

With SHEETS_SYNC_PICTURES naming a folder, pictures of all of them are kept there for a person to look at.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pictures
import pytest
from browser import browsing
from PIL import Image
from rekap_sample import context
from sample_months import NOW, OCTOBER, everybody, library_month, office_month, sample_voice, silent_month

from sheets_sync.mail.files import page
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import LibraryMonth
from sheets_sync.rekap.html import html as rekap_html
from sheets_sync.rekap.pages import plan
from sheets_sync.reports.letter import letter
from sheets_sync.reports.letter_parts import letter_pdf
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.reminders import Reminder
from sheets_sync.reports.render import Renderer

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PDFTOPPM = shutil.which("pdftoppm")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--allow-file-access-from-files",
)  # fmt: skip
DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
WIDTHS = (360, 1280)
LONG = "Perpustakaan_Desa_dengan_nama_yang_sangat_panjang_tanpa_satu_pun_spasi_di_dalamnya_Nomor_Satu"


def mails(language: str) -> dict[str, str]:
    """The pages of a library's, a silent library's and the office's mail, of a reminder, and of one with a hostile name."""
    entries: list[LibraryMonth] = [library_month(), silent_month(), library_month(LONG)]
    reports = ReportOptions(office_recipients=(OfficeRecipient(name="Sekretaris", address="s@example.org"),))
    month = office_month(entries)
    outbox = Outbox(month, Renderer(sample_voice(language)), reports, MailOptions(), 1, NOW, everybody(month))
    reminder = Reminder(OCTOBER, 2, date(2024, 11, 6), date(2024, 11, 5))
    planned = [*outbox.planned(), *outbox.reminders(reminder)]
    names = ("office", "library", "silent", "long-name", "reminder")
    pages = [page(message_from_bytes(each.message, policy=policy.default)) for each in planned]
    return {f"{name}-{language}": each for name, each in zip(names, pages, strict=True)}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("SHEETS_SYNC_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def browse(tmp_path: Path) -> Callable[..., str]:
    """Runs the browser on a page; gives what it prints."""

    def run(*arguments: str) -> str:
        command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout

    return run


def tabs() -> dict[str, str]:
    """The pages of the program's own tabs, as a browser shows them."""
    return {planned.page.role: rekap_html(planned.page, "id") for planned in plan(context(), ())}


def gallery(folder: Path, pages: dict[str, str]) -> Path:
    """A page that frames every mail at every width, and measures them."""
    frames = "".join(
        f'<iframe title="{name}" width="{width}" height="900" style="border:0;margin:8px;vertical-align:top" srcdoc="{html.escape(each)}"></iframe>'
        for width in WIDTHS
        for name, each in pages.items()
    )
    script = (Path(__file__).parents[1] / "support" / "gallery.js").read_text(encoding="utf-8")
    path = folder / "mails.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><body style="background:#888;margin:0">{frames}'
        f'<script type="application/json" id="measured"></script><script>{script}</script>',
        encoding="utf-8",
    )
    return path


@pytest.mark.skipif(not CHROMIUM, reason="left out: how mails look in a browser; needs chromium")
@pytest.mark.parametrize("scheme", [(), DARK], ids=["light", "dark"])
def test_mails_and_tabs_hold_up_at_every_width(scheme: tuple[str, ...], kept: Path, browse: Callable[..., str]) -> None:
    """At 360 and 1280 pixels, in light and dark, nothing sticks out, every text can be read and every picture shows."""
    path = gallery(kept, {**mails("id"), **mails("en"), **tabs()})
    said = browse(*scheme, "--dump-dom", path.as_uri())
    measured: list[dict[str, Any]] = json.loads(said.split('id="measured">')[1].split("</script>")[0])
    assert len(measured) == len(WIDTHS) * (2 * 5 + len(tabs()))
    for mail in measured:
        where = (mail["name"], mail["width"])
        assert mail["scrolls"] <= mail["width"], where
        assert (mail["wide"], mail["faint"], mail["small"]) == ([], [], 0), where
        assert all(mail["pictures"]), where
        assert bool(mail["pictures"]) is mail["name"].startswith(("library", "office", "long-name")), where
    if "SHEETS_SYNC_PICTURES" in os.environ:
        shot = kept / f"mails-{'dark' if scheme else 'light'}.png"
        browse(*scheme, "--window-size=4200,9000", f"--screenshot={shot}", path.as_uri())


@pytest.mark.skipif(not PDFTOPPM, reason="left out: how the letter's pages look; needs pdftoppm (poppler-utils)")
@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_of_the_letter_keep_their_margins(language: str, kept: Path) -> None:
    """No page of the letter is empty, and nothing runs into its margins, however long a name is."""
    context = sample_voice(language)
    month = office_month([library_month(), silent_month(), library_month(LONG)])
    pdf = kept / f"letter-{language}.pdf"
    pdf.write_bytes(letter_pdf(letter(month, context, "Kepala Dinas", date(2024, 11, 6)), context))
    subprocess.run([str(PDFTOPPM), "-r", "60", "-png", str(pdf), str(pdf.with_suffix(""))], check=True, timeout=60)
    pages = sorted(kept.glob(f"letter-{language}-*.png"))
    assert len(pages) >= 4
    for each in pages:
        with Image.open(each) as picture:
            grey = picture.convert("L")
        left, top, right, bottom = grey.point(lambda shade: 255 if shade < 250 else 0).getbbox() or (0, 0, 0, 0)
        centimetre = 60 / 2.54
        assert left > 2 * centimetre, each.name
        assert grey.width - right > 2 * centimetre, each.name
        assert top > 0.8 * centimetre, each.name
        assert grey.height - bottom > 0.8 * centimetre, each.name
        assert bottom - top > 5 * centimetre, each.name


FAULTY = """<!doctype html><meta charset="utf-8"><title>x</title><body style="margin:0;font:16px sans-serif">
<p style="color:#aaaaaa">faint</p><p style="font-size:9px">small</p><p style="width:900px">wide</p><p>&#xE000;</p>
<table style="table-layout:fixed;width:200px"><tr><td style="overflow:hidden;white-space:nowrap">A text that is cut</td><td>x</td></tr></table>
<img src="missing.png">"""
CLEAN = """<!doctype html><meta charset="utf-8"><title>x</title><body style="margin:0;font:16px sans-serif"><p>Skor 7,72 – sedang ▲ ⚠</p>"""


def test_what_the_eye_stumbles_over_is_measured(tmp_path: Path) -> None:
    """Each fault of a page is found at each width and scheme, and none on a page that has none."""
    for name, text in (("faulty", FAULTY), ("clean", CLEAN)):
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    with browsing() as opened:
        found = {
            name: list(
                pictures.look(opened.browser, pictures.Sight(name, (tmp_path / f"{name}.html").as_uri()), tmp_path)
            )
            for name in ("faulty", "clean")
        }
    assert {len(each) for each in found.values()} == {4}
    for each in found["faulty"]:
        wanted = {"scrolls", "faint", "small", "cut", "missing", "blank"} - (
            {"scrolls"} if each["width"] == 1280 else set()
        )
        assert wanted <= set(each), each
    assert all(set(each) == {"name", "width", "scheme"} for each in found["clean"]), found["clean"]
    assert len(list(tmp_path.glob("*.png"))) == 8
