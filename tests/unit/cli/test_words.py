"""The ledger in people's words."""

from __future__ import annotations

import pytest

from sheets_sync.cli.words import report_word, state_line, state_word
from sheets_sync.i18n import language
from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState
from sheets_sync.model import Period

ID = language("id")


def delivery(state: DeliveryState, report: str = "office") -> Delivery:
    return Delivery(DeliveryKey("barito-timur", report, Period(2024, 10), "", "ibu@example.org"), state)


@pytest.mark.parametrize("state", list(DeliveryState))
def test_every_state_has_an_indonesian_word(state: DeliveryState) -> None:
    """No state of a delivery is shown by its internal name."""
    assert state.value not in (state_word(state.value, ID), state_line(delivery(state), ID))


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("office", "laporan dinas"),
        ("library", "laporan perpustakaan"),
        ("reminder-2", "pengingat ke-2"),
        ("reminder-20241106", "pengingat 6 November 2024"),
        ("office.2", "laporan dinas, surel 2"),
        ("office-year.3", "laporan tahunan dinas, surel 3"),
    ],
)
def test_every_report_has_an_indonesian_word(report: str, said: str) -> None:
    """A delivery says what is delivered."""
    assert ID(report_word(delivery(DeliveryState.SENT, report))) == said
