"""`decide`: what the office is asked, and its answers, without the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.offices import NotGiven, column_of
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language
from sheets_sync.jobs.apart import each_apart
from sheets_sync.model import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheets_sync.config.office import Office
    from sheets_sync.model.decision import Decision, DecisionRecord

ANSWERS = {"yes": True, "no": False, "clear": None}


@click.command()
@click.argument("question", required=False, metavar="[CODE]")
@click.argument("answer", required=False, type=click.Choice(list(ANSWERS)))
@pass_session
def decide(session: Session, question: str | None, answer: str | None) -> int:
    """Show what the office is asked to decide, or answer it.

    The questions are those of the tab for approvals: reports that wait, reports to put off, months to close, figures
    that vanished, held addresses. An answer counts as one that an approver types there; `clear` takes it back.
    """
    from sheets_sync.jobs import decisions as job  # noqa: PLC0415 - pandas comes with it

    if (question is None) != (answer is None):
        raise UsageError(msg("Name a question and its answer: `sheets-sync decide D-12345678 yes`."))
    with session.app() as app:
        missing = NotGiven(session.t)
        asked = [*each_apart(app.settings.offices, lambda each: (each, job.open_decisions(app, each)), missing)]
        if question is not None and answer is not None:
            those = [office for office, state in asked if question in state.known]
            office = _one_of(those or app.settings.offices[:1], question)
            record = job.answer(app, office, question, said=ANSWERS[answer], by=session.t("terminal"))
            session.show(session.t("Noted: {answer}.", answer=_word(record.said, session.t)), _answered(office, record))
            return missing.status
        found = [(office, each, state.records.get(each.id)) for office, state in asked for each in state.open]
        told = [f"{column_of(app, office.code)}{_line(each, record, session.t)}" for office, each, record in found]
    lines = told or [session.t("Nothing waits to be decided.")]
    session.show("\n".join(lines), {"decisions": [_document(*each) for each in found]})
    return missing.status


def _one_of(offices: Sequence[Office], question: str) -> Office:
    """The office that is asked; two that are asked the same have to be told apart with --office."""
    if len(offices) > 1:
        raise UsageError(msg("{id} is asked of more than one office; name one with --office.", id=question))
    return offices[0]


def _line(each: Decision, record: DecisionRecord | None, t: Language) -> str:
    asks = each.asks if isinstance(each.asks, str) else t(each.asks)
    said = _word(record.said, t) if record else ""
    return "  ".join(filter(None, (each.id, each.about, asks, said)))


def _word(said: bool | None, t: Language) -> str:
    return t("no answer") if said is None else t("yes") if said else t("no")


def _document(office: Office, each: Decision, record: DecisionRecord | None) -> dict[str, Any]:
    return {
        "office": office.code,
        "id": each.id,
        "kind": each.kind.value,
        "library": each.library or None,
        "period": str(each.period) if each.period else None,
        "answer": record.said if record else None,
        "by": record.by if record else "",
        "at": record.at if record else None,
    }


def _answered(office: Office, record: DecisionRecord) -> dict[str, Any]:
    return {"office": office.code, "id": record.id, "answer": record.said, "at": record.at}
