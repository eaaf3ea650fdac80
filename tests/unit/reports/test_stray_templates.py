"""Files in an office's own folder of templates that nothing asks for are told; pictures and what a template names are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.reports.own_templates import strays


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("office.html.j2", "letter.typ", "texts.id.yaml"), []),
        (("ofice.html.j2",), ["ofice.html.j2 … office.html.j2"]),
        (("Office.html.j2",), ["Office.html.j2 … office.html.j2"]),
        (("letter.typ.txt",), ["letter.typ.txt … letter.typ"]),
        (("texts.yaml", "letter.typ"), ["texts.yaml … texts.id.yaml"]),
        (("zzz.yaml",), ["zzz.yaml …"]),
        (("logo.png", ".DS_Store", "office.html.j2~"), []),
    ],
)
def test_a_name_that_is_no_templates_is_told(tmp_path: Path, names: tuple[str, ...], told: list[str]) -> None:
    """With the template that it is most like."""
    for name in names:
        (tmp_path / name).write_text("", encoding="utf-8")
    found = [(Path(str(said.params["path"])).name, str(said.params.get("name", ""))) for said in strays(tmp_path)]
    assert [f"{path} … {name}".strip() for path, name in found] == told


def test_what_a_template_names_is_used(tmp_path: Path) -> None:
    """A part that an own template takes in, and what that one takes in, are no strays."""
    texts = {"office.html.j2": "{% include 'head.html.j2' %}", "head.html.j2": "{% include 'foot.html.j2' %}"}
    for name, text in {**texts, "foot.html.j2": "", "lost.html.j2": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [Path(str(said.params["path"])).name for said in strays(tmp_path)] == ["lost.html.j2"]
