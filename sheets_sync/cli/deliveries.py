"""`deliveries`: the ledger, and settling what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.offices import column_of
from sheets_sync.cli.params import parse_month
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.words import STATES, report_word, state_line
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period, msg
from sheets_sync.model.text import one_line

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.mail.ledger import Delivery

DECISIONS = {"sent": DeliveryState.SENT, "again": DeliveryState.PLANNED}
BY_PERIOD = (DeliveryState.REFUSED, DeliveryState.UNKNOWN)
BY_ID = (*BY_PERIOD, DeliveryState.HELD)  # a new address is looked at one by one


@click.group(invoke_without_command=True)
@click.option("--period", metavar="MONTH", help="Only this month's, like 2024-10.")
@click.pass_context
def deliveries(ctx: click.Context, period: str | None) -> None:
    """List the mails: sent, refused, held, unknown.

    This is the ledger: what was planned for whom, and what became of it.
    """
    if ctx.invoked_subcommand is not None:
        return
    session = ctx.ensure_object(Session)
    with session.app() as app:
        lines = _ledger(app, parse_month(period) if period else None)
        told = [f"{column_of(app, line.key.office)}{_line(line, session.t)}" for line in lines]
    text = "\n".join(told) or session.t("No deliveries yet.")
    session.show(text, {"deliveries": [_document(line) for line in lines]})


@deliveries.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.argument("decision", type=click.Choice(["sent", "again"]))
@click.option("--period", metavar="MONTH", help="All of this month that were given up or are unknown, like 2024-10.")
@pass_session
def settle(session: Session, ids: tuple[str, ...], decision: str, period: str | None) -> None:
    """Settle deliveries as sent or to be sent again.

    They were `sent`, or they are to be sent (`again`); the address of a held one is approved with it.

    By ID, one that is unknown, held or refused; with --period all of a month that were refused, given up after days of
    trying, or are unknown. What is held for its address is only settled by its ID.
    """
    if bool(ids) == bool(period):
        raise UsageError(msg("Name deliveries by their ID, or all of a month with --period 2024-10."))
    with session.app() as app:
        lines = _named(app, ids) if ids else _left_over(app, parse_month(str(period)))
        if decision == "again":
            _refuse_without_message(app, lines)
        settled = DECISIONS[decision]
        _settle(app, lines, settled, session.t)
    texts = [_settled(line, decision, session.t) for line in lines] or [session.t("Nothing waits to be settled.")]
    documents = [{"id": line.id, "state": settled.value} for line in lines]
    session.show("\n".join(texts), documents[0] if len(ids) == 1 else documents)


def _settle(app: App, lines: Sequence[Delivery], settled: DeliveryState, t: Language) -> None:
    """A held one goes because its address is approved, or it would be held again; if one can't be, nothing is settled."""
    from sheets_sync.jobs.mailing.approve import approve_held  # noqa: PLC0415 - pandas comes with it

    held = [line for line in lines if line.state is DeliveryState.HELD and settled is DeliveryState.PLANNED]
    if held:
        approve_held(app, held)
    for line in lines:
        if line not in held:
            app.store.deliveries.resolve(line.id, settled, t("settled by a person"), app.clock())


def _named(app: App, ids: Sequence[str]) -> list[Delivery]:
    """The deliveries of the ids, each of which waits for a person.

    Raises:
        UsageError: one of them is not there, or waits for nobody; none is settled then.
    """
    lines = []
    for delivery in dict.fromkeys(ids):
        line = app.store.deliveries.find(delivery)
        if line is None or line.key.office not in app.codes:
            raise UsageError(msg("There is no delivery {id}; `sheets-sync deliveries` lists them.", id=delivery))
        if line.state not in BY_ID:
            raise UsageError(
                msg("Delivery {id} waits for nobody: {state}.", id=delivery, state=STATES[line.state.value])
            )
        lines.append(line)
    return lines


def _left_over(app: App, period: Period) -> list[Delivery]:
    return [line for line in _ledger(app, period) if line.state in BY_PERIOD]


def _ledger(app: App, period: Period | None) -> list[Delivery]:
    """The deliveries of the offices that are asked about."""
    return [line for line in app.store.deliveries.of(period=period) if line.key.office in app.codes]


def _refuse_without_message(app: App, lines: Sequence[Delivery]) -> None:
    gone = app.store.deliveries.without_message([line.id for line in lines])
    if gone:
        raise UsageError(
            msg(
                "The text of {ids} is no longer kept, so it can't be sent again. Make a new version: "
                "`sheets-sync report --period MONTH --resend ADDRESS`.",
                ids=sorted(gone),
            )
        )


def _settled(line: Delivery, decision: str, t: Language) -> str:
    if decision == "sent":
        return t("{recipient}: noted as sent.", recipient=line.key.recipient)
    return t("{recipient}: will be sent again with the next round.", recipient=line.key.recipient)


def _line(line: Delivery, t: Language) -> str:
    from sheets_sync.mail.words import said_of  # noqa: PLC0415 - only where there is a line

    key = line.key
    parts = [
        line.id,
        t.month(key.period, short=True),
        t(report_word(line)),
        key.about or "–",
        key.recipient,
        state_line(line, t),
        t.show(said_of(line.said)),
    ]
    return "  ".join(one_line(part) for part in parts if part)


def _document(line: Delivery) -> dict[str, Any]:
    key = line.key
    return {
        "id": line.id,
        "office": key.office,
        "report": key.report,
        "period": str(key.period),
        "library": key.about or None,
        "recipient": key.recipient,
        "version": key.version,
        "state": line.state.value,
        "tries": line.tries,
        "changed_at": line.changed_at,
        "next_try_at": line.next_try_at,
        "said": line.said,
    }
