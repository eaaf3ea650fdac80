"""Elements that are divided, by sex or by age: sums, what is lacking, and what the parts are called."""

from __future__ import annotations

from datetime import date

import pytest
from grids import COMPUTER_HOURS, DIVIDED, ELEMENTS, LIBRARIES, OFFICE, Typed, divided, figures, read, rules, tab
from pydantic import ValidationError

from sheets_sync.checks import CheckOptions, check
from sheets_sync.config.office import Elements, Reading
from sheets_sync.i18n import language
from sheets_sync.model import Finding, State
from sheets_sync.model.grid import Merge

HEAD = ["Bulan", "Peserta", "Peserta perempuan", "Peserta laki-laki"]


def found(*row: float | str | None, elements: Elements = DIVIDED, head: list[str] = HEAD) -> tuple[Finding, ...]:
    """What is asked about one month."""
    said = read(tab("Tangkum", head, ["Januari 2024", *row]), elements=elements)
    options = CheckOptions(gatherings=(), parts=(), balances=(), never_fall=())
    return check(
        said.observations,
        libraries=LIBRARIES,
        elements=elements,
        options=options,
        office=OFFICE,
        today=date(2024, 3, 1),
    ).findings


@pytest.mark.parametrize(
    ("row", "code", "proposal"),
    [
        ((40, 25, 15), None, ""),
        ((40, 25, 16), "F-SUM", ""),
        ((40, 45, None), "F-PARTS", ""),
        ((40, 25, None), "E-PART", "15"),
        ((40, None, 15), "E-PART", "25"),
        ((40, 40, None), None, ""),
        ((None, 25, 15), "E-WHOLE", "40"),
        ((None, 25, None), "E-WHOLE", ""),
        ((None, 0, 0), None, ""),
        ((40, None, None), None, ""),
        ((0, None, None), None, ""),
        ((0, 3, None), "F-PARTS", ""),
        ((None, None, None), None, ""),
    ],
)
def test_a_whole_and_its_parts(row: tuple[float | None, ...], code: str | None, proposal: str) -> None:
    """Clashes are held back, what is lacking is asked for once; what follows is proposed and never filled in."""
    asked = [each for each in found(*row) if each.rule_code != "W-ROUND"]
    assert [(each.rule_code, each.proposal) for each in asked] == ([(code, proposal)] if code else [])


BY_DAY = {
    "by": {"id": "hari", "en": "day"},
    "into": [
        {"id": f"hours_{en}", "label": {"id": day, "en": en}}
        for day, en in (("sabtu", "saturday"), ("minggu", "sunday"), ("lain", "other"))
    ],
}
HOURS = divided(
    Elements(elements=(COMPUTER_HOURS.model_copy(update={"reading": Reading.DECIMAL}),)), computer_hours=BY_DAY
)
DAYS = ["Bulan", "Jam pemakaian komputer", *(f"Jam pemakaian komputer ({day})" for day in ("sabtu", "minggu", "lain"))]


@pytest.mark.parametrize(
    ("row", "code", "proposal"),
    [
        (("0,3", "0,1", "0,2", None), None, ""),
        (("0,8", "0,1", "0,7", None), None, ""),
        (("0,3", "0,1", "0,3", None), "F-PARTS", ""),
        ((None, "0,1", "0,2", "0"), "E-WHOLE", "0.3"),
        (("0,6", "0,1", "0,2", None), "E-PART", "0.3"),
        (("123456,5", "0,25", "0", None), "E-PART", "123456.25"),
    ],
)
def test_tenths_add_up(row: tuple[str | None, ...], code: str | None, proposal: str) -> None:
    """What floating point makes of a sum is no difference, and stands in no proposal."""
    asked = [(each.rule_code, each.proposal) for each in found(*row, elements=HOURS, head=DAYS)]
    assert asked == ([(code, proposal)] if code else [])


def test_a_part_that_cant_be_read_is_no_blank() -> None:
    """It has its own question; nothing is concluded from it."""
    assert found(40, 25, "banyak") == ()
    assert rules(read(tab("Tangkum", HEAD, ["Januari 2024", 40, 25, "banyak"]), elements=DIVIDED)) >= {"F-NUMBER"}


AGES = ["Bulan", "Anggota baru", "Anggota baru anak", "Anggota baru (dewasa)"]


@pytest.mark.parametrize(
    ("row", "codes"),
    [((7, None, None), ["E-UNDIVIDED"]), ((0, None, None), []), ((7, 4, None), ["E-PART"]), ((7, 4, 3), [])],
)
def test_where_the_office_wants_the_parts(row: tuple[float | None, ...], codes: list[str]) -> None:
    """A whole without its parts is asked about; none has none."""
    assert [each.rule_code for each in found(*row, head=AGES) if each.rule_code != "W-ROUND"] == codes


def test_a_question_says_what_to_fill_in() -> None:
    """In Indonesian, with what is lacking and what it would be."""
    (asked,) = found(40, 25, None)
    text = language("id")(asked.message)
    assert text == (
        "Peserta kegiatan 40, tetapi rinciannya baru terisi Peserta perempuan (25); Peserta laki-laki masih kosong. "
        "Apakah maksudnya “15”? Mohon lengkapi yang kosong; tulis 0 bila tidak ada."
    )


def test_parts_are_elements_of_their_own() -> None:
    """They stand behind their whole, are counted as it is, and are read by their headings, under a merged one too."""
    ids = [each.id for each in DIVIDED.elements]
    assert ids[ids.index("members_new") :][:3] == ["members_new", "members_new_children", "members_new_adults"]
    part, whole = DIVIDED["members_new_children"], DIVIDED["members_new"]
    assert (part.label.id, part.label.en) == (f"{whole.label.id} (anak)", f"{whole.label.en} (children)")
    assert (part.unit, part.kind, part.required, part.divided) == (whole.unit, whole.kind, True, ())
    assert DIVIDED.whole_of["members_new_children"][0] == whole
    rows: list[list[Typed]] = [
        [None, "Anggota baru", None, None],
        ["Bulan", "Jumlah", "Anak", "Dewasa"],
        ["Januari 2024", 7, 4, 3],
    ]
    values = figures(read(tab("Tangkum", *rows, merges=[Merge(0, 1, 1, 4)]), elements=DIVIDED).observations)
    assert {element: value for (_, element, _), value in values.items()} == {
        "members_new": 7,
        "members_new_children": 4,
        "members_new_adults": 3,
    }


def test_elements_with_parts_may_be_read_again() -> None:
    """What was made of them once is not made twice, and what a part says for itself stays."""
    assert Elements(elements=DIVIDED.elements) == DIVIDED
    assert DIVIDED["participants_women"].label == ELEMENTS["participants_women"].label


@pytest.mark.parametrize(
    ("division", "said"),
    [
        ({"by": "x", "into": ["nobody", "participants_men"]}, "a label for each part that is no element itself"),
        ({"by": "x", "into": ["participants_men", "participants_men"]}, "each part of one whole only"),
        ({"by": "x", "into": ["participants_men"]}, "at least 2 items"),
    ],
)
def test_a_division_that_cant_be_is_refused(division: dict[str, object], said: str) -> None:
    """With what to write instead."""
    with pytest.raises(ValidationError, match=said):
        divided(ELEMENTS, participants=division)


def test_a_blank_part_is_what_is_lacking() -> None:
    """The question names the empty cell too, so that it is found there."""
    (asked,) = found(40, 25, None)
    assert asked.also_elements == ("participants_women", "participants_men")
    said = read(tab("Tangkum", HEAD, ["Januari 2024", 40, 25, None]), elements=DIVIDED)
    assert [each.state for each in said.observations if each.element == "participants_men"] == [State.EMPTY]
    assert len(asked.cells) == 3
