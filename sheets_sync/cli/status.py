"""`status`: last runs, workbooks and their age, what is due, what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.words import state_word
from sheets_sync.i18n import Language
from sheets_sync.model.text import one_line

if TYPE_CHECKING:
    from sheets_sync.app import App


@click.command()
@pass_session
def status(session: Session) -> None:
    """Tell the last runs, what is due, and what failed.

    Workbooks with their age, too.
    """
    from sheets_sync.jobs.service import due, hindrances  # noqa: PLC0415 - pandas comes with it

    with session.app() as app:
        steps = list(due(app))
        document = _document(app, [step.name for step in steps], session.t)
        document["waits"] = [session.t(told) for told in hindrances(app)]
        due_now = [session.t(step.told) for step in steps]
    session.show(_text(document, due_now, session.t), document)


def _document(app: App, due: list[str], t: Language) -> dict[str, Any]:
    zone = app.settings.offices[0].zone
    runs = [run for job in ("sync", "report", "deliver") if (run := app.store.runs.last(job))]
    codes = {office.code for office in app.settings.offices}
    states = [line.state.value for line in app.store.deliveries.of() if line.key.office in codes]
    return {
        "runs": [
            {"job": run.job, "started": run.started_at.astimezone(zone), "status": run.status, "detail": run.detail}
            for run in runs
        ],
        "workbooks": [
            {
                "office": office.code,
                "workbook": workbook,
                "title": record.title if record else "",
                "read": record.read_at.astimezone(zone) if record and record.read_at else None,
                "problem": t(record.problem) if record and record.problem else None,
            }
            for office in app.settings.offices
            for known in [app.store.workbooks(office.code)]
            for workbook in office.workbooks
            for record in [known.get(workbook)]
        ],
        "due": due,
        "deliveries": {state: states.count(state) for state in dict.fromkeys(states)},
    }


def _text(document: dict[str, Any], due_now: list[str], t: Language) -> str:
    lines = [t("Last runs")]
    lines += [
        f"  {run['job']:8} {t.date_time(run['started'])}  {_ended(run['status'], t)}" for run in document["runs"]
    ] or [t("  none yet")]
    lines += ["", t("Workbooks")]
    for workbook in document["workbooks"]:
        read = t.date_time(workbook["read"]) if workbook["read"] else t("never read")
        lines.append(f"  {one_line(workbook['title']) or workbook['workbook']}  {read}")
        if workbook["problem"]:
            lines.append(f"    ✗ {workbook['problem']}")
    lines += ["", t("Due now: {steps}", steps=due_now or t("nothing"))]
    lines += [f"! {told}" for told in document["waits"]]
    if document["deliveries"]:
        counts = [f"{state_word(state, t)} {count}" for state, count in document["deliveries"].items()]
        lines.append(t("Deliveries: {counts}", counts=counts))
    return "\n".join(lines)


def _ended(status: int | None, t: Language) -> str:
    if status is None:
        return t("did not end; it was stopped, or is still at work")
    return t("done") if status == 0 else t("ended with status {status}", status=status)
