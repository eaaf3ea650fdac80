"""The letter: what it says, that it is PDF/UA, and that the same month gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from sample_months import library_month, office_month, sample_voice

from sheets_sync.config.office import Letterhead, Signatory
from sheets_sync.config.yaml_file import Text
from sheets_sync.model import Timeliness
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter import letter, letter_volumes
from sheets_sync.reports.letter_parts import letter_pdf
from sheets_sync.reports.letter_words import Letter, Signature
from sheets_sync.reports.typeface import printable, shows

DAY = date(2024, 11, 6)


def sample(context: ReportContext | None = None) -> Letter:
    return letter(office_month(), context or sample_voice(), "Bupati Barito Timur", DAY)


def test_says_what_letters_of_the_office_say() -> None:
    """Letterhead, place and day, subject, addressee and the figures of the month stand in the letter."""
    said = sample()
    assert said.head == ("PEMERINTAH KABUPATEN BARITO TIMUR", "DINAS PERPUSTAKAAN DAN KEARSIPAN")
    assert said.place_and_day == "Tamiang Layang, 6 November 2024"
    assert said.dear == "Yth. Bupati Barito Timur"
    assert "3 dari 4 perpustakaan sudah melapor" in said.reported
    assert "skema tpbis-2024.1" in said.scores
    assert [annex.title for annex in said.annexes][:2] == [
        "Lampiran 1: Perpustakaan Desa Tangkum",
        "Lampiran 2: Perpustakaan Desa Pangkan",
    ]


@pytest.mark.parametrize(
    ("signatories", "signature"),
    [
        ((), Signature("…………………………………", "…………………………………", "NIP. …………………………………")),
        (
            (Signatory(name="A", title=Text(id="Kepala Dinas", en="Head"), nip="1", acting=True),),
            Signature("Plt. Kepala Dinas", "A", "NIP. 1"),
        ),
        (
            (
                Signatory(name="A", title=Text(id="Kepala Dinas", en="Head"), nip="1", acting=True),
                Signatory(name="B", title=Text(id="Kepala Dinas", en="Head"), since=date(2024, 11, 1)),
                Signatory(name="C", title=Text(id="Kepala Dinas", en="Head"), since=date(2025, 1, 1)),
            ),
            Signature("Kepala Dinas", "B", ""),
        ),
    ],
)
def test_leaves_the_signature_to_who_is_in_office(signatories: tuple[Signatory, ...], signature: Signature) -> None:
    """Whoever is in office on the letter's day has the signature block, with Plt. where acting; dots where nobody is named."""
    assert sample(sample_voice(signatories=signatories)).signature == signature


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_same_month_gives_the_same_bytes(language: str) -> None:
    """Typesetting the same letter twice gives the same PDF, marked as PDF/UA, in the letter's language."""
    context = sample_voice(language)
    pdf = letter_pdf(sample(context), context)
    assert pdf == letter_pdf(sample(context), context)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in pdf
    assert f"/Lang({language})".encode() in pdf


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        '= Judul\n#set page(fill: red) $x$ `a` *b* _c_ @ref <label> \\ // komentar "kutip"',
        '"); #read("/etc/passwd")',
        "Perpus 🙂 ꦥꦸꦱ꧀ مكتبة 图书馆 \u202eterbalik\u202c \x00\x07",
        "A" * 400,
    ],
)
def test_what_is_typed_is_only_text(name: str) -> None:
    """A name that looks like markup, or has characters no typeface shows, is set as text and breaks nothing."""
    context = sample_voice()
    month = office_month([library_month(name)])
    assert letter_pdf(letter(month, context, name, DAY), context).startswith(b"%PDF")


def test_shows_a_box_for_what_the_typeface_lacks() -> None:
    """Characters without a glyph become a box, line breaks a blank; everything our own texts need is there."""
    assert printable({"a": ["Pustaka 🙂", 1, None]}) == {"a": ["Pustaka □", 1, None]}
    assert printable("a\nb\x00c") == "a b c"
    assert all(map(shows, "áéèçñöğ–—…→×≥“”‘’·±§€½□ABCxyz0123456789"))
    assert not any(map(shows, "🙂ꦥ图م"))


def test_nobody_gets_a_letter_from_themselves() -> None:
    """Where the one who signs is the one it is to, the name is left to be written by hand."""
    head = Signatory(name="Dra. Ani", title=Text(id="Kepala Dinas", en="Head"), acting=True)
    said = letter(office_month(), sample_voice(signatories=(head,)), "KEPALA  DINAS", DAY)
    assert said.dear == "Yth. …………………………………"


@pytest.mark.parametrize(
    ("timely", "said", "unsaid"),
    [
        (Timeliness(3, 1, 0), "3 dari 4 perpustakaan melengkapi datanya tepat waktu.", "belum diketahui"),
        (Timeliness(2, 1, 1), "untuk 1 perpustakaan lain hal itu belum diketahui", "–"),
        (Timeliness(0, 0, 4), "Kelengkapan data", "tepat waktu"),
    ],
)
def test_no_sentence_has_a_dash_for_what_is_not_known(timely: Timeliness, said: str, unsaid: str) -> None:
    """What is known is said with what it is of; what is not known of anybody is left unsaid."""
    text = letter(replace(office_month(), timeliness=timely), sample_voice(), "Bupati", DAY).reported
    assert said in text
    assert unsaid not in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of poppler-utils, as the pictures do")
@pytest.mark.parametrize("lines", range(1, 41))
def test_the_signature_is_never_alone_on_a_page(lines: int) -> None:
    """However long the letter's body is, something of it stands on the page of the closing and the signature."""
    context = sample_voice(notice=None, notice_detail=None)
    said = letter(office_month(), context, "Bupati", DAY, most_annexes=0)
    report = replace(
        said.report, follow_up=tuple(f"Hal {n} yang perlu ditindaklanjuti." for n in range(lines)), revisions=()
    )
    pages = words_by_page(letter_pdf(replace(said, report=report), context))
    closing = next(page for page in pages if "Demikian laporan ini" in page)
    assert f"Hal {lines - 1} " in closing


def words_by_page(pdf: bytes) -> list[str]:
    """The text of each page."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")


def test_an_office_without_anything_gets_a_letter() -> None:
    """No library, no figure, no letterhead, no notice and nobody to sign: the letter is short, and there."""
    context = sample_voice(notice=None, notice_detail=None, letterhead=Letterhead(), signatories=())
    month = replace(
        office_month(), libraries=(), trend=(), completeness=None, timeliness=Timeliness(0, 0, 0), data_as_of=None
    )
    said = letter(month, context, "Kepala Dinas", DAY)
    assert said.head == ("Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur",)
    assert said.place_and_day == "6 November 2024"
    assert letter_pdf(said, context).startswith(b"%PDF")


def test_an_office_may_want_no_annexes() -> None:
    """With 0 the letter has the libraries' table on a page of its own, no annex, and no volume."""
    month = office_month([library_month(f"Perpustakaan {n}") for n in range(20)])
    said = letter(month, sample_voice(), "Kepala Dinas", DAY, most_annexes=0)
    assert (said.annexes, said.index, len(said.report.rows)) == ((), (), 20)
    assert said.enclosures == "1 lampiran"
    assert list(letter_volumes(said, month, sample_voice(), 0)) == []
    assert letter_pdf(said, sample_voice()).count(b"/Type/Page/") < 5
