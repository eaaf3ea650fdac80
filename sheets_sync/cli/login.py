"""`login`: a person's own login at Google, for offices that get no key file."""

from __future__ import annotations

import click

from sheets_sync.cli.session import Session, pass_session


@click.command()
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where the browser comes back (any free one).")
@click.option("--revoke", is_flag=True, help="Take the login back at Google, and delete it here.")
@pass_session
def login(session: Session, *, no_browser: bool, port: int, revoke: bool) -> None:
    """Log in at Google as a person, with the browser.

    For offices that get no key file. On another computer: --no-browser --port 8085, and there
    ssh -L 8085:localhost:8085.
    """
    from sheets_sync.google.person_login import LoginOrder  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.jobs import login as job  # noqa: PLC0415 - as above

    session.log()
    session.tells_left_out = True
    settings = session.settings()
    office = settings.offices[0]
    if revoke:
        job.logout(settings, office)
        session.show(session.t("The login was taken back and deleted."), {"revoked": True})
        return
    account = job.login(settings, office, LoginOrder(lambda url: _tell(session, url), not no_browser, port))
    said = session.t("Logged in as {account}. The workbook has to be editable for this account.", account=account)
    session.show(said, {"account": account})


def _tell(session: Session, url: str) -> None:
    session.note(session.t("Open this address in a browser on this computer:"))
    session.note(url)
