"""Scheme files: what is wrong is named with file, line, and the closest thing that would be right."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_samples import ELEMENTS, figure, indicator, library, scheme
from places import CONFIG

from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.kpi import Cube, Scheme, labels, read_scheme, scheme_for, score
from sheets_sync.kpi.formula import check, parse
from sheets_sync.model import Period

SHIPPED = [
    (path, folder / "elements.yaml")
    for folder in (CONFIG, CONFIG / "examples" / "england-2023-24")
    for path in sorted((folder / "schemes").rglob("*.yaml"))
]
FILE = """\
version: t
valid_from: 2024-01
name: T
bands: [{id: a, label: a, colour: green}]
groups: [{id: g, label: g}]
indicators:
  - id: visits
    label: Visits
    group: g
    numerator: NUMERATOR
    target: TARGET
    weight: 1
"""


def _read(folder: Path, **words: str) -> Scheme:
    text = FILE
    for old, new in ({"numerator": "visits", "target": "10"} | words).items():
        text = text.replace(old.upper(), new)
    path = folder / "s.yaml"
    path.write_text(text, encoding="utf-8")
    return read_scheme(path, ELEMENTS)


@pytest.mark.parametrize(("path", "elements"), SHIPPED, ids=[path.stem for path, _ in SHIPPED])
def test_shipped_schemes_are_valid(path: Path, elements: Path) -> None:
    """Every scheme we ship reads only elements that are configured, says where it comes from and what is local."""
    found = read_scheme(path, read_yaml(elements, Elements).elements)
    for each in found.indicators:
        assert each.source.id, each.id
        assert each.source.en, each.id
        assert each.local_choice or "6/2017" in each.source.id, each.id
    assert found.note.id


def test_the_default_groups_are_the_programmes() -> None:
    """The default scheme has the three groups of TPBIS and round weights of 100."""
    found = read_scheme(CONFIG / "schemes" / "tpbis.yaml", read_yaml(CONFIG / "elements.yaml", Elements).elements)
    names = [group.label.id for group in found.groups]
    assert names == ["Peningkatan Layanan Informasi", "Pelibatan Masyarakat", "Advokasi"]
    assert found.weights.sum() == 100
    assert all(each.weight % 5 == 0 for each in found.indicators)


@pytest.mark.parametrize(
    ("words", "line", "told"),
    [
        ({"numerator": "visitz + loans"}, 10, "there is no visitz (did you mean visits?)"),
        ({"numerator": "zzz"}, 10, "there is no zzz"),
        ({"numerator": "mean(visits"}, 10, "a formula like"),
        ({"numerator": "summ(visits)"}, 10, "there is no summ (did you mean sum?)"),
        ({"numerator": "sum(visits, week)"}, 10, "month, quarter, ytd, r12"),
        ({"numerator": "visits + members"}, 10, "around each of visits, members"),
        ({"numerator": "1 + 2"}, 10, "at least one element"),
        ({"target": "many"}, 11, "a number, or numbers by kind"),
        ({"target": "{2024-13: 4}"}, 11, "a month like 2024-10"),
        ({"target": "-4"}, 11, "at least 0"),
        ({"target": "10\n    floor: 12"}, 7, "a floor on the worse side"),
        ({"target": "10\n    wieght: 2"}, 12, "no setting indicators.1.wieght"),
    ],
)
def test_errors(tmp_path: Path, words: dict[str, str], line: int, told: str) -> None:
    """The message names file and line and says what was expected."""
    with pytest.raises(ConfigError) as caught:
        _read(tmp_path, **words)
    assert f"s.yaml:{line}: " in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "visits.real",
        "visits[0]",
        "lambda: 1",
        "[visits]",
        "visits if loans else 0",
        "visits ** 9 ** 9",
        "f'{visits}'",
        "(visits := 1)",
        "True",
        "'a'",
        "1 < visits < 3",
        "sum(sum(visits))",
        "sum(3)",
        "or_zero(visits + loans)",
        "mean(visits, loans)",
        "mean(x=visits)",
        "1e999 * visits",
        "visits and loans",
        "(" * 300 + "visits" + ")" * 300,
        "-" * 450 + "visits",
        "visits + " * 80 + "visits",
        "",
        "\0",
    ],
)
def test_only_formulas(text: str) -> None:
    """Anything but arithmetic over elements is refused; nothing is executed."""
    with pytest.raises(ValueError, match=r"\w"):
        check(text)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    """No text makes the parser fail in any other way."""
    with contextlib.suppress(ValueError):
        parse(text)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"bands": [{"id": "a", "at_least": 1, "label": "a", "colour": "red"}]}, "the lowest of them at 0"),
        ({"indicators": [indicator(), indicator()]}, "every id once"),
        ({"indicators": [indicator(group="lost")]}, "a group that is listed"),
        ({"indicators": [indicator(weight=0)]}, "a weight above 0"),
        ({"valid_from": "January"}, "a month like"),
        ({"coverage_floor": 1.2}, "less than or equal to 1"),
    ],
)
def test_what_does_not_fit_together(settings: dict[str, object], told: str) -> None:
    """Bands, ids, groups and weights are checked against one another."""
    with pytest.raises(ValueError, match=told):
        scheme(**settings)


def test_no_scheme_yet() -> None:
    """A month before every scheme is an error that says what to do."""
    with pytest.raises(ConfigError, match="earlier valid_from"):
        scheme_for([scheme(valid_from="2025-01")], Period(2024, 12))


def test_a_scheme_survives_json() -> None:
    """A sealed scheme is read back as it was."""
    first = scheme(indicator(target={"desa": 4, "other": {"2024-01": 5}}, floor=1))
    assert Scheme.model_validate_json(first.model_dump_json()) == first


def test_labels() -> None:
    """Readers are shown names, shares of the weight, targets by kind, and categories from the best down."""
    shown = labels(scheme(indicator(weight=3, target={"desa": 4, "other": 6}), indicator("loans")), Period(2024, 10))
    assert list(shown.categories) == ["tinggi", "sedang", "rendah"]
    assert shown.indicators["visits"].weight_share == 0.75
    assert shown.indicators["visits"].targets == {"desa": 4.0, "": 6.0}
    assert shown.indicators["visits"].elements == ("visits",)


@pytest.mark.parametrize(
    ("titles", "hours", "staff", "category"),
    [(1000, 6, 2, "met"), (999, 8, 3, "not_met"), (1200, 5.9, 2, "not_met"), (1200, 6, None, None)],
)
def test_snp_is_met_or_not(titles: float, hours: float, staff: float | None, category: str | None) -> None:
    """1.000 titles, 6 hours and 2 staff meet the village standard; with a figure missing nothing can be said."""
    elements = read_yaml(CONFIG / "elements.yaml", Elements).elements
    snp = read_scheme(CONFIG / "schemes" / "ready-made" / "snp-desa.yaml", elements)
    typed = {"titles": titles, "open_hours": hours, "staff": staff}
    rows = [figure(name, "2024-10", value) for name, value in typed.items()]
    cube = Cube.from_observations(rows, [library()], elements, Period(2024, 1), Period(2024, 10))
    assert score(cube, snp, Period(2024, 10)).score("A").category == category
