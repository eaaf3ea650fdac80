"""October to February with an office of eight libraries: after each step pages and mails say what was written down by hand.

Two figures are required, and the score is the mean visits of the year to date: a hundred a month are 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from installation import Installation
from office_days import by_hand, mails
from office_story import (
    LOANS,
    VISITS,
    goes_on,
    in_register,
    mails_by_address,
    questions,
    registers,
    rekap,
    sets_up,
    story,
    types,
)

from sheets_sync.model import Period

FIRST = ("Anggrek", "Bakung", "Cempaka", "Dahlia", "Eboni", "Flamboyan", "Gaharu")
OCTOBER, NOVEMBER, DECEMBER, JANUARY = (Period(2024, 10) + number for number in range(4))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    with story(tmp_path) as office:
        yield office


def said(text: str) -> str:
    """What was written down by hand, a line a row."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def test_five_months(here: Installation) -> None:
    """Each step's Rekap, Perlu Dicek and mails are those that were written down before it was run."""
    _begins(here)
    _october_comes_in(here)
    _october_is_due(here)
    _october_is_reported(here)
    _october_is_put_right(here)
    _people_change_tabs_and_names(here)
    _november(here)
    _december(here)
    _a_sealed_month_is_revised(here)


def _begins(here: Installation) -> None:
    """Setup before the register is filled leaves no form; after it each library has one; a third time nothing is made."""
    assert set(sets_up(here).made) == {"Petunjuk", "Rekap", "Perlu Dicek", "Rincian", "Indikator", "Perpustakaan"}
    for name in FIRST:
        registers(here, name)
    assert goes_on(here, "2024-10-25T10:00") == 0
    assert sets_up(here).made == ("Petunjuk", *FIRST)  # the guide now names a library
    assert sets_up(here).made == ()


def _october_comes_in(here: Installation) -> None:
    """The evening before the last day: three are complete, three in part, one has not begun; nobody is late."""
    types(here, "Anggrek", "Oktober 2024", 100, 40)
    types(here, "Bakung", "Oktober 2024", "sekitar 80", 30)
    types(here, "Cempaka", "Oktober 2024", 60, "20 buku")
    types(here, "Dahlia", "Oktober 2024", visits=50)
    types(here, "Flamboyan", "Oktober 2024", 90, 10)
    types(here, "Gaharu", "Oktober 2024", 70, 15)
    types(here, "Gaharu", "November 2024", 70, 25)
    here.person().worksheet("Gaharu").update([["Oktober 2024"]], "A12")  # instead of November: October twice
    assert goes_on(here, "2024-11-04T20:00") == 0
    assert rekap(here.person()) == said("""
        sudah lapor: 6 dari 7
        belum lapor Okt 2024: 1
        Kelengkapan: 64 %
        Lengkap tepat waktu: 3 dari 3, 4 belum diketahui: 100 %
        tinggi: 2
        sedang: 2
        rendah: 1
        data belum cukup: 2
        Perlu dicek: 2
        Anggrek | lapor | 10,00 |  | ya
        Bakung | sebagian |  | 1 | –
        Cempaka | lapor | 6,00 |  | ya
        Dahlia | sebagian | 5,00 |  | –
        Eboni | belum lapor |  |  | –
        Flamboyan | lapor | 9,00 |  | ya
        Gaharu | sebagian | 7,00 | 1 | –
        """)
    assert questions(here.person()) == said("""
        F-NUMBER | Bakung | Okt 2024 | sekitar 80 | terbuka
        F-TWICE | Gaharu | Okt 2024 | 15 · 25 | terbuka
        INFO | Cempaka |  |  | info
        """)


def _october_is_due(here: Installation) -> None:
    """The morning after: who was not complete is late, whose figures are in question is not judged yet."""
    assert goes_on(here, "2024-11-06T07:30") == 0
    assert rekap(here.person()) == said("""
        sudah lapor: 6 dari 7
        belum lapor Okt 2024: 1
        Kelengkapan: 64 %
        Lengkap tepat waktu: 3 dari 6, 1 belum diketahui: 50 %
        tinggi: 2
        sedang: 2
        rendah: 1
        data belum cukup: 2
        Perlu dicek: 2
        Anggrek | lapor | 10,00 |  | ya
        Bakung | sebagian |  | 1 | terlambat
        Cempaka | lapor | 6,00 |  | ya
        Dahlia | sebagian | 5,00 |  | terlambat
        Eboni | belum lapor |  |  | terlambat
        Flamboyan | lapor | 9,00 |  | ya
        Gaharu | sebagian | 7,00 | 1 | –
        """)


def _october_is_reported(here: Installation) -> None:
    """The office lets its first report go: a mail a library, two for the office, with the figures of Rekap."""
    by_hand(here, OCTOBER)
    sent = mails_by_address(here, 0)
    assert set(sent) == {f"{name.lower()}@example.org" for name in (*FIRST, "sekretaris", "kepala")}
    office = sent["sekretaris@example.org"]
    for sentence in (
        "6 dari 7 perpustakaan sudah melapor.",
        "Lengkap tepat waktu: 50 % (3 dari 6 perpustakaan; 1 belum diketahui)",
        "- Belum lapor Oktober 2024: Eboni.",
        "- 2 pertanyaan terbuka di tab Perlu Dicek: Bakung (1), Gaharu (1).",
        "- Anggrek: 10,00 · tinggi · lapor",
        "- Bakung: – · data belum cukup · sebagian · 1 pertanyaan terbuka",
    ):
        assert sentence in office
    assert "sebagian data Oktober 2024 sudah kami terima" in sent["dahlia@example.org"]
    assert "Yang masih kosong: Peminjaman (eksemplar)." in sent["dahlia@example.org"]
    assert "Data Oktober 2024 belum kami terima." in sent["eboni@example.org"]


def _october_is_put_right(here: Installation) -> None:
    """All is typed: nobody's lateness changes, but Gaharu's figures were there in time."""
    types(here, "Bakung", "Oktober 2024", 80)
    types(here, "Dahlia", "Oktober 2024", loans=5)
    types(here, "Eboni", "Oktober 2024", 40, 8)
    here.person().worksheet("Gaharu").update([["November 2024", "", "", "", "", "", "", ""]], "A12")
    assert goes_on(here, "2024-11-10T09:00") == 0
    assert rekap(here.person()) == said("""
        sudah lapor: 7 dari 7
        belum lapor Okt 2024: 0
        Kelengkapan: 100 %
        Lengkap tepat waktu: 4 dari 7: 57 %
        tinggi: 2
        sedang: 3
        rendah: 2
        data belum cukup: 0
        Perlu dicek: 0
        Anggrek | lapor | 10,00 |  | ya
        Bakung | lapor | 8,00 |  | terlambat
        Cempaka | lapor | 6,00 |  | ya
        Dahlia | lapor | 5,00 |  | terlambat
        Eboni | lapor | 4,00 |  | terlambat
        Flamboyan | lapor | 9,00 |  | ya
        Gaharu | lapor | 7,00 |  | ya
        """)
    assert questions(here.person()) == said("""
        INFO | Bakung |  |  | info
        INFO | Cempaka |  |  | info
        INFO | Dahlia |  |  | info
        INFO | Eboni |  |  | info
        """)


def _people_change_tabs_and_names(here: Installation) -> None:
    """A tab renamed, one moved, one copied, a library renamed, the register too: the copy is asked about, no form is made."""
    before = rekap(here.person())
    book = here.person()
    book.worksheet("Cempaka").update_title("Data kami")
    book.worksheet("Bakung").update_index(0)
    book.duplicate_sheet(book.worksheet("Dahlia").id, new_sheet_name="Salinan dari Dahlia")
    book.worksheet("Perpustakaan").update_title("Daftar perpustakaan")
    assert sets_up(here).made == ()
    assert goes_on(here, "2024-11-20T09:00") == 0
    assert sets_up(here).made == ()
    assert rekap(here.person()) == before.replace("Perlu dicek: 0", "Perlu dicek, 1 di antaranya untuk dinas: 1")
    assert "F-TAB-COPY |  |  | Salinan dari Dahlia | terbuka" in questions(here.person())
    book.del_worksheet(book.worksheet("Salinan dari Dahlia"))
    book.worksheet("Daftar perpustakaan").update_title("Perpustakaan")


def _november(here: Installation) -> None:
    """Eboni closes, a column and notes come in, rows of Perlu Dicek go; all that are in service report in time."""
    in_register(here, "Eboni", "Aktif sampai", "31/10/2024")
    book = here.person()
    book.worksheet("Anggrek").insert_cols([["Catatan petugas", "hujan"]], 2)
    book.worksheet("Flamboyan").update([["ditelepon 3 Des"]], "AB12")
    book.worksheet("Perlu Dicek").delete_rows(4, 5)
    for tab, visits, loans in (
        *(("Anggrek", 80, 30), ("Bakung", 80, 31), ("Data kami", 60, 21), ("Dahlia", 70, 6)),
        *(("Flamboyan", 90, 12), ("Gaharu", 90, 16)),
    ):
        types(here, tab, "November 2024", visits, loans)
    assert goes_on(here, "2024-12-03T09:00") == 0
    assert goes_on(here, "2024-12-06T07:30") == 0
    assert rekap(here.person()) == said("""
        sudah lapor: 6 dari 6
        belum lapor Nov 2024: 0
        Kelengkapan: 100 %
        Lengkap tepat waktu: 6 dari 6: 100 %
        tinggi: 2
        sedang: 4
        rendah: 0
        data belum cukup: 0
        Perlu dicek: 0
        Anggrek | lapor | 9,00 |  | ya
        Bakung | lapor | 8,00 |  | ya
        Cempaka | lapor | 6,00 |  | ya
        Dahlia | lapor | 6,00 |  | ya
        Flamboyan | lapor | 9,00 |  | ya
        Gaharu | lapor | 8,00 |  | ya
        """)
    assert here.person().worksheet("Flamboyan").acell("AB12").value == "ditelepon 3 Des"


def _december(here: Installation) -> None:
    """Melati joins and gets a form, the only one that setup makes; its address, and a changed one, get no mail yet."""
    by_hand(here, NOVEMBER)
    registers(here, "Melati", **{"Aktif sejak": "01/12/2024"})
    in_register(here, "Anggrek", "E-mail", "baru@example.org")
    assert goes_on(here, "2024-12-10T09:00") == 0
    assert sets_up(here).made == ("Melati",)
    for tab, visits, loans in (
        *(("Anggrek", 90, 35), ("Bakung", 80, 32), ("Data kami", 60, 22), ("Dahlia", 60, 7)),
        *(("Flamboyan", 90, 11), ("Gaharu", 80, 17), ("Melati", 30, 3)),
    ):
        types(here, tab, "Desember 2024", visits, loans)
    assert goes_on(here, "2025-01-04T09:00") == 0
    assert goes_on(here, "2025-01-06T07:30") == 0
    assert rekap(here.person()) == said("""
        sudah lapor: 7 dari 7
        belum lapor Des 2024: 0
        Kelengkapan: 100 %
        Lengkap tepat waktu: 7 dari 7: 100 %
        tinggi: 2
        sedang: 4
        rendah: 1
        data belum cukup: 0
        Perlu dicek: 3
        Anggrek | lapor | 9,00 |  | ya
        Bakung | lapor | 8,00 | 1 | ya
        Cempaka | lapor | 6,00 | 1 | ya
        Dahlia | lapor | 6,00 |  | ya
        Flamboyan | lapor | 9,00 | 1 | ya
        Gaharu | lapor | 8,00 |  | ya
        Melati | lapor | 3,00 |  | ya
        """)
    asked = [line for line in questions(here.person()).splitlines() if not line.startswith("INFO")]
    assert asked == [
        "E-SAME | Bakung | Des 2024 | 80 | terbuka",  # the same visits three months on end
        "E-SAME | Cempaka | Des 2024 | 60 | terbuka",
        "E-SAME | Flamboyan | Des 2024 | 90 | terbuka",
    ]
    before = mails(here)
    by_hand(here, DECEMBER)
    sent = mails_by_address(here, before)
    assert set(sent) == {f"{name}@example.org" for name in ("bakung", "cempaka", "dahlia", "flamboyan", "gaharu", "sekretaris", "kepala")}  # fmt: skip
    assert "baru@example.org" in sent["sekretaris@example.org"]
    assert "⚠ 2 alamat baru atau yang berubah belum dikirimi surel: Anggrek, Melati." in _top(here)


def _a_sealed_month_is_revised(here: Installation) -> None:
    """In January Bakung corrects December: Rekap counts it at once, the next report tells it, the sealed one stays."""
    types(here, "Bakung", "Desember 2024", 95)
    for tab in ("Anggrek", "Bakung", "Data kami", "Dahlia", "Flamboyan", "Gaharu", "Melati"):
        _january(here, tab)
    assert goes_on(here, "2025-02-04T09:00") == 0
    assert goes_on(here, "2025-02-06T07:30") == 0
    before = mails(here)
    by_hand(here, JANUARY)
    sent = mails_by_address(here, before)
    revised = "Desember 2024 direvisi: Pengunjung di tempat 80 → 95"
    assert revised in sent["bakung@example.org"]
    assert f"Bakung: {revised}" in sent["sekretaris@example.org"]
    assert rekap(here.person()).splitlines()[0] == "sudah lapor: 7 dari 7"


def _january(here: Installation, tab: str) -> None:
    """A librarian adds the new year's first row below the old one's."""
    sheet = here.person().worksheet(tab)
    head = sheet.row_values(1)
    row = ["" for _ in head]
    row[0], row[head.index(VISITS)], row[head.index(LOANS)] = (
        "Januari 2025",
        "70",
        "9",
    )
    sheet.update([row], "A14")


def _top(here: Installation) -> str:
    return "\n".join(row[0] for row in here.person().worksheet("Rekap").get_all_values()[:8])
