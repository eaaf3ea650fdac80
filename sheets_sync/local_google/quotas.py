"""Quotas as Google counts them: a request is one whatever it holds (Drive: so many units), per project and per user, by the minute."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sheets_sync.local_google.errors import ApiError, DriveReason

PROJECT_NUMBER = "1029384756"

SHEETS_PER_PROJECT = 300
SHEETS_PER_USER = 60
DRIVE_PER_PROJECT = 1_000_000
DRIVE_PER_USER = 325_000

SHEETS_WRITES = {
    "sheets.spreadsheets.batchUpdate",
    "sheets.spreadsheets.create",
    "sheets.spreadsheets.sheets.copyTo",
    "sheets.spreadsheets.values.append",
    "sheets.spreadsheets.values.batchClear",
    "sheets.spreadsheets.values.batchClearByDataFilter",
    "sheets.spreadsheets.values.batchUpdate",
    "sheets.spreadsheets.values.batchUpdateByDataFilter",
    "sheets.spreadsheets.values.clear",
    "sheets.spreadsheets.values.update",
}

DRIVE_UNITS = {
    "list": 100,
    "get": 5,
    "export": 200,
    "download": 200,
    "create": 50,
    "update": 50,
    "copy": 50,
    "delete": 50,
    "emptyTrash": 50,
}
"""Units by the last word of the method id (developers.google.com/workspace/drive/api/guides/limits); all others cost 5."""


def is_write(method: str) -> bool:
    """Whether a Sheets method counts as a write request."""
    return method in SHEETS_WRITES


@dataclass(slots=True)
class Quota:
    """What a project and its users may ask within a minute.

    Attributes:
        scale: multiplies every limit; a limit is never less than 1.
        spent: what was used in the current minute, by bucket.
    """

    scale: float = 1.0
    minute: int = -1
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def charge(self, method: str, account: str, now: float) -> None:
        """Count one call.

        Raises:
            ApiError: the user's or the project's limit is reached. Nothing is counted then.
        """
        if int(now // 60) != self.minute:
            self.minute = int(now // 60)
            self.spent.clear()
        if method.startswith("sheets."):
            self._charge_sheets("write" if is_write(method) else "read", account)
        elif method.startswith("drive."):
            self._charge_drive(DRIVE_UNITS.get(method.rpartition(".")[2], 5), account)

    def _charge_sheets(self, kind: str, account: str) -> None:
        for user, limit in ((account, SHEETS_PER_USER), ("", SHEETS_PER_PROJECT)):
            if self.spent[kind, user] + 1 > self._scaled(limit):
                raise sheets_exceeded(kind, per_user=bool(user), limit=self._scaled(limit))
        self.spent.update([(kind, account), (kind, "")])

    def _charge_drive(self, units: int, account: str) -> None:
        for user, limit in ((account, DRIVE_PER_USER), ("", DRIVE_PER_PROJECT)):
            if self.spent["drive", user] + units > self._scaled(limit):
                raise drive_exceeded(per_user=bool(user))
        self.spent["drive", account] += units
        self.spent["drive", ""] += units

    def _scaled(self, limit: int) -> int:
        return max(1, round(limit * self.scale))


def sheets_exceeded(kind: str, *, per_user: bool, limit: int) -> ApiError:
    """429 as Sheets words it. `kind` is read or write."""
    metric, scope = f"{kind.title()} requests", " per user" if per_user else ""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "consumer": f"projects/{PROJECT_NUMBER}",
            "quota_metric": f"sheets.googleapis.com/{kind}_requests",
            "quota_limit": f"{kind.title()}RequestsPerMinutePer{'User' if per_user else 'Project'}",
            "quota_limit_value": str(limit),
            "quota_location": "global",
            "quota_unit": "1/min/{project}/{user}" if per_user else "1/min/{project}",
        },
    }
    link = "https://cloud.google.com/docs/quotas/help/request_increase"
    help_links = [{"description": "Request a higher quota limit.", "url": link}]
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute{scope}' "
        f"of service 'sheets.googleapis.com' for consumer 'project_number:{PROJECT_NUMBER}'.",
        details=[info, {"@type": "type.googleapis.com/google.rpc.Help", "links": help_links}],
    )


def drive_exceeded(*, per_user: bool) -> ApiError:
    """403 as Drive words it."""
    if per_user:
        return ApiError(403, "User Rate Limit Exceeded", drive=DriveReason("userRateLimitExceeded", "usageLimits"))
    return ApiError(403, "Rate Limit Exceeded", drive=DriveReason("rateLimitExceeded", "usageLimits"))
