"""Mails, letter, figures and wall page of a quarter and a year: what they say, and what they don't."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html import unescape

import pytest
from demo_memory import demo_memory, demo_settings
from openpyxl import load_workbook

from sheets_sync import kpi
from sheets_sync.errors import ConfigError
from sheets_sync.jobs.span import SpanView, span_view
from sheets_sync.mail.approval import Ruling
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.span_outbox import SpanOutbox
from sheets_sync.model import AsOf, Message, Revision, TimeSpan, msg
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.context import ReportContext, report_context
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Attachment, Parcel, Rendered
from sheets_sync.reports.span_files import library_wall_page, span_attachments
from sheets_sync.reports.span_letter import span_letter, span_letter_pdf
from sheets_sync.reports.span_report import library_span_report, office_span_report
from sheets_sync.reports.span_workbook import span_workbook
from sheets_sync.reports.wall import library_wall, office_wall, wall_pdf

NOW = datetime(2025, 1, 8, 2, 0, tzinfo=UTC)
QUARTER, YEAR = TimeSpan(2024, 3), TimeSpan(2024)


@cache
def seen(span: TimeSpan = YEAR) -> SpanView:
    office, settings = demo_settings()
    return span_view(office, demo_memory(span.last), settings, NOW, span)


def context(language: str = "id", **changes: object) -> ReportContext:
    office, settings = demo_settings()
    labels = kpi.labels(seen().scheme, YEAR.last)
    return report_context(office.model_copy(update={"language": language, **changes}), settings.elements, labels)


def read(html: str) -> str:
    """What a person reads, tags and styles aside."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.split("<body", 1)[1])).split())


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            ["tahun 2024", "Dari 48 laporan bulanan, 40 sudah masuk", "17.837", "Pengunjung di tempat: September 2024 (2.060)",
             "Perpustakaan desa (3)", "1,22 dari target 2,00", "Perpustakaan Desa Tangkum: belum ada laporan November 2024, Desember 2024.",
             "10 dari 12 laporan bulanan", "skema tpbis-2024.1", "CONTOH – ANGKA REKAAN"],
        ),
        (
            "en",
            ["the year 2024", "Of 48 monthly reports, 40 have come in", "17,837", "Visits on site: September 2024 (2,060)",
             "the kind desa (3)", "1.22, target 2.00", "Perpustakaan Desa Tangkum: no report for November 2024, December 2024.",
             "10 of 12 monthly reports", "scheme tpbis-2024.1", "SAMPLE – INVENTED FIGURES"],
        ),
    ],
)  # fmt: skip
def test_both_parts_of_the_office_s_mail_say_the_same(language: str, said: list[str]) -> None:
    """HTML and text give the sums, what was reached, the best months, and what is missing."""
    mail = Renderer(context(language)).office_span(seen().whole, "Kepala Dinas")
    html, text = read(mail.html), " ".join(mail.text.split())
    assert [each for each in said if each not in html or each not in text] == []


def test_a_library_reads_of_itself_alone() -> None:
    """Its figures, its score over the quarter and how it moved; no other library is named."""
    whole = seen(QUARTER).whole
    mail = Renderer(context()).library_span(whole, whole.libraries[0])
    html, text = read(mail.html), " ".join(mail.text.split())
    for said in ("triwulan III 2024", "8,55", "naik 1,13 dibanding triwulan II 2024", "3 sudah kami terima", "348"):
        assert said in html
        assert said in text
    assert "Pangkan" not in html + text
    assert "Siap diteruskan" not in html + text


def test_a_month_without_a_report_is_a_dash() -> None:
    """November, which nobody reported, has no figure and no score; the sum has no zero in it."""
    report = office_span_report(seen().whole, context())
    by_month = {row[0]: row[1:] for row in report.months.rows}
    assert by_month["Nov 2024"] == ("–", "–", "–", "–", "–", "0 dari 4")
    assert by_month["Sep 2024"] == ("2.060", "1.352", "19", "440", "5", "4 dari 4")
    assert by_month["Jumlah"] == ("17.837", "11.730", "152", "3.310", "34", "40 dari 48")


def test_the_letter_says_the_same_and_keeps_its_form() -> None:
    """The month's letter with the months in a table, targets by kind, an annex a library; the same bytes twice."""
    said = span_letter(seen().whole, context(), "Bupati Barito Timur", date(2025, 1, 8))
    assert said.subject == "Laporan kinerja perpustakaan tahun 2024"
    assert "Dari 48 laporan bulanan 4 perpustakaan, 40 sudah masuk." in said.reported
    assert [each.intro for each in said.targets] == [
        "Capaian terhadap target, Perpustakaan desa (3):",
        "Capaian terhadap target, Perpustakaan kabupaten (1):",
    ]
    assert len(said.annexes) == 4
    pdf = span_letter_pdf(said, context())
    assert pdf == span_letter_pdf(said, context())
    assert b"pdfuaid:part" in pdf


def test_many_annexes_of_a_year_come_in_volumes() -> None:
    """Each is a file of its own behind the letter's and the others; the letter says where each library is."""
    options = ReportOptions(letter_annexes_up_to=3)
    files, _ = span_attachments(seen().whole, context(), options, NOW)
    said = span_letter(seen().whole, context(), "Bupati", date(2025, 1, 8), most_annexes=3)
    assert (said.annexes, said.report.rows, said.enclosures) == ((), (), "4 lampiran dalam 2 jilid terpisah")
    assert [each.name.removeprefix("barito-timur-2024") for each in files] == [
        ".pdf", "-dinding.pdf", ".xlsx", "-lampiran-1-dari-2.pdf", "-lampiran-2-dari-2.pdf",
    ]  # fmt: skip
    assert [pages(each.content) for each in files[-2:]] == [1 + 3, 1 + 1]


def test_a_year_may_come_in_several_mails() -> None:
    """Its further mails say what they bring, and belong to the year's report."""
    reports = ReportOptions(to_libraries=False, office_recipients=(OfficeRecipient(name="K", address="k@example.org"),))
    brought = [Attachment(f"{n}.pdf", "application/pdf", bytes(400_000), f"Jilid {n}") for n in range(2)]
    mail = MailOptions(largest_mb=1)
    outbox = SpanOutbox(seen().whole, Renderer(context()), reports, mail, 1, NOW, Ruling())
    planned = list(outbox.planned(brought))
    assert [(each.key.report, each.key.of_report) for each in planned] == [
        ("office-year", ("year", YEAR.last, 1)),
        ("office-year.2", ("year", YEAR.last, 1)),
    ]
    assert b"1.pdf" in planned[1].message


@pytest.mark.incident("disk-full-while-made")
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ConfigError(msg("a template"))])
def test_what_is_wrong_with_the_computer_leaves_no_library_out(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, or a template wrong, for the second library, no year is sealed without its mail."""
    code, right = seen().whole.libraries[1].library.code, Renderer.library_span

    def made(self: Renderer, whole: OfficeSpan, entry: LibrarySpan, parcel: Parcel) -> Rendered:
        if entry.library.code == code:
            raise error
        return right(self, whole, entry, parcel)

    monkeypatch.setattr(Renderer, "library_span", made)
    told, reports = list[Message](), ReportOptions(wall_page="none")
    outbox = SpanOutbox(seen().whole, Renderer(context()), reports, MailOptions(), 1, NOW, Ruling(), told.append)
    with pytest.raises(type(error)):
        list(outbox.planned())
    assert told == []


def test_the_figures_to_work_on() -> None:
    """The workbook has every month of every element, a gap where nothing was reported, and the revisions."""
    first, *rest = seen().whole.libraries
    revised = replace(first, revisions=(Revision(first.library.code, "loans", YEAR.first, 40, 58),))
    book = load_workbook(io.BytesIO(span_workbook(replace(seen().whole, libraries=(revised, *rest)), context(), NOW)))
    rows = list(book["Bulan demi bulan"].iter_rows(min_row=5, values_only=True))
    visits = next(row for row in rows if row[:3] == ("perpusdes-tangkum", first.library.name, "Pengunjung di tempat"))
    assert visits[4:] == (110, 111, 97, 99, 114, 108, 96, 118, 134, 118, None, None, 1105, 10)
    everybody = next(row for row in rows if row[1:3] == ("Semua perpustakaan", "Pengunjung di tempat"))
    assert everybody[-2:] == (17837, 40)
    assert next(book["Revisi"].iter_rows(min_row=6, values_only=True))[-2:] == (40, 58)
    summary = list(book["Ringkasan"].iter_rows(min_row=6, values_only=True))
    assert [row[4:6] for row in summary] == [(10, 12)] * 4


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_wall_page_is_one_page(language: str, paper: str) -> None:
    """The year in large figures, twelve bars and thanks, whatever the names: one page, readable aloud."""
    said = context(language)
    page = office_wall(seen().whole, said, paper)
    assert [bar.figure for bar in page.bars if bar.best] == ["2.060" if language == "id" else "2,060"]
    assert page.bars[10].share is None
    assert max(bar.share or 0 for bar in page.bars) == 1
    pdf = wall_pdf(page, said)
    assert pages(pdf) == 1
    assert b"pdfuaid:part" in pdf
    long = replace(
        page,
        name="Perpustakaan " + "Kabupaten yang namanya panjang sekali " * 6,
        reached=("Sasaran yang panjang sekali namanya, untuk semua orang di kabupaten",) * 8,
        tiles=tuple(replace(tile, figure="123.456.789", word=tile.word * 4) for tile in page.tiles),
        notice="CONTOH " * 30,
    )
    assert pages(wall_pdf(long, said)) == 1
    assert pages(wall_pdf(replace(long, tiles=(), bars=(), reached=()), said)) == 1


def test_no_shame_on_the_wall() -> None:
    """A wall page has no score, no category, no target that was missed, and no gap by name."""
    whole = seen().whole
    for page in (office_wall(whole, context()), *(library_wall(whole, each, context()) for each in whole.libraries)):
        words = " ".join((*page.reached, page.thanks, *page.foot, *(tile.word for tile in page.tiles)))
        assert not re.search(r"rendah|sedang|tinggi|skor|belum", words, re.IGNORECASE)
    assert office_wall(whole, context()).reached == ()
    assert library_wall(whole, whole.libraries[0], context()).foot[0] == "Dihitung dari 10 dari 12 laporan bulanan."


def test_what_travels_with_a_report() -> None:
    """A year brings letter, wall page and workbook; a quarter no wall page; a silent library gets none either."""
    options = demo_settings()[1].reports
    names = [each.name for each in span_attachments(seen().whole, context(), options, NOW)[0]]
    assert names == ["barito-timur-2024.pdf", "barito-timur-2024-dinding.pdf", "barito-timur-2024.xlsx"]
    quarter = span_attachments(seen(QUARTER).whole, context(), options, NOW)[0]
    assert [each.name for each in quarter] == ["barito-timur-2024-Q3.pdf", "barito-timur-2024-Q3.xlsx"]
    first = seen().whole.libraries[0]
    silent = replace(first, reported=(None,) * 12)
    assert [each.name for each in library_wall_page(seen().whole, first, context(), options)] == [
        "barito-timur-2024-perpusdes-tangkum.pdf"
    ]
    assert library_wall_page(seen().whole, silent, context(), options) == ()
    off = options.model_copy(update={"wall_page": "none"})
    assert library_wall_page(seen().whole, first, context(), off) == ()


def test_gaps_of_the_whole_are_told() -> None:
    """Who left the register, who can't be computed, which workbook could not be read: each in a sentence."""
    office = replace(seen().whole, gone=("Lelu",), left_out=("Bambulung",), as_of=(AsOf("Buku 2", None),))
    report = office_span_report(office, context())
    assert any("Lelu" in line for line in report.coverage)
    assert any("Bambulung" in line for line in report.coverage)
    assert "Buku 2" in report.lead
    assert "Buku 2" in span_letter(office, context(), "Bupati", date(2025, 1, 8)).reported
    assert "Buku 2" in library_span_report(office, office.libraries[0], context()).lead


def test_all_in_is_said_too() -> None:
    """Where nothing is missing the report says so."""
    assert office_span_report(seen(QUARTER).whole, context()).coverage == ("Semua laporan bulanan sudah masuk.",)


def test_an_office_without_libraries_or_figures_has_a_report() -> None:
    """Nothing to add up is no failure."""
    whole = seen().whole
    empty: OfficeSpan = replace(whole, libraries=(), kinds=(), elements=(), months=(None,) * 12)
    mail = Renderer(context()).office_span(empty, "Kepala Dinas")
    assert "0 laporan bulanan" in mail.text
    assert pages(wall_pdf(office_wall(empty, context()), context())) == 1
    assert span_letter_pdf(span_letter(empty, context(), "Bupati", date(2025, 1, 8)), context())
