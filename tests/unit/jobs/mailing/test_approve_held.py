"""Whose address a held mail approves: of its own office alone, though another has a library of that code and address."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sheets_sync.errors import UsageError
from sheets_sync.jobs.mailing import approve
from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState
from sheets_sync.model import Period

STANDINGS = [
    SimpleNamespace(office=SimpleNamespace(code=office), known=SimpleNamespace(address="ani@desa.id", code=code))
    for office, code in (("timur", "PD-1"), ("selatan", "PD-1"), ("selatan", "PD-2"))
]


@pytest.mark.parametrize(
    ("office", "about", "approved"),
    [("timur", "PD-1", [0]), ("selatan", "PD-1", [1]), ("selatan", "", [1, 2]), ("timur", "", [0])],
)
def test_a_held_mail_approves_its_own_office_s_address(
    monkeypatch: pytest.MonkeyPatch, office: str, about: str, approved: list[int]
) -> None:
    """Codes like PD-1 stand in every register, and somebody may look after libraries of two offices."""
    changed = list[object]()
    monkeypatch.setattr(approve, "standings", lambda _: STANDINGS)
    monkeypatch.setattr(approve, "change", lambda _, chosen: changed.extend(chosen))
    key = DeliveryKey(office, "library", Period(2024, 10), about, "Ani@desa.id", 1)
    approve.approve_held(SimpleNamespace(), [Delivery(key, DeliveryState.HELD)])  # type: ignore[arg-type] # nothing is asked of it
    assert changed == [STANDINGS[place] for place in approved]
    stranger = DeliveryKey("utara", "library", Period(2024, 10), about, "ani@desa.id", 1)
    with pytest.raises(UsageError):
        approve.approve_held(SimpleNamespace(), [Delivery(stranger, DeliveryState.HELD)])  # type: ignore[arg-type] # as above
