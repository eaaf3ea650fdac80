"""Shows numbers: by a section of digits, as a fraction, in scientific notation, or automatically."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile

from sheets_sync.local_google.values.locales import Locale
from sheets_sync.local_google.values.patterns import Token

_WIDE = Context(prec=400)


def show_general(value: float, decimal: str = ".") -> str:
    """A number without a format: ten significant digits of a fraction, whole numbers up to 15 digits, else `1.23457E+15`."""
    size = abs(value)
    if 1e-4 <= size < 9e9:  # nearly all: whole or not, ten digits of it need no exponent
        text = f"{value:.10g}"
    elif size >= 1e15 or (size < 1e-9 and value):
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        text = f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    elif value == int(value):
        return str(int(value))
    else:
        text = _plain(f"{value:.10g}") if size < 1e10 else f"{value:.0f}"
    return text if decimal == "." else text.replace(".", decimal)


def _plain(text: str) -> str:
    """Without an exponent."""
    return f"{Decimal(text):f}" if "e" in text else text


@dataclass(frozen=True, slots=True)
class Layout:
    """What a section of digits asks for, read off its tokens once.

    Attributes:
        whole, decimals: the tokens before and after the decimal point.
        scale: the power of ten by which `%` and trailing commas move the number.
        grouped: whether the whole digits are grouped by thousands.
        places: how many decimals are shown.
    """

    whole: tuple[Token, ...]
    decimals: tuple[Token, ...]
    scale: int
    grouped: bool
    places: int


@lru_cache(maxsize=1024)
def layout(tokens: tuple[Token, ...]) -> Layout:
    """Read a section's tokens."""
    point = next((place for place, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole, decimals = tokens[:point], tokens[point:]
    digits = [place for place, token in enumerate(whole) if token.kind == "digit"]
    first, last = (digits[0], digits[-1]) if digits else (len(whole), len(whole))
    scaling = len(list(takewhile(lambda token: token.kind == "comma", whole[last + 1 :])))
    decimal_digits = [place for place, token in enumerate(decimals) if token.kind == "digit"]
    tail = decimals[decimal_digits[-1] + 1 :] if decimal_digits else ()
    scaling += len(list(takewhile(lambda token: token.kind == "comma", tail)))
    return Layout(
        whole=_without_commas(whole),
        decimals=_without_commas(decimals),
        scale=2 * sum(token.kind == "percent" for token in tokens) - 3 * scaling,
        grouped=any(token.kind == "comma" for token in whole[first:last]),
        places=len(decimal_digits),
    )


def _without_commas(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(token for token in tokens if token.kind != "comma")


def show_number(value: float, tokens: tuple[Token, ...], locale: Locale) -> str:
    """A number without its sign by the tokens of a number section."""
    kinds = [token.kind for token in tokens]
    if "exponent" in kinds:
        return _scientific(value, tokens, locale)
    if "slash" in kinds and kinds.index("slash") not in {0, len(kinds) - 1}:
        return _fraction(value, tokens)
    plan = layout(tokens)
    number = Decimal(repr(value)).scaleb(plan.scale, _WIDE)
    number = number.quantize(Decimal(1).scaleb(-plan.places), ROUND_HALF_UP, _WIDE)
    whole, _, decimals = f"{number:f}".partition(".")
    return _whole(whole, plan, locale) + _decimals(decimals, plan.decimals, locale)


def rounds_to_zero(value: float, tokens: tuple[Token, ...]) -> bool:
    """Whether a section shows nothing of a number, so that no minus sign stands before it."""
    if any(token.kind in {"exponent", "slash"} for token in tokens):
        return False
    plan = layout(tokens)
    return abs(value) * 10.0**plan.scale < 0.5 * 10.0**-plan.places


def _whole(digits: str, plan: Layout, locale: Locale) -> str:
    """Fill the places before the point from the right; the first of them takes all digits that are left."""
    rest = digits.lstrip("0")
    places = sum(token.kind == "digit" for token in plan.whole)
    shown: list[str] = []
    count = 0
    for kind, text in reversed(plan.whole):
        if kind != "digit":
            shown.append(text)
            continue
        places -= 1
        taken, rest = (rest[-1:], rest[:-1]) if places else (rest, "")
        for digit in reversed(taken or {"0": "0", "?": " "}.get(text, "")):
            if plan.grouped and count and count % 3 == 0:
                shown.append(" " if digit == " " else locale.group)
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _decimals(digits: str, tokens: Sequence[Token], locale: Locale) -> str:
    """The point and the places after it; `#` leaves out zeros that end the number, `?` puts spaces for them."""
    needed = len(digits.rstrip("0"))
    shown, place = "", 0
    for kind, text in tokens:
        if kind == "point":
            shown += locale.decimal
        elif kind == "digit":
            ending = place >= needed
            shown += {"#": "", "?": " "}.get(text, "0") if ending else digits[place]
            place += 1
        else:
            shown += text
    return shown


def _scientific(value: float, tokens: tuple[Token, ...], locale: Locale) -> str:
    place = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, mark, rest = tokens[:place], tokens[place].text, tokens[place + 1 :]
    plan = layout(mantissa)
    number = Decimal(repr(value))
    width = max(1, sum(token.kind == "digit" for token in plan.whole))
    power = _power(number, width)
    if number.scaleb(-power).quantize(Decimal(1).scaleb(-plan.places), ROUND_HALF_UP, _WIDE) >= 10**width:
        power += width
    shown = show_number(float(number.scaleb(-power)), mantissa, locale)
    sign = "-" if power < 0 else "+" if mark[1] == "+" else ""
    return f"{shown}{mark[0]}{sign}{str(abs(power)).zfill(len(mark) - 2)}" + "".join(token.text for token in rest)


def _power(number: Decimal, width: int) -> int:
    """The power of ten to take out, so that the mantissa has `width` digits at most before its point."""
    power = number.adjusted() if number else 0
    return power - power % width


def _fraction(value: float, tokens: tuple[Token, ...]) -> str:
    """`# ??/??` or `# ?/8`: the nearest fraction that fits."""
    slash = next(place for place, token in enumerate(tokens) if token.kind == "slash")
    below = "".join(token.text for token in takewhile(lambda token: token.text.strip(), tokens[slash + 1 :]))
    above = len(list(takewhile(lambda token: token.kind == "digit", reversed(tokens[:slash]))))
    mixed = any(token.kind == "digit" for token in tokens[: slash - above])
    numerator, denominator = _nearest(Fraction(repr(value)), below)
    whole = 0
    if mixed:
        whole, numerator = divmod(numerator, denominator)
    return _written(whole, numerator, denominator, max(above, 1), max(len(below), 1), mixed=mixed)


def _nearest(exact: Fraction, below: str) -> tuple[int, int]:
    fixed = below.strip("#?")
    if fixed.isdigit() and int(fixed):
        return int(exact * int(fixed) + Fraction(1, 2)), int(fixed)
    found = exact.limit_denominator(10 ** max(len(below), 1) - 1)
    return found.numerator, found.denominator


def _written(whole: int, numerator: int, denominator: int, above: int, below: int, *, mixed: bool) -> str:
    if mixed and not numerator:
        return f"{whole}{' ' * (above + below + 2)}".rstrip() if whole else "0"
    part = f"{str(numerator).rjust(above)}/{str(denominator).ljust(below)}"
    return f"{whole} {part}" if mixed and whole else part
