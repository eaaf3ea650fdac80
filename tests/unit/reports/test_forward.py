"""The paragraph to pass on in a chat: short, about what was done together, about nobody in particular."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_months import library_month, office, office_month, sample_voice, silent_month

from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.reports.context import report_context
from sheets_sync.reports.forward import MAX_LENGTH, forward_month
from sheets_sync.reports.render import Renderer

VOICE = sample_voice()
MONTHS = {count: office_month([library_month(f"Perpustakaan {n}") for n in range(count)]) for count in (1, 4)}
NOTICE = "[CONTOH – ANGKA REKAAN] "


def test_it_says_what_was_done_together() -> None:
    """Who reported, what was counted (three libraries with 100 of each), thanks, and when the next figures are due."""
    assert forward_month(office_month(), sample_voice()) == (
        f"{NOTICE}Laporan perpustakaan Oktober 2024, Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur: "
        "3 dari 4 perpustakaan sudah melapor. Yang tercatat bersama: Pengunjung di tempat 300 orang; "
        "Peminjaman 300 eksemplar; Kegiatan pelibatan masyarakat 300 kegiatan. "
        "Terima kasih kepada semua pengelola dan pemustaka. "
        "Data November 2024 kami tunggu paling lambat 5 Desember 2024."
    )


def test_it_stands_at_the_end_of_the_secretary_s_mail_alone() -> None:
    """The office's mail ends with it, in both parts; a library's has none."""
    renderer = Renderer(sample_voice())
    mail = renderer.office(office_month(), "Sekretaris Dinas")
    text = forward_month(office_month(), sample_voice())
    assert text in mail.text
    assert mail.text.index(text) > mail.text.index("Buka lembar kerja")
    assert text in mail.html
    entry = library_month()
    assert "Siap diteruskan" not in renderer.library(office_month([entry]), entry).text


def test_nobody_is_named() -> None:
    """No library, person, address or score is in it: what is passed on in a chat shames nobody."""
    said = forward_month(office_month(), sample_voice())
    entries = office_month().libraries
    names = {each.library.name.rsplit(" ", 1)[-1] for each in entries if each.library.name != "Perpustakaan Kabupaten"}
    assert [name for name in (*names, "Ibu Rekaan", "pustaka@example.org", "skor", "rendah") if name in said] == []


def test_what_nobody_reported_is_not_zero() -> None:
    """Without figures the paragraph says nothing of them."""
    said = forward_month(office_month([silent_month()]), sample_voice())
    assert "0 dari 1 perpustakaan" in said
    assert "Yang tercatat" not in said


@given(
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=900),
    notice=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    count=st.sampled_from([1, 4]),
)
def test_it_is_never_longer_than_a_chat_shows(name: str, notice: str, count: int) -> None:
    """At most 600 characters on one line, whatever the office is called."""
    changed = VOICE.office.model_copy(update={"name": name, "notice": Text(id=notice, en=notice)})
    said = forward_month(MONTHS[count], replace(VOICE, office=changed))
    assert len(said) <= MAX_LENGTH
    assert "\n" not in said


@pytest.mark.parametrize(("kept", "gone"), [("Kegiatan", ""), ("Peminjaman", "Kegiatan"), ("3 dari 4", "Peminjaman")])
def test_the_least_important_goes_first(kept: str, gone: str) -> None:
    """Where the office's name is long, figures leave from the end; who reported stays."""
    lengths = {"Kegiatan": 60, "Peminjaman": 330, "3 dari 4": 420}
    said = forward_month(office_month(), sample_voice(name="D" * lengths[kept]))
    assert kept in said
    assert not gone or gone not in said


def test_an_office_may_choose_the_figures() -> None:
    """`headline` in reports.yaml names what is shown first."""
    voice = sample_voice()
    chosen = report_context(office(), voice.elements, voice.labels, headline=["advocacy"])
    said = forward_month(office_month(), chosen)
    assert re.findall(r"bersama: ([^.]*)\.", said) == ["Kegiatan advokasi 300 kegiatan"]


def test_parts_stand_for_nothing_of_their_own() -> None:
    """Where participants are divided by sex, and both parts are required, the whole is told once."""
    label = Text(id="Peserta", en="Participants")
    divided = {"by": label, "into": [{"id": "women", "label": label}, {"id": "men", "label": label}], "required": True}
    whole = {"id": "people", "label": label, "unit": label, "required": True, "divided": [divided]}
    elements = Elements.model_validate({"elements": [whole]})
    assert report_context(office(), elements, VOICE.labels).headline == ("people",)
