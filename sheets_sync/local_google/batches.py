"""Several calls in one HTTP request (multipart/mixed), as google-api-python-client's `new_batch_http_request` sends them."""

from __future__ import annotations

import email
import email.policy
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from http import HTTPStatus

from starlette.responses import Response

from sheets_sync.local_google.errors import ApiError, DriveReason

PATHS = frozenset({"/batch", "/batch/drive/v3", "/batch/sheets/v4"})
LIMIT = 100
"""Google takes so many calls in one batch."""


@dataclass(frozen=True, slots=True)
class InnerRequest:
    """One call of a batch. `target` is its path and query."""

    content_id: str
    http_method: str
    target: str
    headers: Mapping[str, str]
    content: bytes


def read_batch(content: bytes, kind: str) -> list[InnerRequest]:
    """The calls of a batch.

    Raises:
        ApiError: 400 if it is none, or has too many.
    """
    parsed = email.message_from_bytes(
        b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content, policy=email.policy.HTTP
    )
    found = list(_inner(parsed)) if parsed.is_multipart() and isinstance(parsed, EmailMessage) else []
    if not found:
        raise _refused("Failed to parse batch request, error: Missing or malformed parts.")
    if len(found) > LIMIT:
        raise _refused(f"The batch request contains {len(found)} calls, more than the {LIMIT} that are allowed.")
    return found


def _refused(message: str) -> ApiError:
    return ApiError(400, message, drive=DriveReason("badRequest"))


def _inner(batch: EmailMessage) -> Iterator[InnerRequest]:
    for part in batch.iter_parts():
        payload = part.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else b""
        head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        line, _, fields = head.partition(b"\n")
        http_method, target, *_ = [*line.decode().split(" "), "", ""]
        message = email.message_from_bytes(fields, policy=email.policy.HTTP)
        headers = {name.lower(): str(value) for name, value in message.items()}
        yield InnerRequest(part.get("Content-ID", ""), http_method, target, headers, body)


def write_batch(answers: Sequence[tuple[str, Response]]) -> Response:
    """The answers of a batch, in the order of its calls, each under `<response-` and its call's Content-ID."""
    mark = f"batch_{secrets.token_urlsafe(12)}"
    parts = [_part(content_id, response) for content_id, response in answers]
    content = b"".join(b"--" + mark.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return Response(content + f"--{mark}--\r\n".encode(), media_type=f"multipart/mixed; boundary={mark}")


def _part(content_id: str, response: Response) -> bytes:
    status = HTTPStatus(response.status_code)
    told = "".join(f"{name.decode().title()}: {value.decode()}\r\n" for name, value in response.raw_headers)
    head = (
        "Content-Type: application/http\r\n"
        f"Content-ID: <response-{content_id.strip().strip('<>')}>\r\n\r\n"
        f"HTTP/1.1 {status.value} {status.phrase}\r\n{told}\r\n"
    )
    return head.encode() + bytes(response.body)
