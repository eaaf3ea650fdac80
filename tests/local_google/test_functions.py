"""The functions beyond the everyday ones amount to what they amount to at Google."""

from __future__ import annotations

import pytest
from typed_books import Rows, sheet, workbook

from sheets_sync.local_google.formulas.functions import FUNCTIONS
from sheets_sync.local_google.workbook import ErrorValue, Value

_DATA: Rows = [["desa", "kunjungan", "buku"], ["Tangkum", 412, 90], ["Pangkan", 300, 60], ["Turan Amis", 250, 75]]


def _value(formula: str) -> Value:
    """Right of a table of libraries."""
    rows: list[list[object]] = [list(row) for row in _DATA]
    rows[0] += [None, None, formula]
    return workbook(sheet(rows)).sheets[0].cell(0, 5).value


def test_an_array_has_an_end() -> None:
    """A sequence of a thousand million numbers is an error, not the end of the machine's memory."""
    value = _value("=SEQUENCE(1000000,1000)")
    assert isinstance(value, ErrorValue)
    assert "SEQUENCE makes more than" in value.message


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=LARGE(B2:B4,2)", 300),
        ("=SMALL(B2:B4,1)", 250),
        ("=RANK(300,B2:B4)", 2),
        ("=RANK(300,B2:B4,TRUE)", 2),
        ("=STDEV(1,2,3)", 1),
        ("=STDEVP(1,3)", 1),
        ("=VAR(1,2,3)", 1),
        ("=SUMSQ(1,2,3)", 14),
        ("=COUNTUNIQUE(1,1,2)", 2),
        ('=AVERAGEIFS(B2:B4,C2:C4,">70")', 331),
        ('=MINIFS(B2:B4,C2:C4,">70")', 250),
        ('=MAXIFS(B2:B4,A2:A4,"T*")', 412),
        ('=SUMIF(B2:B4,"<=300")', 550),
        ('=COUNTIF(A1:A4,"<b")', 0),
        ('=COUNTIF(A1:A4,">p")', 3),
        ('=COUNTIF(A1:D1,"")', 1),
        ("=COUNTIF(B2:B4,300)", 1),
        ('=COUNTIF({TRUE,FALSE,"TRUE"},TRUE)', 1),
        ('=COUNTIF({TRUE,FALSE},"TRUE")', 1),
        ("=XOR(TRUE,TRUE,TRUE)", True),
        ('=SWITCH(3,1,"a","else")', "else"),
        ('=CHOOSE(2,"a","b")', "b"),
        ('=HLOOKUP("buku",A1:C4,3,FALSE)', 60),
        ('=VLOOKUP("tur*",A1:C4,2,FALSE)', 250),
        ("=MATCH(70,{90,75,60},-1)", 2),
        ('=XLOOKUP("Pangkan",A1:A4,C1:C4)', 60),
        ("=ROWS(A1:C4)*COLUMNS(A1:C4)", 12),
        ("=SUM(TRANSPOSE(B2:C2))", 502),
        ("=SUM(INDEX(A1:C4,0,3))", 225),
        ("=INDEX({1,2,3},2)", 2),
        ("=ROW(A3)&COLUMN()", "36"),
        ("=SUMPRODUCT(ROW(A2:A4))", 9),
        ("=SUMPRODUCT(COLUMN(A1:C1))", 6),
        ("=COUNTA(UNIQUE({1;1;2}))", 2),
        ("=SUM(ARRAYFORMULA(IFERROR({1,2}/{0,1},10)))", 12),
        ("=SUM(ARRAYFORMULA(LEN(A2:A4)))", 24),
        ('=FIND("n","Tangkum")', 3),
        ('=SEARCH("K?M","Tangkum")', 5),
        ('=REPT("ab",3)', "ababab"),
        ('=REPLACE("abcdef",2,3,"-")', "a-ef"),
        ('=SUBSTITUTE("a-a-a","a","b",2)', "a-b-a"),
        ('=SUBSTITUTE("a","a","b",2)', "a"),
        ('=EXACT("a","A")', False),
        ('=CHAR(65)&CODE("A")', "A65"),
        ('=PROPER("turan amis")', "Turan Amis"),
        ('=REGEXMATCH("Desa 12","\\d+")', True),
        ('=REGEXEXTRACT("Desa 12","\\d+")', "12"),
        ('=REGEXEXTRACT("Desa 12","(\\w+) ")', "Desa"),
        ('=REGEXREPLACE("a1","(\\w)(\\d)","$2$1")', "1a"),
        ('=SUM(SPLIT("1,2,3",","))', 6),
        ('=T(5)&T("x")', "x"),
        ('=N(TRUE)+N("x")', 1),
        ("=LN(EXP(2))", 2),
        ("=LOG10(1000)+LOG(8,2)", 6),
        ("=SIGN(-3)", -1),
        ("=SQRT(16)", 4),
        ("=POWER(2,10)", 1024),
        ("=QUOTIENT(7,2)", 3),
        ("=CEILING(2.1)+FLOOR(7,5)+MROUND(7,3)", 14),
        ("=CEILING(1,0)", 0),
        ("=TRUNC(-1.9)", -1),
        ("=ROUND(1250,-2)", 1300),
        ("=TIME(12,30,0)", 0.5208333333333334),
        ('=HOUR("12:30")+MINUTE("12:30")+SECOND("0:00:15")', 57),
        ('=WEEKDAY("2024-11-05")', 3),
        ('=WEEKDAY("2024-11-05",2)', 2),
        ('=EDATE("2024-01-31",1)', 45351),
        ('=DAYS("2024-11-05","2024-11-01")', 4),
        ('=DATEVALUE("2024-11-05 12:00:00")', 45601),
        ("=DATE(2024,14,1)", 45689),
        ("=ISERR(1/0)&ISNA(NA())&ISLOGICAL(1)&ISNONTEXT(1)", "TRUETRUEFALSETRUE"),
        ('="3/4/2024"+0', 45355),
        ('="5%"*100', 5),
        ('=-"2"', -2),
        ('=1/3&""', "0.333333333333333"),
        ('=1E20&""', "1E+20"),
        ('=1E-7&""', "1E-7"),
        ('="b">"A"', True),
        ('=TRUE>"z"', True),
        ("=Z1=0", True),
        ('=Z1=""', True),
    ],
)
def test_a_function_has_its_value(formula: str, value: Value) -> None:
    """Right of a small table, in an American workbook."""
    found = _value(formula)
    assert found == (pytest.approx(value) if isinstance(value, float) else value)
    assert isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("=MEDIAN(A1)", "NUM"),
        ("=LARGE(B2:B4,9)", "NUM"),
        ("=RANK(1,B2:B4)", "N_A"),
        ("=STDEV(1)", "DIVIDE_BY_ZERO"),
        ('=AVERAGEIF(A1:A4,"x",B1:B4)', "DIVIDE_BY_ZERO"),
        ('=COUNTIFS(A1:A4,"x",B1:B2,1)', "VALUE"),
        ("=SUMPRODUCT(A1:A4,B1:B2)", "VALUE"),
        ("=SUMPRODUCT(1/{0,1})", "DIVIDE_BY_ZERO"),
        ("=IFS(FALSE,1)", "N_A"),
        ("=SWITCH(1,2,3)", "N_A"),
        ("=CHOOSE(3,1,2)", "NUM"),
        ('=IF("x",1)', "VALUE"),
        ('=MATCH("x",A1:A4,0)', "N_A"),
        ('=HLOOKUP("x",A1:C4,2,FALSE)', "N_A"),
        ('=VLOOKUP("desa",A1:C4,0,FALSE)', "VALUE"),
        ('=XLOOKUP("x",A1:A4,C1:C4)', "N_A"),
        ("=FILTER(A2:A4,B2:B4>999)", "N_A"),
        ("=ROW(1)", "N_A"),
        ('=FIND("z","a")', "VALUE"),
        ('=MID("abc",0,1)', "NUM"),
        ('=LEFT("abc",-1)', "VALUE"),
        ('=VALUE("x")', "VALUE"),
        ('=REGEXEXTRACT("a","b")', "N_A"),
        ('=REGEXMATCH("a","(")', "REF"),
        ('=SPLIT("a","")', "VALUE"),
        ('=REPT("ab",50000)', "VALUE"),
        ("=CHAR(0)", "NUM"),
        ("=LN(0)", "NUM"),
        ("=LOG(0)", "NUM"),
        ("=MOD(1,0)", "DIVIDE_BY_ZERO"),
        ("=QUOTIENT(1,0)", "DIVIDE_BY_ZERO"),
        ("=0^-1", "DIVIDE_BY_ZERO"),
        ("=1E308*10", "NUM"),
        ("=(-1)^0.5", "NUM"),
        ("=SUM(1E308,1E308)", "NUM"),
        ("=DATE(99999,1,1)", "NUM"),
        ("=YEAR(99999999)", "NUM"),
        ("=EDATE(1,999999)", "NUM"),
        ("=WEEKDAY(1,9)", "NUM"),
        ('=DATEVALUE("x")', "VALUE"),
        ("=A1:A4+{1,2;3,4}*#N/A", "N_A"),
    ],
)
def test_what_a_function_can_t_take_is_an_error(formula: str, kind: str) -> None:
    """Of Google's kind."""
    value = _value(formula)
    assert isinstance(value, ErrorValue)
    assert value.kind == kind


def test_a_named_range_stands_for_its_cells() -> None:
    """Case does not count."""
    own = sheet([["7"], ["8"], ["=SUM(Scores)"]])
    book = workbook(own)
    book.named_ranges.append({"name": "scores", "range": {"sheetId": 0, "endRowIndex": 2, "endColumnIndex": 1}})
    assert workbook(*book.sheets, named_ranges=book.named_ranges).sheets[0].cell(2, 0).value == 15


def test_every_function_says_how_many_arguments_it_takes() -> None:
    """At least as many kinds as arguments are required, unless it evaluates them itself or has none."""
    for function in FUNCTIONS.values():
        assert function.most is None or function.most >= function.least
        assert function.takes or function.most == 0
