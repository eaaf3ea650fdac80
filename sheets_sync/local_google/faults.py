"""What lies between a client and Google: quotas counted as Google counts them, latency, and faults by rule or by seed."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from threading import Lock
from types import MappingProxyType

from sheets_sync.local_google.auth import TokenError
from sheets_sync.local_google.errors import ApiError, DriveReason
from sheets_sync.local_google.quotas import (
    SHEETS_PER_PROJECT,
    SHEETS_PER_USER,
    Quota,
    drive_exceeded,
    is_write,
    sheets_exceeded,
)


class FaultKind(StrEnum):
    """What can go wrong on the way. Those with a status or a refusal answer at once and nothing is done; see each of the others."""

    RATE_LIMITED = "429"
    USER_RATE_LIMITED = "user-rate-limit"
    """Drive's 403 userRateLimitExceeded: one account asks too much. Sheets says it with 429."""
    PROJECT_RATE_LIMITED = "rate-limit"
    """Drive's 403 rateLimitExceeded: all of the project's accounts together do. Sheets says it with 429."""
    RETRY_AFTER = "429-retry-after"
    """429 with a header that says for how many `seconds` to wait."""
    UNAUTHENTICATED = "401"
    NOT_FOUND = "404"
    INVALID_GRANT = "invalid-grant"
    """The token endpoint does not accept the login (400); elsewhere 401."""
    TRUNCATED = "truncated"
    """The call is carried out; the connection ends in good order in the middle of the answer's body."""
    DISABLED = "api-disabled"
    """403: the project of the caller's key has not switched on the API."""
    INTERNAL = "500"
    UNAVAILABLE = "503"
    BAD_GATEWAY = "502"
    """An HTML page instead of JSON, as Google's front ends send it."""
    RESET = "reset"
    """The call is carried out; the connection is reset in the middle of the answer's body."""
    STALL = "stall"
    """Nothing is done and nothing is answered for `seconds`, then the connection ends."""
    LOST_ANSWER = "lost-answer"
    """The call is carried out (a write is applied); the connection is reset before a byte of the answer."""
    SLOW = "slow"
    """Nothing happens for `seconds`; then the call is carried out and answered."""


PASSING_BY_CHANCE = tuple(kind for kind in FaultKind if kind.value not in (
    "api-disabled", "429-retry-after", "401", "404", "invalid-grant", "truncated", "slow"
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that befalls one call. `seconds` is how long a stall lasts."""

    kind: FaultKind
    seconds: float = 60.0


@dataclass(slots=True)
class Rule:
    """Faults for the calls it matches: lets `after` of them pass, strikes the next `times` (None: all that follow).

    Attributes:
        method: a glob over method ids: `sheets.spreadsheets.get`, `sheets.*`, `drive.files.list`; `token` for the token endpoint.
        account: a glob over the callers' e-mail addresses.   path: a glob over the paths.
    """

    kind: FaultKind | str
    method: str = "*"
    account: str = "*"
    path: str = "*"
    after: int = 0
    times: int | None = 1
    seconds: float = 60.0
    seen: int = 0

    def strikes(self, method: str, account: str, path: str) -> bool:
        """Count the call if it matches, and say whether it is struck."""
        wanted = (method, self.method), (account, self.account), (path, self.path)
        if not all(fnmatchcase(text, glob) for text, glob in wanted):
            return False
        self.seen += 1
        return self.seen > self.after and (self.times is None or self.seen <= self.after + self.times)


@dataclass(slots=True)
class RandomFaults:
    """Faults by chance: each call is struck with probability `rate`. The same seed strikes the same calls of a session."""

    rate: float
    seed: int = 0
    kinds: Sequence[FaultKind | str] = PASSING_BY_CHANCE
    method: str = "*"
    seconds: float = 60.0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - faults, not secrets

    def strike(self, method: str) -> FaultKind | None:
        if not fnmatchcase(method, self.method):
            return None
        struck, kind = self._dice.random() < self.rate, self._dice.choice(list(self.kinds))
        return FaultKind(kind) if struck else None


@dataclass(slots=True)
class Conditions:
    """The conditions of a local Google. All of it may be changed while the server runs.

    Attributes:
        quota: the limits, or None for no limits.   latency: seconds added to every call.
        rules: the first that strikes decides.   random_faults: by chance, after the rules.
        now: seconds, by which quota windows pass (not the server's clock: that one may stand still in a rehearsal).
        struck: how many calls each kind of fault has befallen.
    """

    quota: Quota | None = None
    latency: float = 0.0
    rules: list[Rule] = field(default_factory=list)
    random_faults: RandomFaults | None = None
    now: Callable[[], float] = time.time
    struck: Counter[FaultKind] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def google(cls, scale: float = 1.0, *, latency: float = 0.0) -> Conditions:
        """Google's quotas, `scale` times as large (10: ten times as many requests; 0.1: a tenth)."""
        return cls(quota=Quota(scale), latency=latency)

    def fail(self, kind: FaultKind | str, method: str = "*", *, times: int | None = 1, after: int = 0) -> Rule:
        """Add a rule and return it: `conditions.fail("503", "sheets.spreadsheets.get", times=2)`."""
        rule = Rule(FaultKind(kind), method, times=times, after=after)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """No rules, no random faults, no latency. The quota stays."""
        self.rules, self.random_faults, self.latency = [], None, 0.0

    def meet(self, method: str, account: str, path: str) -> Fault | None:
        """The fault that befalls this call, or None.

        Raises:
            ApiError: 429 (Drive: 403) if the call exceeds a quota. Such a call is not counted.
        """
        with self._lock:
            if self.quota is not None and account:
                self.quota.charge(method, account, self.now())
            fault = self._fault(method, account, path)
            if fault is not None:
                self.struck[fault.kind] += 1
            return fault

    def _fault(self, method: str, account: str, path: str) -> Fault | None:
        # Every rule counts every call it matches, so that `after` means the same however many rules there are.
        struck = [rule for rule in self.rules if rule.strikes(method, account, path)]
        if struck:
            return Fault(FaultKind(struck[0].kind), struck[0].seconds)
        kind = self.random_faults.strike(method) if self.random_faults else None
        return Fault(kind, self.random_faults.seconds) if kind and self.random_faults else None


def api_disabled(api: str, project: str = "123456789012") -> ApiError:
    """403 as Google says it of an API that the caller's project has not switched on; `api` is sheets or drive."""
    url = f"https://console.developers.google.com/apis/api/{api}.googleapis.com/overview?project={project}"
    text = (
        f"Google {api.capitalize()} API has not been used in project {project} before or it is disabled. Enable it by "
        f"visiting {url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate "
        "to our systems and retry."
    )
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "SERVICE_DISABLED",
        "domain": "googleapis.com",
        "metadata": {"service": f"{api}.googleapis.com", "consumer": f"projects/{project}"},
    }
    return ApiError(403, text, details=[info], drive=DriveReason("accessNotConfigured", "usageLimits", message=text))


def fault_error(kind: FaultKind, method: str, seconds: float = 0.0) -> ApiError | TokenError | None:
    """The JSON error that a fault answers with; None for the kinds that answer otherwise or not at all."""
    if kind is FaultKind.INVALID_GRANT and method == "token":
        return TokenError("invalid_grant", "Invalid JWT Signature.")
    if kind is FaultKind.RETRY_AFTER:
        headers = {"Retry-After": str(round(seconds))}
        limited = DriveReason("rateLimitExceeded", "usageLimits")
        return ApiError(429, "Rate Limit Exceeded", drive=limited, headers=headers)
    if kind is FaultKind.DISABLED:
        return api_disabled(method.partition(".")[0])
    if kind in RATE_LIMITS and method.startswith("sheets."):
        limit = SHEETS_PER_PROJECT if kind is FaultKind.PROJECT_RATE_LIMITED else SHEETS_PER_USER
        per_user = limit == SHEETS_PER_USER
        return sheets_exceeded("write" if is_write(method) else "read", per_user=per_user, limit=limit)
    if kind in {FaultKind.USER_RATE_LIMITED, FaultKind.PROJECT_RATE_LIMITED}:
        return drive_exceeded(per_user=kind is FaultKind.USER_RATE_LIMITED)
    code, text, reason = _PLAIN.get(kind, (0, "", None))
    return ApiError(code, text, drive=reason) if code else None


_CREDENTIALS = (401, "Request had invalid authentication credentials.", DriveReason("authError"))
_PLAIN: Mapping[FaultKind, tuple[int, str, DriveReason | None]] = MappingProxyType(
    {
        FaultKind.UNAUTHENTICATED: _CREDENTIALS,
        FaultKind.INVALID_GRANT: _CREDENTIALS,
        FaultKind.NOT_FOUND: (404, "Requested entity was not found.", DriveReason("notFound")),
        FaultKind.RATE_LIMITED: (429, "Rate Limit Exceeded", DriveReason("rateLimitExceeded", "usageLimits")),
        FaultKind.INTERNAL: (500, "Internal error encountered.", DriveReason("internalError")),
        FaultKind.UNAVAILABLE: (503, "The service is currently unavailable.", DriveReason("backendError")),
    }
)

RATE_LIMITS = frozenset({FaultKind.RATE_LIMITED, FaultKind.USER_RATE_LIMITED, FaultKind.PROJECT_RATE_LIMITED})

BAD_GATEWAY_PAGE = """<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <title>Error 502 (Server Error)!!1</title>
  <p><b>502.</b> <ins>That’s an error.</ins>
  <p>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.
  <ins>That’s all we know.</ins>
"""
