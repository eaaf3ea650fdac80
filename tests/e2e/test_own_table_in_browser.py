"""One's own table in a real Chromium: pasted or dropped, its headings corrected with the mouse, synced, downloaded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import requests
from browser import Browsing, Window
from installation import installation

from sheets_sync.clock import clock_from
from sheets_sync.demo.panel.app import Panel
from sheets_sync.i18n import language
from sheets_sync.jobs.adopt import adopt
from sheets_sync.web.adoption import AdoptPages, Desk
from sheets_sync.web.server import LocalPages

TABLE = """Perpustakaan\tBulan\tPengunjung di tempat\tTamu malam\tAnggota baru\tNomor rak
Desa Sari\tJanuari 2024\t12\t7\t2\t<b>9</b>
Desa Sari\tFebruari 2024\t15\t4\t3\t9
Desa Batu\tJanuari 2024\t20\t1\t0\t8
"""


@pytest.fixture(scope="module")
def window(chromium: Browsing, panel: Panel) -> Window:
    return chromium.open(panel.address)


def correct(window: Window, heading: str, label: str) -> None:
    """Says what a heading is, and waits until the proposal has been made anew."""
    window.page.locator(f'select[data-text="{heading}"]').select_option(label=label)
    window.page.locator("tr", has=window.page.locator(f'[data-text="{heading}"]')).locator(
        "text=jawaban Anda"
    ).wait_for()


def test_a_pasted_table_is_adopted_and_synced(window: Window) -> None:
    """A heading that was taken for something new becomes what one says; then Rekap stands in the workbook."""
    page = window.page
    page.locator("a[href='/own']").click()
    page.locator("#table").fill(TABLE)
    page.locator("#take").click()
    page.locator("select[data-text='Tamu malam']").wait_for()
    assert window.faults() == []
    correct(window, "Tamu malam", "Pengunjung daring")
    correct(window, "Nomor rak", "lewati")
    read = page.locator("table").last.inner_text()
    assert "Desa Sari" in read
    assert "6" in read
    page.locator("#sync").click()
    book = page.frame_locator("iframe")
    book.locator("table[aria-label=Rekap]").wait_for()
    book.locator("td", has_text="Desa Sari").first.wait_for()
    assert "Ditulis: " in page.locator("#result").inner_text()
    with page.expect_download() as saved:
        page.locator("a[download]").click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        elements = archive.read("elements.yaml").decode()
        assert sorted(archive.namelist()) == ["elements.yaml", "inputs.yaml", "register.csv"]
    assert '"Tamu malam"' in elements


def test_a_dropped_workbook_is_taken(window: Window, tmp_path: Path) -> None:
    """An .xlsx opens the same page; what is none says so and changes nothing."""
    page = window.page
    page.goto(page.url.partition("/own")[0] + "/own")
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in TABLE.splitlines():
        book.active.append(line.split("\t"))
    good, bad = tmp_path / "tabel.xlsx", tmp_path / "rusak.xlsx"
    book.save(good)
    bad.write_bytes(b"PK nothing")
    page.locator("#file").set_input_files(bad)
    page.locator("#state", has_text="bukan berkas .xlsx").wait_for()
    window.wrong.clear()  # the browser notes every answer of 422
    page.locator("#file").set_input_files(good)
    page.locator("select[data-text='Tamu malam']").wait_for()


def test_an_operator_s_page_stands_behind_a_key(tmp_path: Path) -> None:
    """`adopt ID --open`: let in once by the key, the page writes nothing to the workbook and gives the configuration."""
    with installation(tmp_path / "here") as here:
        here.settings()
        with here.app(clock_from(here.clock.now)) as app:
            desk = Desk(app, adopt(app, here.workbook), language("en"))
            with LocalPages(AdoptPages(desk).routes) as pages:
                root, session = f"http://127.0.0.1:{pages.port}", requests.Session()
                session.headers["Connection"] = "close"
                assert session.get(f"{root}/configuration.zip", timeout=20).status_code == 403
                assert "Perpustakaan Desa Tangkum" in session.get(pages.address, timeout=20).text
                assert requests.get(pages.address, timeout=20).status_code == 403
                foreign = session.post(f"{root}/correct", json={}, headers={"Origin": "http://x.example"}, timeout=20)
                assert foreign.status_code == 403
                here.google.log.clear()
                assert session.post(f"{root}/correct", json={"said": {"Tenaga": "ignored"}}, timeout=20).ok
                files = zipfile.ZipFile(io.BytesIO(session.get(f"{root}/configuration.zip", timeout=20).content))
                assert {"inputs.yaml", "elements.yaml"} <= set(files.namelist())
                assert here.google.log.count() == 0
