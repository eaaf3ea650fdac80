"""Google's errors: raised anywhere inside, turned into a body at the door (Sheets and Drive word them differently)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.local_google.json_types import JsonObject

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
"""The canonical status that Google gives with an HTTP code unless an error says another one."""

DRIVE_REASON = {400: "badRequest", 401: "authError", 403: "forbidden", 404: "notFound", 429: "rateLimitExceeded"}


@dataclass(frozen=True, slots=True)
class DriveReason:
    """What Drive adds to an error: `errors[0]` of its body.

    Attributes:
        message: where it has words of its own; so have the refusals at Google's door, which also tell status and details.
    """

    reason: str
    domain: str = "global"
    location: str | None = None
    location_type: str | None = None
    message: str | None = None


@dataclass(slots=True)
class ApiError(Exception):
    """An answer other than 200.

    Attributes:
        code: the HTTP status.
        message: Google's text.
        status: the canonical status; from the code if empty.
        details: `error.details` of the Sheets body (BadRequest, ErrorInfo …).
        drive: `error.errors[0]` of the Drive body; from the code if None.
        headers: further headers of the answer.
    """

    code: int
    message: str
    status: str = ""
    details: Sequence[JsonObject] = ()
    drive: DriveReason | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.message}"

    def sheets_body(self) -> JsonObject:
        """The body as Sheets writes it."""
        status = self.status or STATUS.get(self.code, "UNKNOWN")
        error: JsonObject = {"code": self.code, "message": self.message, "status": status}
        if self.details:
            error["details"] = list(self.details)
        return {"error": error}

    def drive_body(self) -> JsonObject:
        """The body as Drive writes it."""
        why = self.drive or DriveReason(DRIVE_REASON.get(self.code, "backendError"))
        first: JsonObject = {"message": why.message or self.message, "domain": why.domain, "reason": why.reason}
        if why.location is not None:
            first |= {"location": why.location, "locationType": why.location_type}
        error: JsonObject = {"code": self.code, "message": self.message, "errors": [first]}
        if self.status or why.message:
            error["status"] = self.status or STATUS[self.code]
        if self.details and why.message:
            error["details"] = list(self.details)
        return {"error": error}


def bad_request(message: str, *violations: tuple[str, str]) -> ApiError:
    """400. Each violation is (field, description) of a BadRequest detail."""
    fields = [{"field": where, "description": what} if where else {"description": what} for where, what in violations]
    kind = "type.googleapis.com/google.rpc.BadRequest"
    details = [{"@type": kind, "fieldViolations": fields}] if fields else []
    return ApiError(400, message, details=details)


def not_found() -> ApiError:
    """404 as Sheets says it of an unknown spreadsheet."""
    return ApiError(404, "Requested entity was not found.")


def forbidden() -> ApiError:
    """403 as Sheets says it of a spreadsheet that is not shared, or only for reading."""
    return ApiError(403, "The caller does not have permission")


def not_supported(what: str) -> ApiError:
    """501: the local server is honest about what it doesn't do."""
    return ApiError(501, f"The local Google does not support {what}.")
