"""Configuration is read quickly where it is plain and carefully where it is not; both say the same of every file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT

from sheets_sync.config.yaml_quick import quick
from sheets_sync.config.yaml_text import careful, tree
from sheets_sync.config.yaml_tree import Node
from sheets_sync.errors import ConfigError
from sheets_sync.i18n import language

FILE = Path("office.yaml")


def exact(node: Node) -> Any:
    """What a tree says, with lines, types and how a number was written: `True` is not 1, and 08.30 is not 8.3."""
    if isinstance(node.value, dict):
        return node.line, [(kind(name), name, exact(each)) for name, each in node.value.items()]
    if isinstance(node.value, list):
        return node.line, [exact(each) for each in node.value]
    written = {name: getattr(node.value, name, None) for name in ("_width", "_prec", "_underscore")}
    return node.line, kind(node.value), repr(node.value), written


def kind(value: object) -> type:
    """The type of a value; a text in several lines is a text."""
    return str if isinstance(value, str) else type(value)


PLAIN = (
    *(
        "a: 08.00",
        "a: 8",
        "a: 08.30\n",
        "a: 8.5",
        "a: 08:00",
        "a: 12:30:15",
        "a: 010",
        "a: 0o10",
        "a: 0x1F",
        "a: 1_000",
    ),
    *("a: 1e3", "a: .5", "a: -1", "a: +1", "a: .inf", "a: .nan", "a: 007", "a: 62.13", "a: 0.50", "a: 1.", "a: 0b11"),
    *("a: no", "a: yes", "a: on", "a: y", "a: true", "a: True", "a: tRue", "a: null", "a: ~", "a:", "a: ''", 'a: ""'),
    *("a: 2024-01", "a: 2024-01-31", "a: 2024-1-31", "a: 2024-01-31 08:00:00", "a: 2024-01-31T08:00:00+07:00"),
    *("a: 'it''s'", "a: it's", 'a: "6 x 6"', "a: b # c", "a: b# c", "a: '#'", "# only\na: b", "a:\n  # c\n  b: c"),
    *(
        "a: [b, c]",
        "a: []",
        "a: {}",
        "a: {b: c, d: [e]}",
        "a: [{b: c}]",
        "a:\n- b\n- c: d\n  e: f",
        "a:\n  - - b\n    - c",
    ),
    *("a: b\n  c", "a:\n  b\n  c", "a: 'b\n\n  c'", "a: http://x.y/z?q=1&r", "a: b:c", "a: Plt. Kepala", "a: B & C"),
    *(
        "1: a",
        "2024: a",
        "true: a",
        "1.5: a",
        "null: a",
        "? a\n: b",
        "---\na: b",
        "a: b\n...\n",
        "a: Tebing–Tinggi ü 🙂",
    ),
    *(
        "a: |\n  b\n\n  c\n",
        "a: >-\n  b\n  c\n\n  d\n\ne: f",
        "a: >\n  b\n    c\n  d\n\n",
        "a: |+\n  b\n\n# c\nd: e",
        "a: |2\n   b",
    ),
    *("a:\n\n\nb: c", "a: b   ", "a:    b", "a: -", "a: - b", "a: '-'", "a: 1 2", "a: 50%", "a: x@y.z", "a: '@x'"),
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_settings_are_read_quickly_and_mean_the_same(text: str) -> None:
    """YAML's traps, times, dates, octal figures, words for yes and no: both readers, one meaning, one line for each."""
    try:
        expected = exact(careful(FILE, text))
    except ConfigError:
        assert quick(FILE, text) is None
        return
    found = quick(FILE, text)
    assert found is not None
    assert exact(found) == expected


def test_every_shipped_file_is_read_quickly_and_means_the_same() -> None:
    """What ships, schemes and examples with it: hundreds of offices are made of such files."""
    files = sorted((ROOT / "config").rglob("*.yaml"))
    assert len(files) > 10
    for file in files:
        found = quick(file, file.read_text(encoding="utf-8"))
        assert found is not None, file
        assert exact(found) == exact(careful(file, file.read_text(encoding="utf-8"))), file


MORE_THAN_PLAIN = (
    *("a: &x 1\nb: *x", "a: !!str 1", "a: &x {b: c}\nd: {<<: *x, e: f}"),
    *(
        "%YAML 1.1\n---\na: no",
        "a: b\r\nc: d",
        "a: 'b\tc'",
        "\ufeffa: b",
        "a: \u2028b",
        "a: {'b':c}",
        "=: a",
        "",
        "# c",
        "[a]",
    ),
)


@pytest.mark.parametrize("text", MORE_THAN_PLAIN)
def test_what_is_more_than_plain_is_read_carefully(text: str) -> None:
    """Anchors, tags, texts of several lines, another YAML's version: all of it goes on being read as it always was."""
    assert quick(FILE, text) is None
    assert exact(tree(FILE, text)) == exact(careful(FILE, text))


WRONG = (
    ("a: 1\nb: 2024-02-30", 2, "tanggal itu tidak ada"),
    ("a:\n- 2024-01-01\n- 2024-13-45", 3, "tanggal itu tidak ada"),
    ("a: 2024-01-01 25:00:00", 1, "tanggal itu tidak ada"),
    ("a: 0000-00-00", 1, "tanggal itu tidak ada"),
    ("a: 1\nb: 0x_", 2, ""),
    ("a: 1\nb: ._", 2, ""),
    ("a: !!int x", None, ""),
    ("a: 1\n\nb: x\0y", 3, "tidak terlihat"),
    ("a: " + "[" * 700, None, "terlalu banyak tingkatan"),
    ("a: &x [*x]\nb: *y", 2, ""),
    ("a: 1\na: 2", 2, "dua kali"),
    ("a: b: c", 1, ""),
    ("a:\n\t- b", 2, ""),
    ("a: 'b", 1, ""),
    ("a: [b", 1, ""),
    ("a: 1\n b: 2", 2, ""),
    ("<<: 1", 1, ""),
    ("? [a]\n: {b: [c}\n", 2, ""),
)


@pytest.mark.parametrize(("text", "line", "said"), WRONG, ids=lambda value: repr(value)[:20])
def test_what_can_not_be_read_is_told_with_its_line(text: str, line: int | None, said: str) -> None:
    """A day that is not in the calendar, a character nobody sees, brackets without end: an error of the file, no crash."""
    assert quick(FILE, text) is None
    with pytest.raises(ConfigError) as met:
        tree(FILE, text)
    told = language("id")(met.value.message)
    assert told.startswith(f"office.yaml:{line}:" if line else "office.yaml:")
    assert said in told


WORDS = (
    *(
        "a",
        "b",
        "key",
        "1",
        "08",
        "0o7",
        "1.50",
        "08.00",
        "no",
        "yes",
        "true",
        "null",
        "~",
        "2024-01",
        "2024-01-31",
        "é",
    ),
    *(
        ":",
        ": ",
        "- ",
        "-",
        "\n",
        "\n",
        "\n",
        " ",
        "  ",
        "    ",
        "#",
        " # c",
        "# c\n",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
    ),
    *(
        ", ",
        "|",
        ">",
        "|-",
        "&a",
        "*a",
        "!",
        "!!str ",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "<<",
        "---\n",
        "...\n",
        "\t",
        "\\",
        "=",
    ),
    *("a: ", "b: ", "c:\n  ", "- a\n", "  - b: c\n", "x: [a, b]\n", "y: {a: b}\n", '"q"', "'q'", "0x1F", "1_000", ".5"),
    *("\u2028", "\x85", "\ufeff", "\r\n", "\x00", "\u00a0", "🙂", "12:30", "a:b", "a #b", "word word", '"q":', "'q':z"),
    *("|\n", ">-\n  x\n   y\n", "a: >-\n  b\n", "a: |\n  b\n", "  x\n", "\n\n", "|+\n", "  # c\n", ">2-\n"),
)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_both_readers_say_the_same_of_any_text(text: str) -> None:
    """The quick reader reads it as the careful one does, or leaves it to that one; what neither can read is told."""
    found = quick(FILE, text)
    try:
        expected = exact(careful(FILE, text))
    except ConfigError:
        assert found is None
    else:
        assert found is None or exact(found) == expected
