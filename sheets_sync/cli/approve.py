"""`approve`: whom the office lets have mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.offices import NotGiven
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language
from sheets_sync.model import msg

if TYPE_CHECKING:
    from sheets_sync.jobs.mailing.approve import Standing


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--list", "listing", is_flag=True, help="Show everybody: approved, held and why.")
@click.option("--all", "everybody", is_flag=True, help="Approve every address that is held.")
@click.option("--withdraw", multiple=True, metavar="ADDRESS", help="Hold this address again (may be repeated).")
@pass_session
def approve(
    session: Session, addresses: tuple[str, ...], listing: bool, everybody: bool, withdraw: tuple[str, ...]
) -> int:
    """Let addresses of the register have mail.

    A new or changed address is held until the office approves it. What waited for it goes with the next round.
    """
    from sheets_sync.jobs.mailing import approve as job  # noqa: PLC0415 - pandas comes with it

    chosen = [bool(addresses), everybody, bool(withdraw)]
    if sum(chosen) > 1 or (listing and any(chosen)):
        raise UsageError(msg("Name addresses, or use one of --list, --all and --withdraw."))
    with session.app() as app:
        missing = NotGiven(session.t)
        if not any(chosen):
            _show(session, job.standings(app, missing))
            return missing.status
        if everybody:
            changed = job.approve_all(app, missing)
        else:
            changed = job.approve(app, withdraw or addresses, withdraw=bool(withdraw), told=missing)
    text = [_changed(each, session.t, withdrawn=bool(withdraw)) for each in changed]
    session.show("\n".join(text) or session.t("Nothing to change."), {"changed": [_document(each) for each in changed]})
    return missing.status


def _show(session: Session, standings: list[Standing]) -> None:
    lines = [_line(each, session.t) for each in standings] or [session.t("No address stands in any register yet.")]
    session.show("\n".join(lines), {"addresses": [_document(each) for each in standings]})


def _line(each: Standing, t: Language) -> str:
    from sheets_sync.rekap.approvals import reason  # noqa: PLC0415 - as above

    known, state = each.known, ""
    if each.held is not None:
        state = t("HELD – {reason}", reason=reason(each.held))
    elif known.approved_at is not None:
        state = t("approved {day}", day=known.approved_at.astimezone(each.office.zone).date())
    return f"{known.address}  {known.code}  {state}"


def _changed(each: Standing, t: Language, *, withdrawn: bool) -> str:
    known = each.known
    if withdrawn:
        return t("{address} gets no more mail of {library}.", address=known.address, library=known.code)
    return t("{address} gets the mail of {library} from now on.", address=known.address, library=known.code)


def _document(each: Standing) -> dict[str, Any]:
    known = each.known
    return {
        "office": each.office.code,
        "library": known.code,
        "address": known.address,
        "since": known.since,
        "approved": known.approved_at,
        "how": known.how,
        "held": each.held.because.value if each.held else None,
    }
