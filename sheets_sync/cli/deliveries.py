"""`deliveries`: the ledger, and settling what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.jobs import parse_month
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.words import report_word, state_line, state_word
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language
from sheets_sync.model import msg

if TYPE_CHECKING:
    from sheets_sync.mail.ledger import Delivery


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
        lines = app.store.deliveries.of(period=parse_month(period) if period else None)
    text = "\n".join(_line(line, session.t) for line in lines) or session.t("No deliveries yet.")
    session.show(text, {"deliveries": [_document(line) for line in lines]})


@deliveries.command()
@click.argument("delivery", metavar="ID")
@click.argument("decision", type=click.Choice(["sent", "again"]))
@pass_session
def settle(session: Session, delivery: str, decision: str) -> None:
    """Settle an unknown or held delivery.

    It was `sent`, or it is to be sent (`again`); a held one's address is approved with it.
    """
    from sheets_sync.jobs.approve import approve_held  # noqa: PLC0415 - imported when used
    from sheets_sync.mail.ledger import DeliveryState  # noqa: PLC0415 - as above

    with session.app() as app:
        line = app.store.deliveries.find(delivery)
        if line is None:
            raise UsageError(msg("There is no delivery {id}; `sheets-sync deliveries` lists them.", id=delivery))
        if line.state not in (DeliveryState.UNKNOWN, DeliveryState.HELD):
            state = state_word(line.state.value, session.t)
            raise UsageError(msg("Delivery {id} waits for nobody: {state}.", id=delivery, state=state))
        settled = DeliveryState.SENT if decision == "sent" else DeliveryState.PLANNED
        if line.state is DeliveryState.HELD and decision == "again":
            approve_held(app, line)
        else:
            app.store.deliveries.resolve(delivery, settled, session.t("settled by a person"), app.clock())
    text = (
        session.t("{recipient}: noted as sent.", recipient=line.key.recipient)
        if decision == "sent"
        else session.t("{recipient}: will be sent again with the next round.", recipient=line.key.recipient)
    )
    session.show(text, {"id": delivery, "state": settled.value})


def _line(line: Delivery, t: Language) -> str:
    key = line.key
    parts = [
        line.id,
        t.month(key.period, short=True),
        t(report_word(line)),
        key.about or "–",
        key.recipient,
        state_line(line, t),
        line.said,
    ]
    return "  ".join(part for part in parts if part)


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
