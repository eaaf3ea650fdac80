"""Formulas amount to what they amount to at Google."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_books import sheet, workbook

from sheets_sync.local_google.formulas.functions import FUNCTIONS
from sheets_sync.local_google.formulas.tokens import tokens
from sheets_sync.local_google.formulas.tree import ParseError, parse
from sheets_sync.local_google.values import shown
from sheets_sync.local_google.workbook import Cell, ErrorValue, Value

_DATA = [
    ["a", "1", "2020-01-01", "TRUE", "5%"],
    ["b", "2", "2020-01-05", "FALSE", "$4"],
    ["A", "3", "x", "", "=1/0"],
]


def _cell(formula: str, locale: str = "en_US") -> Cell:
    """The cell G1 beside the data."""
    rows: list[list[object]] = [list(row) for row in _DATA]
    rows[0] += [None, formula]
    return workbook(sheet(rows, locale=locale), locale=locale).sheets[0].cell(0, 6)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("= 1 / 1024", 0.0009765625),
        ("=-2^2", 4.0),
        ("=2+3*4%", 2.12),
        ('="a"&1&TRUE', "a1TRUE"),
        ("=1=1", True),
        ('="a"="A"', True),
        ("=0.1+0.2=0.3", True),
        ('="abc"<5', False),
        ('="12"+1', 13.0),
        ("=TRUE+1", 2.0),
        ("=Z9", None),
        ("=Z9+1", 1.0),
        ("=B1+B2", 3.0),
        ("=Sheet1!B2*$B$3", 6.0),
        ("=SUM(B1:B3)", 6.0),
        ("=SUM(A1:B3,10)", 16.0),
        ("=SUM({1,2;3,4})", 10.0),
        ("=AVERAGE(B1:B)", 2.0),
        ("=COUNT(A1:D3)", 5.0),
        ('=COUNT("5","x",TRUE)', 2.0),
        ("=COUNTA(A1:D3)", 11.0),
        ("=COUNTBLANK(A1:D3)", 1.0),
        ('=COUNTIF(A1:A3,"a")', 2.0),
        ('=COUNTIF(B1:B3,">1")', 2.0),
        ('=COUNTIF(A1:A3,"<>a")', 1.0),
        ('=COUNTIF(A1:C3,"?")', 4.0),
        ('=COUNTIFS(A1:A3,"a",B1:B3,">1")', 1.0),
        ('=SUMIF(A1:A3,"a",B1:B3)', 4.0),
        ('=SUMIFS(B1:B3,A1:A3,"a",B1:B3,">1")', 3.0),
        ('=AVERAGEIF(A1:A3,"a",B1:B3)', 2.0),
        ("=MIN(B1:B3)+MAX(B1:B3)", 4.0),
        ("=MEDIAN(B1:B3)", 2.0),
        ("=PRODUCT(B1:B3)", 6.0),
        ('=SUMPRODUCT((A1:A3="a")*B1:B3)', 4.0),
        ("=SUMPRODUCT(B1:B3,B1:B3)", 14.0),
        ("=ARRAYFORMULA(SUM(IF(B1:B3>1,B1:B3*10,0)))", 50.0),
        ('=IF(B1>1,"x","y")', "y"),
        ("=IF(TRUE,,5)", None),
        ("=IFS(FALSE,1,TRUE,2)", 2.0),
        ('=SWITCH("b","a",1,"b",2,3)', 2.0),
        ('=IFERROR(E3,"bad")', "bad"),
        ('=IFNA(NA(),"none")', "none"),
        ("=AND(D1,NOT(D2))", True),
        ("=OR(D1:D2)", True),
        ("=ROUND(2.675,2)", 2.68),
        ("=ROUND(-1.5)", -2.0),
        ("=ROUNDUP(1.21,1)", 1.3),
        ("=ROUNDDOWN(-1.29,1)", -1.2),
        ("=INT(-1.5)", -2.0),
        ("=ABS(-3)", 3.0),
        ("=MOD(-1,3)", 2.0),
        ("=PI()", 3.141592653589793),
        ('=CONCATENATE(A1:A2,"-",1)', "ab-1"),
        ('=JOIN(", ",A1:A3)', "a, b, A"),
        ('=TEXTJOIN("-",TRUE,A1,"",A2)', "a-b"),
        ('=LEFT("abcdef",2)&RIGHT("abcdef",1)&MID("abcdef",3,2)', "abfcd"),
        ('=LEN(" x ")', 3.0),
        ('=UPPER("é")&LOWER("Á")&TRIM("  a   b ")', "Éáa b"),
        ('=SUBSTITUTE("a-b-c","-","+")', "a+b+c"),
        ('=TEXT(1234.5,"#,##0.00")', "1,234.50"),
        ('=TEXT(C1,"d mmmm yyyy")', "1 January 2020"),
        ('=VALUE("$1,234.50")', 1234.5),
        ("=DATE(2024,2,30)", 45352.0),
        ("=YEAR(C1)*10000+MONTH(C2)*100+DAY(C2)", 20200105.0),
        ("=TODAY()", 45601.0),
        ("=NOW()", 45601.625),
        ("=C2-C1", 4.0),
        ("=EOMONTH(C1,1)", 43890.0),
        ("=ROW()+COLUMN(C1)", 4.0),
        ("=INDEX(A1:B3,2,1)", "b"),
        ("=INDEX(B1:B3,3)", 3.0),
        ('=MATCH("b",A1:A3,0)', 2.0),
        ("=MATCH(2.5,B1:B3)", 2.0),
        ('=VLOOKUP("b",A1:B3,2,FALSE)', 2.0),
        ('=XLOOKUP("z",A1:A3,B1:B3,"-")', "-"),
        ("=COUNTA(FILTER(A1:A3,B1:B3>1))", 2.0),
        ("=COUNTA(UNIQUE(D1:D2))", 2.0),
        ('=HYPERLINK("https://example.org","label")', "label"),
        ("=SPARKLINE(B1:B3)", None),
        ("=ISBLANK(D3)", True),
        ("=ISNUMBER(B1)", True),
        ("=ISTEXT(A1)", True),
        ("=ISERROR(E3)", True),
        ("=B1:B3", 1.0),
    ],
)
def test_a_formula_has_its_value(formula: str, value: Value) -> None:
    """Beside a small table, in an American workbook."""
    found = _cell(formula).value
    assert found == (pytest.approx(value) if isinstance(value, float) else value)
    assert isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("formula", "kind", "message"),
    [
        ("=1/0", "DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero."),
        ("=SUM(E1:E3)", "DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero."),
        ("=AVERAGE(A1:A3)", "DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error."),
        (
            '="abc"+1',
            "VALUE",
            "Function ADD parameter 1 expects number values. But 'abc' is a text and cannot be coerced to a number.",
        ),
        ("=A7:A9", "VALUE", "An array value could not be found."),
        ("=FOO(1)", "NAME", "Unknown function: 'FOO'."),
        ("=scores", "NAME", "Unknown range name: 'SCORES'."),
        ("=Nope!A1", "REF", "Unresolved sheet name 'Nope'."),
        ("=#REF!+1", "REF", "Reference does not exist."),
        ("=A2000", "REF", "Reference does not exist."),
        ('=VLOOKUP("z",A1:B3,2,FALSE)', "N_A", "Did not find value 'z' in VLOOKUP evaluation."),
        ('=VLOOKUP("b",A1:B3,3,FALSE)', "REF", "VLOOKUP evaluates to an out of bounds range."),
        (
            "=INDEX(A1:B3,9,1)",
            "NUM",
            "Function INDEX parameter 2 value is 9. Valid values are between 0 and 3 inclusive.",
        ),
        ("=SQRT(-1)", "NUM", "Function SQRT parameter 1 value is -1. It should be greater than or equal to 0."),
        (
            "=IF(1)",
            "N_A",
            "Wrong number of arguments to IF. Expected between 2 and 3 arguments, but received 1 arguments.",
        ),
        ("=SUM(", "ERROR", "Formula parse error."),
        ("=1 2", "ERROR", "Formula parse error."),
        ("=)", "ERROR", "Formula parse error."),
    ],
)
def test_an_error_has_its_kind_and_message(formula: str, kind: str, message: str) -> None:
    """As Google words it."""
    assert _cell(formula).value == ErrorValue(kind, message)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("=C1+1", "2020-01-02"),
        ("=C2-C1", "4"),
        ("=E2+1", "$5"),
        ("=TODAY()", "11/5/2024"),
        ("=5%", "5%"),
        ("=IF(TRUE,C1,0)", "2020-01-01"),
        ("=MAX(C1:C2)", "2020-01-05"),
        ("=B1/3", "0.3333333333"),
    ],
)
def test_a_result_takes_over_a_number_format(formula: str, text: str) -> None:
    """A date plus a number is a date, a date less a date is not."""
    assert shown(_cell(formula), "en_US") == text


@pytest.mark.parametrize(
    ("formula", "value"), [("=SUM(1,5;2)", 3.5), ('=IF(1>2;"ya";"tidak")', "tidak"), ("=SUM({1\\2;3\\4})", 10.0)]
)
def test_a_decimal_comma_changes_the_separators(formula: str, value: Value) -> None:
    r"""In an Indonesian workbook `;` parts arguments and `\\` the columns of an array."""
    assert _cell(formula, "in_ID").value == value


def test_an_american_argument_list_is_no_formula_there() -> None:
    """`,` can't part references in an Indonesian workbook."""
    assert _cell("=SUM(B1,B2)", "in_ID").value == ErrorValue("ERROR", "Formula parse error.")


def test_formulas_see_other_tabs() -> None:
    """By title, quoted where it has to be."""
    book = workbook(
        sheet([["=SUM('My tab'!A:A)", "=Plain!A1"]]), sheet([["7"], ["8.5"]], "My tab", 1), sheet([["x"]], "Plain", 2)
    )
    assert [cell.value for cell in book.sheets[0].rows[0] if cell] == [15.5, "x"]


@given(st.text(alphabet="A1:$,;()\"'!#+-*/<>=&%{}. \\abSUM", max_size=25))
def test_tokens_join_to_the_formula(text: str) -> None:
    """Nothing of a formula's text is lost, whatever it is."""
    assert "".join(token.text for token in tokens(text)) == text


@given(st.text(alphabet='A1:$,;()"!+-*/<>=&%{}ab', max_size=25))
def test_every_text_is_parsed_or_refused(text: str) -> None:
    """There is no third outcome."""
    try:
        parse("=" + text)
    except ParseError:
        return


_ATOMS = st.sampled_from(
    [
        "1",
        "-3",
        "2.5",
        "1e308",
        '"a"',
        '""',
        '"5"',
        '">1"',
        "TRUE",
        "A1",
        "Z9",
        "A1:B3",
        "A:A",
        "1:2",
        "{1,2;3,4}",
        "#N/A",
    ]
)


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operations = st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<"]), inner).map("".join)
    return operations | st.sampled_from(sorted(FUNCTIONS)).flatmap(lambda name: _calls(name, inner))


def _calls(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    least, most = FUNCTIONS[name].least, FUNCTIONS[name].most
    arguments = st.lists(inner, min_size=least, max_size=least + 2 if most is None else most)
    return arguments.map(lambda given: f"{name}({','.join(given)})")


@given(st.recursive(_ATOMS, _deeper, max_leaves=6))
def test_every_formula_has_a_value_or_an_error(expression: str) -> None:
    """Whatever is passed to whatever function, nothing breaks."""
    assert isinstance(shown(_cell("=" + expression), "en_US"), str)


@given(
    st.recursive(st.integers(0, 9).map(str), lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map("".join))
)
def test_arithmetic_agrees_with_pythons(expression: str) -> None:
    """Products bind before sums, from left to right."""
    assert workbook(sheet([["=" + expression]])).sheets[0].cell(0, 0).value == eval(expression)
