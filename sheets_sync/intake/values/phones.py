"""Phone numbers: one number, with the signs and words that people put around it."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern, formula_error, nothing, read_cell
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries

_KIND = r"(?:hp|wa|w\.a\.?|whatsapp|telp|tel|telepon|tlp|phone|mobile)\.?"
_LABEL = rf"(?:(?:no\.?|nomor) *)?{_KIND}(?: *[/&] *{_KIND})?(?: *: *| +)|(?:no\.?|nomor)(?: *: *| +)"
_GROUPS = r"[0-9]{1,20}(?:(?: - |[ .-])[0-9]{1,20}){0,12}"
_DIGITS = rf"(?:\+ ?(?=[1-9]))?{_GROUPS}"  # behind a + comes a country, and none begins with a nought
# `(0526) 2031234`, `(+62) 812`, `+62 (812) 345`; <cc> is our own country's number, behind which a nought is in brackets
_BRACKETS = rf"(?:\(\+?[0-9]{{1,5}}\)[ -]?{_GROUPS}|\+?[1-9][0-9]{{0,2}} ?\([1-9][0-9]{{0,4}}\)[ -]?{_GROUPS}|\+?<cc> ?\(0\)[ -]?(?=[1-9]){_GROUPS})"


@lru_cache(maxsize=16)
def phone_grammar(none: frozenset[str], country_code: str) -> Grammar[str]:
    """The ways of writing a phone number."""

    def read(match: re.Match[str]) -> Entry[str]:
        return _number(match["number"], country_code)

    brackets = _BRACKETS.replace("<cc>", re.escape(country_code))
    return Grammar(
        msg("a phone number"),
        (
            nothing(none),
            Form(
                "phone",
                msg("digits in groups, with 0 or the country's number before them"),
                form_pattern(rf"(?P<number>{_DIGITS})"),
                read,
                ("0812-3456-7890", "+62 812 3456 7890"),
            ),
            Form(
                "phone-brackets",
                msg("an area's number, the country's number or a nought in brackets"),
                form_pattern(rf"(?P<number>{brackets})"),
                read,
                ("(0526) 2031234", "+62 (0)812 3456 7890"),
            ),
            Form(
                "phone-label",
                msg("words that say what it is, before it or in brackets behind it; a full stop"),
                form_pattern(rf"(?:{_LABEL})?(?P<number>{_DIGITS}|{brackets})(?: *\({_KIND}\)| +{_KIND})?\.?"),
                read,
                ("HP: 0813 1111 2222", "0813-1111-2222 (WA)"),
            ),
            formula_error(entries.PHONE),
        ),
        entries.PHONE,
    )


def read_phone(cell: GridCell, country_code: str = "62", none: frozenset[str] = frozenset()) -> Entry[str]:
    """A number as `+62 812 3456 7890`, whether typed with 0, 62 or +62 or kept by the sheet as a number."""
    grammar = phone_grammar(none, country_code)
    return read_cell(cell, grammar, lambda cell, value: _of_number(cell, value, country_code))


def _of_number(cell: GridCell, value: float, country_code: str) -> Entry[str]:
    """A number that the sheet keeps without the nought in front; its digits, however they are shown."""
    plain = cell.kind in (NumberKind.PLAIN, NumberKind.TEXT, NumberKind.SCIENTIFIC) and value.is_integer() and value > 0
    return _number(str(int(value)), country_code) if plain else refused(entries.PHONE)


def _number(typed: str, country_code: str) -> Entry[str]:
    digits = re.sub(r"[^0-9]", "", typed.replace("(0)", ""))
    if digits.startswith("00") and not digits.startswith(f"00{country_code}"):
        return refused(entries.PHONE)  # a nought too many, or another country's number without a +
    foreign = "+" in typed and not digits.startswith(country_code)
    national = digits if foreign else _national(digits, country_code)
    if not 8 <= len(national) <= 13:
        return refused(entries.PHONE)
    number = f"+{national}" if foreign else f"+{country_code} {national[:3]} {national[3:7]} {national[7:]}".rstrip()
    return Entry(State.REPORTED, number, plain=number == typed)


def _national(digits: str, country_code: str) -> str:
    """The digits after the country code, without a leading zero."""
    bare = digits.removeprefix("00")
    if bare.startswith(country_code) and len(bare) > 9:
        bare = bare.removeprefix(country_code)
    return bare.removeprefix("0")
