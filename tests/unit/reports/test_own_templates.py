"""An office's own templates, in a folder that the configuration names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sample_months import ELEMENTS, LABELS, library_month, office, office_month

from sheets_sync.config.shipped import TEMPLATES, shipped
from sheets_sync.errors import ConfigError
from sheets_sync.reports.context import report_context
from sheets_sync.reports.letter import letter, letter_volumes
from sheets_sync.reports.letter_parts import letter_pdf
from sheets_sync.reports.render import Renderer

SMALL = '#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n#set text(font: "Inter", lang: "id")\n#data.subject'


def test_a_file_of_the_own_folder_takes_the_shipped_ones_place(tmp_path: Path) -> None:
    """A template in the office's folder is used instead of the shipped one; the others and the frame stay."""
    (tmp_path / "library.txt.j2").write_text("Halo {{ report.library }}\n", encoding="utf-8")
    (tmp_path / "texts.id.yaml").write_text('title: "Rapor"\n', encoding="utf-8")
    entry = library_month()
    mail = Renderer(report_context(office(), ELEMENTS, LABELS, tmp_path)).library(office_month([entry]), entry)
    assert mail.text == "Halo Perpustakaan Desa Tangkum\n"
    assert "Rapor · Oktober 2024" in mail.html


def test_a_changed_file_counts_at_once(tmp_path: Path) -> None:
    """What was compiled before is used again for the same text only; a change shows in the next mailing, and back again."""
    entry, template = library_month(), tmp_path / "library.txt.j2"
    for text in ("Halo\n", "Selamat pagi\n", "Halo\n", "{{ report.library }}\n", "Halo\n"):
        template.write_text(text, encoding="utf-8")
        mail = Renderer(report_context(office(), ELEMENTS, LABELS, tmp_path)).library(office_month([entry]), entry)
        assert mail.text == text.replace("{{ report.library }}", "Perpustakaan Desa Tangkum")


def test_the_letter_may_look_different(tmp_path: Path) -> None:
    """A `letter.typ` of the office's own sets the same data its own way."""
    (tmp_path / "letter.typ").write_text(SMALL, encoding="utf-8")
    own = report_context(office(), ELEMENTS, LABELS, tmp_path)
    shipped = report_context(office(), ELEMENTS, LABELS)
    content = letter(office_month(), own, "Kepala Dinas", date(2024, 11, 6))
    assert len(letter_pdf(content, own)) < len(letter_pdf(content, shipped))


def test_volumes_beside_a_letter_of_ones_own(tmp_path: Path) -> None:
    """Its `letter.typ` knows nothing of volumes: they look as shipped, unless the folder has a `volume.typ` as well."""
    (tmp_path / "letter.typ").write_text("#panic()", encoding="utf-8")
    own, as_shipped = (report_context(office(), ELEMENTS, LABELS, folder) for folder in (tmp_path, None))
    month = office_month()
    content = letter(month, own, "Kepala Dinas", date(2024, 11, 6), 3)
    first = next(letter_volumes(content, month, own, 3))
    assert letter_pdf(first, own) == letter_pdf(first, as_shipped)
    (tmp_path / "volume.typ").write_text(SMALL, encoding="utf-8")
    fresh = report_context(office(), ELEMENTS, LABELS, tmp_path)
    assert len(letter_pdf(first, fresh)) < len(letter_pdf(first, as_shipped))


@pytest.mark.parametrize("name", ["library", "office", "further", "reminder"])
def test_every_mail_has_both_parts(name: str) -> None:
    """Every mail has a template for HTML and one for text."""
    assert (shipped(TEMPLATES) / f"{name}.html.j2").is_file()
    assert (shipped(TEMPLATES) / f"{name}.txt.j2").is_file()


@pytest.mark.incident("template-broken")
@pytest.mark.parametrize("part", ["html", "txt"])
@pytest.mark.parametrize(
    "written",
    [
        b"",
        b" \n\n",
        b"{# nothing #}",
        b"{{ nix }}",
        b"{{ report.nix }}",
        b"{{ ",
        b"{% include 'nix.j2' %}",
        b"{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        b"{{ 1 / 0 }}",
        b"{{ '\\ud800' }}",
        b"{{ [1, 'a'] | sort }}",
        b"\xe9",
        "{{ report.library }}".encode("utf-16"),
    ],
    ids=repr,
)
def test_a_template_of_which_no_mail_can_be_made_is_named(tmp_path: Path, part: str, written: bytes) -> None:
    """One that is empty, broken or asks for what is not there sends no mail, least of all one that says nothing."""
    (tmp_path / f"library.{part}.j2").write_bytes(written)
    entry, renderer = library_month(), Renderer(report_context(office(), ELEMENTS, LABELS, tmp_path))
    with pytest.raises(ConfigError, match=f"library.{part}.j2"):
        renderer.library(office_month([entry]), entry)


@pytest.mark.incident("template-broken")
def test_html_without_a_word_says_nothing(tmp_path: Path) -> None:
    """A page of styles and scripts is as empty as none."""
    empty = "<html><head><title>x</title></head><body><style>p {}</style><script>1</script><p> </p></body></html>"
    (tmp_path / "library.html.j2").write_text(empty, encoding="utf-8")
    entry, renderer = library_month(), Renderer(report_context(office(), ELEMENTS, LABELS, tmp_path))
    with pytest.raises(ConfigError, match=r"library.html.j2"):
        renderer.library(office_month([entry]), entry)


@pytest.mark.incident("template-broken")
def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """Where the folder of the own templates was moved, no mail goes out in the shipped words instead."""
    with pytest.raises(ConfigError, match="gone"):
        report_context(office(), ELEMENTS, LABELS, tmp_path / "gone")
