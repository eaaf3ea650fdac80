"""Annexes of a large office in volumes: what stands in which, that all agree on it, and how their pages look."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_months import NOW, library_month, office_month, sample_voice

from sheets_sync.model import LibraryMonth, OfficeMonth
from sheets_sync.model.left_out import LeftOut
from sheets_sync.reports.attachments import attachments
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter import letter, letter_volumes
from sheets_sync.reports.letter_parts import letter_pdf
from sheets_sync.reports.letter_words import Letter
from sheets_sync.reports.library_report import LibraryReport, library_report
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.typesetting import NotTypesetError, typeset
from sheets_sync.reports.volumes import volumes

ENTRY = library_month()
DAY = date(2024, 11, 6)
CONTEXT = sample_voice()
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of poppler-utils")


def libraries(districts: Sequence[str]) -> tuple[LibraryMonth, ...]:
    """A library in each, numbered."""
    return tuple(
        replace(ENTRY, library=replace(ENTRY.library, code=f"l{n}", name=f"Desa {n}", district=district))
        for n, district in enumerate(districts)
    )


def office(districts: Sequence[str]) -> OfficeMonth:
    return replace(office_month(), libraries=libraries(districts))


def bound(districts: Sequence[str], most: int) -> list[list[tuple[str, list[int]]]]:
    """By volume and group: its title, and the libraries' numbers."""
    return [
        [(group.title, [int(entry.library.name[5:]) for entry in group.entries]) for group in volume.groups]
        for volume in volumes(libraries(districts), most, CONTEXT)
    ]


@given(st.lists(st.sampled_from(["", "Awang", "awang", "Paku", "Dusun Timur", "Benua Lima"])), st.integers(0, 9))
def test_every_library_is_in_one_volume(districts: list[str], most: int) -> None:
    """None is lost, none is there twice, no volume is too large or empty; all is numbered through."""
    made = volumes(libraries(districts), most, CONTEXT)
    groups = [group for volume in made for group in volume.groups]
    numbered = [(group.first + n, entry) for group in groups for n, entry in enumerate(group.entries)]
    assert bool(made) is (0 < most < len(districts))
    if made:
        assert [number for number, _ in numbered] == list(range(1, len(districts) + 1))
        assert sorted(entry.library.code for _, entry in numbered) == sorted(f"l{n}" for n in range(len(districts)))
        assert all(0 < volume.last - volume.first + 1 <= most for volume in made)
        assert [(volume.number, volume.total) for volume in made] == [(n + 1, len(made)) for n in range(len(made))]


@pytest.mark.parametrize(
    ("districts", "most", "expected"),
    [
        pytest.param(
            ["Paku", "Awang", "Paku", "Awang", "Awang"], 3,
            [[("Kecamatan Paku", [0, 2])], [("Kecamatan Awang", [1, 3, 4])]], id="a kecamatan stays together, in the register's order",
        ),
        pytest.param(
            ["Paku", "PAKU ", "Awang"], 2, [[("Kecamatan Paku", [0, 1])], [("Kecamatan Awang", [2])]], id="however it is typed",
        ),
        pytest.param(
            ["Paku"] * 5 + ["Awang"], 4,
            [[("Kecamatan Paku (bagian 1)", [0, 1, 2])], [("Kecamatan Paku (bagian 2)", [3, 4]), ("Kecamatan Awang", [5])]],
            id="one that is too large in equal parts",
        ),
        pytest.param(
            ["", "Paku", ""], 2, [[("Kecamatan Paku", [1])], [("Tanpa kecamatan", [0, 2])]], id="those without one last",
        ),
        pytest.param([""] * 3, 2, [[("Desa 0 – Desa 1", [0, 1])], [("Desa 2 – Desa 2", [2])]], id="none has one: by alphabet"),
        pytest.param(
            ["Paku"] * 11, 6, [[("Desa 0 – Desa 5", [0, 1, 2, 3, 4, 5])], [("Desa 6 – Desa 10", [6, 7, 8, 9, 10])]],
            id="all have the same one: by alphabet, 2 before 10",
        ),
    ],
)  # fmt: skip
def test_how_libraries_are_bound(districts: list[str], most: int, expected: list[list[tuple[str, list[int]]]]) -> None:
    """By kecamatan where the register has them, else by alphabet."""
    assert bound(districts, most) == expected


@cache
def made() -> tuple[Letter, tuple[Letter, ...]]:
    """The letter of 60 libraries in 3 kecamatan, of which one name is long, and its volumes of at most 50."""
    month = office(["Awang"] * 38 + ["Paku"] * 7 + ["Dusun Timur"] * 15)
    content = letter(month, CONTEXT, "Bupati", DAY, 50)
    return content, tuple(letter_volumes(content, month, CONTEXT, 50))


def test_the_letter_says_where_each_library_is() -> None:
    """Its index agrees with the volumes; the libraries' rows are in these, not in it."""
    content, bound_ = made()
    assert (content.annexes, content.report.rows, content.enclosures) == ((), (), "60 lampiran dalam 2 jilid terpisah")
    assert [(line.title, line.count, line.annexes, line.volume) for line in content.index] == [
        ("Kecamatan Awang", "38", "1–38", "1"), ("Kecamatan Paku", "7", "39–45", "1"), ("Kecamatan Dusun Timur", "15", "46–60", "2"),
    ]  # fmt: skip
    heads = [volume.volume for volume in bound_]
    assert [head and head.title for head in heads] == ["Lampiran jilid 1 dari 2", "Lampiran jilid 2 dari 2"]
    assert [len(volume.annexes) for volume in bound_] == [45, 15]
    assert bound_[1].annexes[0].title.startswith("Lampiran 46: Desa 45")
    assert [row.name for head in heads if head for group in head.groups for row in group.rows] == [
        f"Desa {n}" for n in range(60)
    ]


@cache
def printed(number: int) -> bytes:
    """A volume as PDF; the first has so many annexes that it is typeset apart."""
    return letter_pdf(made()[1][number], CONTEXT)


def words_by_page(pdf: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@needs_poppler
def test_a_volume_s_contents_name_the_right_pages() -> None:
    """Each library's page is where the contents say, and every page says which it is of how many."""
    pages = words_by_page(printed(0))
    rows = [row for page in pages for row in re.findall(r"^ *(\d+) +(Desa \d+) .* (\d+)$", page, re.MULTILINE)]
    assert len(rows) == 45
    assert all(f"Lampiran {number}: {name}\n" in pages[int(page) - 1] for number, name, page in rows)
    assert all(f"Halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, start=1))


@needs_poppler
@pytest.mark.parametrize("rows", [*range(30, 46)])
def test_a_table_over_pages_repeats_its_head_and_leaves_no_row_alone(rows: int) -> None:
    """However long it is, each of its pages has the heads and at least three rows."""
    month, context = office([""] * rows), CONTEXT
    pages = words_by_page(letter_pdf(letter(month, context, "Bupati", DAY, 0), context))
    counts = [len(re.findall(r"^ *Desa \d+ +\d,\d\d ", page, re.MULTILINE)) for page in pages]
    assert sum(counts) == rows
    assert all(count >= 3 and "Kategori" in page for count, page in zip(counts, pages, strict=True) if count)


def test_a_document_has_the_same_bytes_wherever_it_is_typeset(tmp_path: Path) -> None:
    """In this process or in one of its own, both as PDF/UA, whatever characters are in it."""
    text = '#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title, date: none)\n#set text(font: "Inter", lang: "id")\n#data.title'
    (tmp_path / "letter.typ").write_text(text, encoding="utf-8")
    here, apart = (typeset("letter.typ", {"title": "Désa № 1 – “A”"}, tmp_path, apart=apart) for apart in (False, True))
    assert here == apart
    assert b"pdfuaid:part" in here


def test_a_typesetter_that_fails_says_so(tmp_path: Path) -> None:
    """Its process ends without a document: what it said is told, and no half file is taken for one."""
    (tmp_path / "letter.typ").write_text("#panic(sys.inputs.data)", encoding="utf-8")
    with pytest.raises(NotTypesetError, match="panicked"):
        typeset("letter.typ", {"a": "ini"}, tmp_path, apart=True)


def test_a_library_whose_page_cant_be_made_is_in_no_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are numbered without it; the letter and who asked for it are told."""

    def failing(month: OfficeMonth, entry: LibraryMonth, context: ReportContext) -> LibraryReport:
        assert entry.library.name != "Desa 1"
        return library_report(month, entry, context)

    seen = list[Letter]()

    def kept(said: Letter, _: ReportContext) -> bytes:
        seen.append(said)
        return b""

    monkeypatch.setattr("sheets_sync.reports.letter.library_report", failing)
    monkeypatch.setattr("sheets_sync.reports.attachments.letter_pdf", kept)
    told = list[LeftOut]()
    attachments(office(["Awang"] * 3 + ["Paku"] * 3), CONTEXT, ReportOptions(letter_annexes_up_to=3), NOW, told.append)
    content, *bound_ = seen[-3:]
    assert [each.library.name for each in told] == ["Desa 1"]
    assert any("Desa 1 tidak termuat" in line for line in content.report.follow_up)
    assert [each.title for volume in bound_ for each in volume.annexes] == [
        f"Lampiran {n}: {name}" for n, name in enumerate(("Desa 0", "Desa 2", "Desa 3", "Desa 4", "Desa 5"), start=1)
    ]


def test_a_report_s_files_are_put_by_one_after_the_other() -> None:
    """Letter, figures, volumes: each is made only when the one before has been put by."""
    kept: list[int] = []

    def keep(content: bytes) -> bytes:
        kept.append(len(content))
        return content

    month = office(["Awang"] * 3 + ["Paku"] * 3)
    files = attachments(month, CONTEXT, ReportOptions(letter_annexes_up_to=3), NOW, keep=keep)
    assert [each.name.removeprefix("barito-timur-2024-10") for each in files] == [
        ".pdf", ".xlsx", "-lampiran-1-dari-2.pdf", "-lampiran-2-dari-2.pdf",
    ]  # fmt: skip
    assert [each.title for each in files][2:] == [
        "Lampiran jilid 1 dari 2: Kecamatan Awang",
        "Lampiran jilid 2 dari 2: Kecamatan Paku",
    ]
    assert kept == [len(each.content) for each in files]
