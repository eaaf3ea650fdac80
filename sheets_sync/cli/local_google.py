"""`local-google`: the local Sheets, Drive and token server."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from sheets_sync.cli.browser import until_stopped
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import said_by


@click.command("local-google")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: any free one.")
@click.option("--data", type=click.Path(path_type=Path), metavar="DIR", help="Keep the workbooks in a folder.")
@click.option("--key-file", type=click.Path(path_type=Path), metavar="FILE", help="Write a service-account key here.")
@click.option("--quota", type=click.Choice(["google", "none"]), default="none", help="Count requests as Google does.")
@click.option("--quota-scale", type=click.FloatRange(min=0, min_open=True), default=1.0, help="Of Google's numbers.")
@click.option("--latency-ms", type=click.IntRange(0), default=0, help="Wait before each answer.")
@pass_session
def local_google(
    session: Session,
    port: int,
    data: Path | None,
    key_file: Path | None,
    quota: str,
    quota_scale: float,
    latency_ms: int,
) -> None:
    """Serve a local Google Sheets and Drive, for trying out.

    Also for tests. It prints its address once it listens.
    """
    try:
        from sheets_sync.local_google import Conditions, FolderInUseError, LocalGoogle  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(
            msg(
                "The local Google server needs more packages: pip install 'sheets-sync[demo]' ({problem}).",
                problem=said_by(error),
            )
        ) from error
    latency = latency_ms / 1000
    conditions = Conditions.google(quota_scale, latency=latency) if quota == "google" else Conditions(latency=latency)
    session.log()
    _collect_rarely()
    try:
        server = LocalGoogle(folder=data, port=port, conditions=conditions, clock=session.clock())
    except FolderInUseError as error:
        raise UsageError(_folder_in_use(data)) from error
    except OSError as error:
        raise UsageError(_no_port(port, error)) from error
    with server as google:
        if key_file is not None:
            google.write_key(key_file)
        document = {
            "url": google.url,
            "pages": google.page(),
            "account": google.account().email,
            "key_file": str(key_file or ""),
        }
        pages = session.t("Workbooks in a browser: {address}", address=google.page())
        session.show(f"{google.url}\n{pages}", document)
        until_stopped()


def _folder_in_use(folder: Path | None) -> Message:
    return msg(
        "Another local Google uses the folder {folder}. Stop that one first, or name another folder with --data.",
        folder=folder,
    )


def _no_port(port: int, error: OSError) -> Message:
    return msg(
        "Port {port} of this computer can't be used: {problem}. Choose another one with --port.",
        port=str(port),
        problem=said_by(error),
    )


def _collect_rarely() -> None:
    """An answer is made of many small objects in which the garbage collector finds nothing: a quarter of a large get's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
