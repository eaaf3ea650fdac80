"""The example of a divided element in the guides, tried from the form to the indicator."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rekap_sample as sample
from kpi_samples import figure, scheme
from places import CONFIG, ROOT
from ruamel.yaml import YAML

from sheets_sync import kpi
from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import read_layers
from sheets_sync.i18n import language
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.intake.options import Inputs
from sheets_sync.jobs.export import part_of
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Horizon, Library, Observation, Period
from sheets_sync.rekap.divided import parts_of
from sheets_sync.setup.forms import library_form, marked

OCTOBER = Period(2024, 10)
PARTICIPANTS = ["participants", *(f"participants_{part}" for part in ("women", "men", "children", "teens", "adults"))]


def blocks(guide: str) -> list[str]:
    """The two blocks of YAML about a divided element, as somebody copies them."""
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    found = re.findall(r"  ```yaml\n(.*?)  ```", text, re.DOTALL)
    return ["\n".join(line[2:] for line in each.splitlines()) for each in found if "participants_women" in each]


def elements(folder: Path, guide: str = "operator.md") -> Elements:
    (folder / "elements.yaml").write_text(blocks(guide)[0], encoding="utf-8")
    return read_layers([CONFIG / "elements.yaml", folder / "elements.yaml"], Elements)


def indicators(known: Elements) -> Scheme:
    document = YAML(typ="safe").load(blocks("operator.md")[1])
    settings = scheme().model_dump()
    changed = {**settings, "indicators": [{**each, "group": "all"} for each in document]}
    return Scheme.model_validate(changed, context={"elements": known.elements})


def test_both_guides_say_the_same() -> None:
    """Nobody is told something else in the other language."""
    assert blocks("operator.md") == blocks("operator.en.md")
    assert len(blocks("operator.md")) == 2


def test_the_form_has_the_parts_beside_their_total(tmp_path: Path) -> None:
    """Those that are wanted carry the mark; each heading is read as the part that it names, once."""
    known = elements(tmp_path)
    form = library_form(Library("T", "T"), sample.OFFICE, known, Inputs(), Period(2024, 1), language("id"))
    titles = [column.title for column in form.columns]
    at = titles.index(marked("Peserta kegiatan"))
    assert titles[at + 1 : at + 6] == [
        marked("Peserta perempuan"),
        marked("Peserta laki-laki"),
        "Peserta kegiatan (anak)",
        "Peserta kegiatan (remaja)",
        "Peserta kegiatan (dewasa)",
    ]
    vocabulary = Vocabulary(known, Inputs())
    read = [vocabulary.meaning(title) for title in (titles[at], *titles[at + 1 : at + 6], "Jumlah peserta A")]
    assert [meaning and meaning.element for meaning in read] == [*PARTICIPANTS, "participants_children"]


def test_an_export_says_of_what_a_part_is_one(tmp_path: Path) -> None:
    """Beside the figure, in the reader's language; of all others nothing."""
    known = elements(tmp_path)
    assert part_of("participants_women", known, "id") == ("participants", "jenis kelamin")
    assert part_of("participants_teens", known, "en") == ("participants", "age")
    assert part_of("participants", known, "id") == part_of("once_there_was", known, "id") == (None, None)


def month(period: str, *values: float | None) -> list[Observation]:
    return [figure(name, period, value) for name, value in zip(PARTICIPANTS, values, strict=False)]


SEEN = [*month("2024-08", 40, 10, 30, 5, 15, 20), *month("2024-09", 60, 30, 30), *month("2024-10", 20)]


def test_shares_are_of_what_is_divided(tmp_path: Path) -> None:
    """Over the months of the year, with what is not divided; nothing where nothing is."""
    assert list(parts_of(SEEN, elements(tmp_path), language("id"))) == [
        "Peserta kegiatan menurut jenis kelamin: Peserta perempuan 40 (40 %), Peserta laki-laki 60 (60 %), tidak dirinci 20",
        "Peserta kegiatan menurut umur: anak 5 (13 %), remaja 15 (38 %), dewasa 20 (50 %), tidak dirinci 80",
    ]
    assert list(parts_of(month("2024-10", 20), elements(tmp_path), language("en"))) == []
    tenths = list(parts_of(month("2024-10", 0.8, 0.1, 0.7), elements(tmp_path), language("en")))
    assert [line for line in tenths if "not divided" in line] == []


@pytest.mark.parametrize(
    ("horizon", "actual"), [(Horizon.MONTH, None), (Horizon.YEAR_TO_DATE, 40.0), (Horizon.QUARTER, 40.0)]
)
def test_an_indicator_counts_the_parts(tmp_path: Path, horizon: Horizon, actual: float | None) -> None:
    """Of those who are divided; a month without parts lowers nothing, and alone it says nothing."""
    known = elements(tmp_path)
    cube = kpi.Cube.from_observations(SEEN, [Library("A", "A")], known.elements, Period(2024, 1), OCTOBER)
    score = kpi.score(cube, indicators(known), OCTOBER, horizon).score("A")
    assert score is not None
    assert [part.actual for part in score.parts] == [actual]
    assert [part.attainment for part in score.parts] == [None if actual is None else 1.0]
