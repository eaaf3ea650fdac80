"""The reading table: every kind of field with its forms, as the documentation lists them and the tests go through them."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Any

from sheets_sync.intake.options import Inputs
from sheets_sync.intake.values.addresses import address_grammar
from sheets_sync.intake.values.codes import code_grammar
from sheets_sync.intake.values.counts import count_grammar
from sheets_sync.intake.values.dates import date_grammar
from sheets_sync.intake.values.decimals import decimal_grammar, score_grammar
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.grammar import Grammar
from sheets_sync.intake.values.hours import hours_grammar
from sheets_sync.intake.values.months import month_grammar
from sheets_sync.intake.values.phones import phone_grammar
from sheets_sync.intake.values.years import year_grammar


def sample_words(inputs: Inputs) -> Words:
    """The words of an element that is counted in the first unit of the configuration: people."""
    own, *others = map(frozenset, inputs.units)
    zero, not_applicable = frozenset(inputs.zero), frozenset(inputs.not_applicable)
    return Words(zero, not_applicable, own, frozenset(chain(*others)))


@cache
def reading_table() -> tuple[Grammar[Any], ...]:
    """The grammars of all kinds of field, with the words of the default configuration."""
    inputs = Inputs()
    words, none = sample_words(inputs), frozenset(inputs.none)
    return (
        count_grammar(words),
        decimal_grammar(words),
        hours_grammar(words),
        month_grammar(none, day_first=True, numerals=True),
        date_grammar(none, day_first=True),
        year_grammar(none),
        code_grammar(none),
        score_grammar(none),
        phone_grammar(none, inputs.country_code),
        address_grammar(none),
    )
