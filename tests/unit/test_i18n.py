"""Messages and the ways of writing numbers and dates."""

import string
from datetime import UTC, date, datetime

import messages as catalogue_script  # the script that lists what is missing
import pytest

from sheets_sync.i18n import language
from sheets_sync.model import Period, msg

ID, EN = language("id"), language("en")


def test_every_message_has_an_indonesian_translation() -> None:
    """No message of the code lacks an Indonesian translation."""
    assert catalogue_script.missing() == {}


def test_no_translation_is_left_over() -> None:
    """No translation belongs to a message that the code has no more."""
    assert catalogue_script.unused() == []


def test_a_message_is_translated_once() -> None:
    """No message stands twice in the Indonesian catalogue, as branches that are merged line by line leave it."""
    assert catalogue_script.doubled() == []


def test_translations_keep_their_blanks() -> None:
    """A translation fills in the same blanks as its message."""
    wrong = []
    for message in catalogue_script.catalogue("id"):
        blanks = [
            {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}
            for text in (message.id, message.string)
        ]
        if message.id and blanks[0] != blanks[1]:
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1234567.891, "1.234.567,891", "1,234,567.891"),
        (7, "7", "7"),
        (Period(2024, 8), "Agustus 2024", "August 2024"),
        (date(2024, 11, 8), "8 November 2024", "8 November 2024"),
        (datetime(2024, 11, 8, 14, 5, tzinfo=UTC), "8 Nov 2024 14.05", "8 Nov 2024 14:05"),
        (["a", 1200], "a, 1.200", "a, 1,200"),
        (None, "", ""),
        (msg("nothing"), "tidak ada", "nothing"),
    ],
)
def test_values_are_written_the_readers_way(value: object, indonesian: str, english: str) -> None:
    """Numbers, months, dates and messages are written the way the reader's language does."""
    assert (ID.show(value), EN.show(value)) == (indonesian, english)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(2.345, 2, "2,35"), (7.715, 2, "7,72"), (0.5, 0, "1"), (-2.345, 2, "-2,35"), (None, 2, "–")],
)
def test_numbers_are_rounded_half_up(value: float | None, decimals: int, text: str) -> None:
    """Rounding for display is half up, as people do it by hand."""
    assert ID.number(value, decimals) == text


def test_a_long_date_names_the_day() -> None:
    """A letter's date begins with the day of the week."""
    assert ID.long_day(date(2024, 11, 8)) == "Jumat, 8 November 2024"


def test_shares_are_shown_as_per_cent() -> None:
    """A share of 1 is shown as per cent."""
    assert (ID.percent(0.0772, 2), EN.percent(0.0772, 2)) == ("7,72 %", "7.72%")
