"""`status`: last runs, workbooks and their age, what is due, what failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.words import state_word
from sheets_sync.i18n import Language
from sheets_sync.model.text import one_line

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.notify.causes import Cause


@click.command()
@click.option("--check", is_flag=True, help="End with status 3 if anything is wrong, for monitoring.")
@pass_session
def status(session: Session, *, check: bool) -> int:
    """Tell the last runs, what is wrong, and what is due.

    Why what failed has failed, workbooks with their age, and what comes next, too.
    """
    from sheets_sync.jobs.unattended.agenda import upcoming  # noqa: PLC0415 - as below
    from sheets_sync.jobs.unattended.health import WRONG  # noqa: PLC0415 - as below
    from sheets_sync.jobs.unattended.service import due, hindrances  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.jobs.unattended.watch import wrong_now  # noqa: PLC0415 - as above

    with session.app() as app:
        steps = list(due(app))
        document = _document(app, [step.name for step in steps], session.t)
        document["waits"] = [session.t(told) for told in hindrances(app)]
        causes = wrong_now(app)
        document["wrong"] = [_wrong(cause, session.t) for cause in causes]
        coming = upcoming(app)
        document["next"] = [{"name": each.name, "at": each.at} for each in coming]
        due_now = [session.t(step.told) for step in steps]
    text = _text(document, due_now, session.t)
    following = [session.t("{what}: {moment}", what=each.told, moment=each.at) for each in coming]
    session.show("\n".join([text, session.t("Next:"), *(f"  {line}" for line in following)]), document)
    return WRONG if check and any(cause.pressing for cause in causes) else 0


def _wrong(cause: Cause, t: Language) -> dict[str, Any]:
    said = [line if isinstance(line, str) else t(line) for line in cause.said]
    return {"key": cause.key, "title": t(cause.title), "said": said}


def _document(app: App, due: list[str], t: Language) -> dict[str, Any]:
    from sheets_sync.jobs.mailing.situation import of_each  # noqa: PLC0415 - as above
    from sheets_sync.jobs.run import noted_as  # noqa: PLC0415 - as above
    from sheets_sync.jobs.unattended.concern import concerns_of, part_of  # noqa: PLC0415 - pandas comes with it

    zone, concerns = app.settings.offices[0].zone, concerns_of(app)
    newest = [app.store.runs.last(*noted_as(app, job)) for job in ("sync", "report", "deliver", "backup")]
    runs = [part_of(run, concerns) for run in newest if run]
    return {
        "runs": [
            {
                "job": run.job.partition(" ")[0],
                "started": run.started_at.astimezone(zone),
                "status": run.status,
                "detail": run.detail,
            }
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
            for office, known in of_each(app, lambda office: app.store.workbooks(office.code))
            for workbook in office.workbooks
            for record in [known.get(workbook)]
        ],
        "due": due,
        "deliveries": app.store.deliveries.counts(app.codes),
    }


def _text(document: dict[str, Any], due_now: list[str], t: Language) -> str:
    lines = [t("Last runs")]
    for run in document["runs"]:
        lines.append(f"  {run['job']:8} {t.date_time(run['started'])}  {_ended(run['status'], t)}")
        lines += [f"    ✗ {one_line(reason)}" for reason in _reasons(run["detail"])]
    lines += [] if document["runs"] else [t("  none yet")]
    lines += ["", t("Workbooks")]
    for workbook in document["workbooks"]:
        read = t.date_time(workbook["read"]) if workbook["read"] else t("never read")
        lines.append(f"  {one_line(workbook['title']) or workbook['workbook']}  {read}")
        if workbook["problem"]:
            lines.append(f"    ✗ {workbook['problem']}")
    lines += ["", t("Due now: {steps}", steps=due_now or t("nothing"))]
    lines += [f"! {told}" for told in document["waits"]]
    for wrong in document["wrong"]:
        lines += [f"✗ {one_line(wrong['title'])}", *(f"    {one_line(line)}" for line in wrong["said"])]
    if document["deliveries"]:
        counts = [f"{state_word(state, t)} {count}" for state, count in document["deliveries"].items()]
        lines.append(t("Deliveries: {counts}", counts=counts))
    return "\n".join(lines)


def _reasons(detail: Mapping[str, Any]) -> list[str]:
    """Why a run was not good, each reason once."""
    failures = [str(each["problem"]) for each in detail.get("failures", ())]
    alone = [str(detail[key]) for key in ("problem", "waits") if detail.get(key)]
    return list(dict.fromkeys([*failures, *alone, *map(str, detail.get("left_out", ()))]))


def _ended(status: int | None, t: Language) -> str:
    if status is None:
        return t("did not end; it was stopped, or is still at work")
    return t("done") if status == 0 else t("ended with status {status}", status=status)
