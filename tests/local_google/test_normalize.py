"""What Google makes of colours and borders."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.local_google import validation
from sheets_sync.local_google.normalize import channel


def kept_format(given: dict[str, Any]) -> Any:
    request = {"repeatCell": {"cell": {"userEnteredFormat": given}, "fields": "userEnteredFormat"}}
    body = validation.body("sheets", "BatchUpdateSpreadsheetRequest", {"requests": [request]})
    return body["requests"][0]["repeatCell"]["cell"]["userEnteredFormat"]


RED = {"red": 1}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"backgroundColor": RED}, {"backgroundColor": RED, "backgroundColorStyle": {"rgbColor": RED}}),
        (
            {"backgroundColorStyle": {"rgbColor": RED}},
            {"backgroundColor": RED, "backgroundColorStyle": {"rgbColor": RED}},
        ),
        (
            {"backgroundColorStyle": {"themeColor": "BACKGROUND"}},
            {
                "backgroundColor": {"red": 1, "green": 1, "blue": 1},
                "backgroundColorStyle": {"themeColor": "BACKGROUND"},
            },
        ),
        (
            {"backgroundColor": {"red": 0.9, "green": 0, "blue": 0.5, "alpha": 1}},
            {
                "backgroundColor": {"red": 0.8980392, "blue": 0.49803922},
                "backgroundColorStyle": {"rgbColor": {"red": 0.8980392, "blue": 0.49803922}},
            },
        ),
        (
            {"backgroundColor": {"red": 112, "green": 48, "blue": 160}},
            {
                "backgroundColor": {"red": 0.5647059, "green": 0.8156863, "blue": 0.3764706},
                "backgroundColorStyle": {"rgbColor": {"red": 0.5647059, "green": 0.8156863, "blue": 0.3764706}},
            },
        ),
        ({"backgroundColorStyle": {"rgbColor": None}}, {}),
        (
            {"borders": {"top": {"style": "SOLID_MEDIUM"}}},
            {"borders": {"top": {"style": "SOLID_MEDIUM", "width": 2, "color": {}, "colorStyle": {"rgbColor": {}}}}},
        ),
        ({"textFormat": {"bold": False, "fontSize": 10}}, {"textFormat": {"bold": False, "fontSize": 10}}),
    ],
)
def test_colours_are_kept_in_both_notations_and_borders_with_their_width(given: dict[str, Any], kept: Any) -> None:
    """A colour has eight bits a channel, a style beside it, and zero channels are left out."""
    assert kept_format(given) == kept


def test_a_colour_of_eight_bits_is_not_cut() -> None:
    """Neither as a client computes it nor as Google shows it, so reading and writing back changes nothing."""
    shown = [channel(byte / 255) for byte in range(256)]
    assert [round(value * 255) for value in shown] == list(range(256))
    assert [channel(value) for value in shown] == shown
