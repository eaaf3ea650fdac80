"""The monthly mails: what they say, in which language, and that HTML and text say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sample_months import OCTOBER, cell, library_month, office_month, sample_voice, silent_month

from sheets_sync.model import Finding, OfficialScore, Reporting, Severity, State, msg
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Rendered
from sheets_sync.rules import entries, places
from sheets_sync.rules.figures import NO_POPULATION


def library_mail(language: str = "id", **changes: object) -> Rendered:
    entry = library_month(**changes)  # type: ignore[arg-type] # each test names fields that exist
    return Renderer(sample_voice(language)).library(office_month([entry]), entry)


def office_mail(language: str = "id") -> Rendered:
    return Renderer(sample_voice(language)).office(office_month(), "Kepala Dinas")


class Words(HTMLParser):
    """Collects what a person reads, and the words that stand for pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "title")
        self.words += [value or "" for name, value in attrs if name == "alt"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def read(html: str) -> str:
    return " ".join(" ".join(Words(html).words).split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["7,71", "tinggi (hijau)", "naik 0,39", "Skor internal dinas, skema tpbis-2024.1", "412 → 421", "Penjelasan Anda: Pekan literasi sekolah"]),
        ("en", ["7.71", "high (green)", "up 0.39", "internal score, scheme tpbis-2024.1", "412 → 421", "Your explanation: Pekan literasi sekolah"]),
    ],
)  # fmt: skip
def test_both_parts_say_the_same(language: str, said: list[str]) -> None:
    """The HTML and the text part of a library's mail both carry score, category, change, scheme, revision and reason."""
    mail = library_mail(language)
    for words in said:
        assert words in read(mail.html)
        assert words in mail.text


def test_notice_is_on_subject_and_both_parts() -> None:
    """An office's notice stands on the subject, at the head of both parts, and in full exactly once."""
    for mail in (library_mail(), office_mail()):
        assert mail.subject.startswith("[CONTOH – ANGKA REKAAN] ")
        for part in (read(mail.html), mail.text):
            assert "CONTOH – ANGKA REKAAN" in part
            assert part.count("bukan bukti rumus resmi") == 1


def test_a_subject_stays_short() -> None:
    """A name of thousands of characters is cut in the subject, and whole in the mail."""
    entry = library_month()
    entry = replace(entry, library=replace(entry.library, name="W" * 4000))
    mail = Renderer(sample_voice()).library(office_month([entry]), entry)
    assert (len(mail.subject), mail.subject[-1]) == (250, "…")
    assert "W" * 4000 in mail.html


def test_no_notice_no_banner() -> None:
    """An office without a notice has none on its mails."""
    entry = library_month()
    mail = Renderer(sample_voice(notice=None, notice_detail=None)).library(office_month([entry]), entry)
    assert mail.subject == "Laporan Oktober 2024 – Perpustakaan Desa Tangkum"
    assert "CONTOH" not in mail.html + mail.text


def test_progress_comes_before_the_score() -> None:
    """A library reads its own progress before its score."""
    for part in (read(library_mail().html), library_mail().text):
        assert part.index("Skor naik dari 7,32 menjadi 7,71") < part.index("7,71 / 10")


def test_a_fall_is_not_called_progress() -> None:
    """A library whose score fell is not told of progress of its score, and the change is said plainly."""
    entry = library_month(before=(1.0,) * 6)
    mail = Renderer(sample_voice()).library(office_month([entry]), entry)
    assert "Skor naik" not in mail.text
    assert "turun 2,29 dibanding bulan lalu" in mail.text


def test_the_change_stands_behind_the_score_it_belongs_to() -> None:
    """The change of the year to date stands beside it; of the month only the month is said, also where it has no score."""
    entry = library_month(before=(1.0,) * 6)
    for month, said in ((entry.month_score, "7,71"), (None, "belum ada")):
        mail = Renderer(sample_voice()).library(office_month([entry]), replace(entry, month_score=month))
        for part in (read(mail.html), mail.text):
            assert "tinggi (hijau) · turun 2,29 dibanding bulan lalu" in part
            assert f"Skor bulan ini saja: {said}" in part
            assert f"{said} ·" not in part


def test_the_change_is_the_difference_of_the_figures_named() -> None:
    """From 7,58 to 7,61 is a rise of 0,03 in the change too, although the unrounded scores differ by 0,04."""
    entry = library_month()
    assert entry.score
    assert entry.previous
    score, previous = replace(entry.score, value=7.6149), replace(entry.previous, value=7.5751)
    mail = library_mail(score=score, previous=previous)
    assert "Skor naik dari 7,58 menjadi 7,61." in mail.text
    assert "naik 0,03 dibanding bulan lalu" in mail.text


def test_a_change_across_schemes_is_not_shown() -> None:
    """Scores of two schemes are not compared."""
    entry = library_month()
    assert entry.previous
    entry = replace(entry, previous=replace(entry.previous, scheme="tpbis-2023.1"))
    mail = Renderer(sample_voice()).library(office_month([entry]), entry)
    assert "dibanding bulan lalu" not in mail.text
    assert "naik dari" not in mail.text


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({"loans": State.UNREADABLE}, "sudah kami terima. Yang sudah diisi tetapi belum dapat dihitung: Peminjaman;"),
        ({"loans": State.EMPTY}, "sudah kami terima. Yang masih kosong: Peminjaman.\n"),
        ({"loans": State.NOT_APPLICABLE}, "sebagian data Oktober 2024 sudah kami terima.\n"),
        (
            {"visits": State.EMPTY, "loans": State.BLOCKED, "activities": State.UNREADABLE},
            "Yang masih kosong: Pengunjung di tempat. Yang sudah diisi tetapi belum dapat dihitung: Peminjaman, Kegiatan",
        ),
    ],
)
def test_what_was_refused_is_not_called_empty(states: dict[str, State], said: str) -> None:
    """Of what is lacking the mail tells what is empty from what was typed and does not count."""
    entry = library_month(reporting=Reporting.PARTIAL)
    seen = tuple(
        each._replace(state=states[each.element], value=None)
        if each.period == OCTOBER and each.element in states
        else each
        for each in entry.observations
    )
    assert said in library_mail(reporting=Reporting.PARTIAL, observations=seen).text


def test_who_typed_only_what_can_not_be_counted_is_not_told_that_nothing_came() -> None:
    """A month of refused entries alone is no silence: the mail thanks for it and asks."""
    seen = tuple(
        each._replace(state=State.UNREADABLE, value=None) if each.period == OCTOBER else each
        for each in library_month().observations
    )
    text = library_mail(reporting=Reporting.NONE, observations=seen).text
    assert "sudah diisi, tetapi belum ada yang dapat dihitung. Yang sudah diisi" in text
    assert "belum kami terima" not in text


def test_without_a_report_there_is_no_score_and_no_chart() -> None:
    """A library that reported nothing gets a friendly reminder of it, no figure and no picture."""
    entry = silent_month()
    mail = Renderer(sample_voice()).library(office_month([entry]), entry)
    assert "belum kami terima" in mail.text
    assert "/ 10" not in mail.text
    assert mail.pictures == ()


def test_without_a_score_no_part_has_points() -> None:
    """Where too little was reported for a score, what was reported is shown, and no points out of none."""
    entry = library_month()
    assert entry.score
    parts = tuple(part._replace(contribution=0.0, lost=0.0) for part in entry.score.parts)
    mail = library_mail(score=replace(entry.score, value=None, category=None, parts=parts))
    for part in (read(mail.html), mail.text):
        assert "0,93 dari target 1,00 kunjungan/jiwa" in part
        assert "0,00" not in part


def test_a_provisional_score_shows_its_range() -> None:
    """A score with a missing indicator says it is provisional, how much it covers and between what it may be."""
    mail = library_mail(points=(0.6, 0.5, 0.8, 0.6, None, 0.6))
    assert "Sementara: baru 90 % bobot indikator yang terisi; kisaran 5,50–6,50." in mail.text
    assert "belum diisi" in mail.text


def test_the_official_score_stands_beside() -> None:
    """An official score that was typed in is shown beside the internal one, with its own period."""
    entry = library_month()
    library = replace(entry.library, official=OfficialScore(7.5, "September 2024"))
    mail = library_mail(library=library)
    assert "Skor resmi SIM: 7,50 (September 2024)" in mail.text
    assert "Ini bukan skor resmi" in mail.text


def test_many_questions_are_cut_with_a_pointer() -> None:
    """Of twenty questions eight are shown, and the mail says where the others are."""
    asked = tuple(Finding("F01", Severity.FATAL, msg("Question {n}", n=n), "tangkum") for n in range(20))
    mail = library_mail(findings=asked)
    assert "dan 12 pertanyaan lagi di tab Perlu Dicek" in mail.text
    assert mail.text.count("Question ") == 8


def test_what_stands_under_a_misspelt_heading_is_not_called_empty() -> None:
    """She did type it: the mail says that it does not count yet, and asks about the heading."""
    entry = library_month(reporting=Reporting.PARTIAL)
    asked = places.HEADING.finding(
        library=entry.library.code, cells=(cell(1),), typed="Peminjman", proposal="Peminjaman", names=("loans",)
    )
    kept = tuple(seen for seen in entry.observations if seen.element != "loans")
    text = library_mail(reporting=Reporting.PARTIAL, findings=(asked,), observations=kept).text
    assert "Yang sudah diisi tetapi belum dapat dihitung: Peminjaman;" in text
    assert "Yang masih kosong" not in text
    assert "“Peminjman” tidak dikenal" in text


def test_the_same_question_about_many_cells_is_asked_once() -> None:
    """Cells about which the same is said share one line that names the first of them and counts the others."""
    asked = tuple(
        Finding("R1", Severity.READ_AS, msg("same"), "tangkum", period=OCTOBER, cells=(cell(row),)) for row in range(3)
    )
    assert library_mail(findings=asked).text.count("- same (Tangkum!C1 dan 2 sel lain)") == 1


def test_what_was_told_and_answered_in_earlier_months_is_not_told_again() -> None:
    """Of earlier months a mail repeats what is still open, not what was answered or only read in an unusual way."""
    before = OCTOBER - 1
    text = library_mail(findings=(
        Finding("E1", Severity.EXPLAIN, msg("still open"), "tangkum", period=before),
        Finding("E2", Severity.EXPLAIN, msg("answered"), "tangkum", period=before, reason="yes"),
        Finding("R1", Severity.READ_AS, msg("read as"), "tangkum", period=before),
    )).text  # fmt: skip
    assert "still open" in text
    assert "answered" not in text
    assert "read as" not in text


def test_every_picture_is_shown_and_described() -> None:
    """Every picture of a mail is referred to once by its content id and has words for those who can't see it."""
    for mail in (library_mail(), office_mail()):
        shown = re.findall(r'<img[^>]*src="cid:([^"]+)"', mail.html)
        assert sorted(shown) == sorted(picture.cid for picture in mail.pictures)
        assert all(len(picture.alt) > 40 for picture in mail.pictures)
        assert all(picture.png.startswith(b"\x89PNG") for picture in mail.pictures)


def test_the_same_month_renders_to_the_same_bytes() -> None:
    """Rendering is a function of its values: twice the same month, twice the same mail."""
    assert library_mail() == library_mail()
    assert office_mail() == office_mail()


def test_mails_stay_small() -> None:
    """No mail's HTML reaches the 100 KB where mail services cut it off, not even an office's with 700 libraries."""
    month = office_month([library_month(f"Perpustakaan Desa Nomor {n}") for n in range(700)])
    mail = Renderer(sample_voice()).office(month, "Kepala Dinas")
    assert len(mail.html.encode()) < 100_000
    assert "660 perpustakaan lain ada di lampiran." in mail.text
    assert len(library_mail().html.encode()) < 100_000


def test_the_office_reads_where_a_question_stands() -> None:
    """A question that is the office's names its cell and, where it is about one, the library."""
    place = cell(2, 10, "Perpustakaan")
    found = (
        entries.EMAIL.finding(library=library_month().library.code, cells=(place,), typed="ibu@"),
        places.NO_YEAR.finding(cells=(place, place), typed="Mei"),
    )
    text = Renderer(sample_voice()).office(office_month(findings=found), "Kepala Dinas").text
    (email,) = (line for line in text.splitlines() if "ibu@" in line)
    assert email.startswith("- Perpustakaan Desa Tangkum: “ibu@”")
    assert email.endswith(f"({place})")
    assert f"({place} dan 1 sel lain)" in text


def test_the_office_reads_what_to_follow_up() -> None:
    """The office's mail names who has not reported, where questions are open, and how many are in each category."""
    text = office_mail().text
    assert "3 dari 4 perpustakaan sudah melapor" in text
    assert "Belum lapor Oktober 2024: Perpustakaan Desa Turan Amis." in text
    assert "1 pertanyaan terbuka di tab Perlu Dicek: Perpustakaan Desa Tangkum (1)." in text
    assert "sedang (kuning): 2" in text


def test_the_office_reads_whose_population_it_has_to_enter() -> None:
    """A library without population is named with what the office has to do; its indicators name what is missing."""
    entry = library_month()
    assert entry.score
    part = entry.score.parts[0]._replace(state=State.EMPTY, denominator=None, actual=None, points=None)
    score = replace(entry.score, parts=(part, *entry.score.parts[1:]))
    asked = NO_POPULATION.finding(library="tangkum", element="population", library_name=entry.library.name)
    entry = replace(entry, score=score, findings=(asked,))
    context = sample_voice()
    visits = replace(context.labels.indicators["visits_per_head"], divided_by=("population",))
    labels = replace(context.labels, indicators={**context.labels.indicators, "visits_per_head": visits})
    renderer, month = Renderer(replace(context, labels=labels)), office_month([entry])
    assert "Jumlah penduduk belum ada: Perpustakaan Desa Tangkum. Mohon dilengkapi di tab Perpustakaan" in (
        renderer.office(month, "Kepala Dinas").text
    )
    assert "- Kunjungan per kapita: population belum ada\n" in renderer.library(month, entry).text


def test_reporting_and_category_are_two_things() -> None:
    """A library that kept its score but did not report the month is counted in its category, and its row says both."""
    kept = library_month("Perpustakaan Desa Pangkan", reporting=Reporting.NONE)
    month = office_month([library_month(), kept, silent_month()])
    mail = Renderer(sample_voice()).office(month, "Kepala Dinas")
    for part in (read(mail.html), mail.text):
        assert "1 dari 3 perpustakaan sudah melapor" in part
        assert "tinggi (hijau) · belum lapor" in part
        assert "data belum cukup · belum lapor" in part
    assert "Belum lapor Oktober 2024: 2\n" in mail.text
    assert "tinggi (hijau): 2\nsedang (kuning): 0\nrendah (merah): 0\ndata belum cukup: 1\n" in mail.text
    assert "Belum lapor Oktober 2024: Perpustakaan Desa Pangkan, Perpustakaan Desa Turan Amis." in mail.text
