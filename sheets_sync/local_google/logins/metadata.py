"""The metadata server of a cloud machine: whose service account the machine has, and a token of it for whoever asks.

As Compute Engine's: the scopes are the machine's, whatever the request asks for
(https://cloud.google.com/compute/docs/access/authenticate-workloads).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import JSONResponse, PlainTextResponse, Response

from sheets_sync.local_google.auth import LIFETIME, Account
from sheets_sync.local_google.json_types import JsonObject

ROOT = "/computeMetadata/v1/"
FLAVOR = "metadata-flavor"
_FLAVORED = {FLAVOR: "Google"}


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine in Google's cloud: its service account, and the access scopes it was given."""

    account: Account
    scopes: tuple[str, ...]

    def document(self) -> JsonObject:
        """What is said of its service account."""
        return {"aliases": ["default"], "email": self.account.email, "scopes": list(self.scopes)}


def answer(machine: Machine | None, path: str, token: str, flavor: str) -> Response:
    """The answer to a request; `token` is a fresh one of the machine's account. Not on a cloud machine there is nothing."""
    if flavor != "Google":
        return PlainTextResponse("Missing Metadata-Flavor:Google header.", HTTPStatus.FORBIDDEN)
    if machine is None:
        return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)
    match path.removeprefix(ROOT).strip("/").split("/"):
        case ["" | "computeMetadata"]:
            return PlainTextResponse("computeMetadata/\n", headers=_FLAVORED)
        case ["project", "project-id"]:
            return PlainTextResponse("local-google", headers=_FLAVORED)
        case ["instance", "service-accounts", named] if named in ("default", machine.account.email):
            return JSONResponse(machine.document(), headers=_FLAVORED)
        case ["instance", "service-accounts", named, "token"] if named in ("default", machine.account.email):
            said = {"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"}
            return JSONResponse(said, headers=_FLAVORED)
        case _:
            return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND, headers=_FLAVORED)
