"""The conditions of the local Google: quotas, rules, random faults; and the request log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.faults import Conditions, FaultKind, RandomFaults, Rule, fault_error
from sheets_sync.local_google.log import Entry, RequestLog
from sheets_sync.local_google.quotas import Quota

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"


def spend(quota: Quota, method: str, account: str, times: int, now: float = 0) -> None:
    for _ in range(times):
        quota.charge(method, account, now)


def test_a_user_has_sixty_reads_and_sixty_writes_a_minute() -> None:
    """Reads and writes are counted apart; the 61st of a kind is refused."""
    quota = Quota()
    spend(quota, READ, "a", 60)
    spend(quota, WRITE, "a", 60)
    with pytest.raises(ApiError) as refused:
        quota.charge(READ, "a", 59.9)
    assert refused.value.code == 429
    assert "'Read requests per minute per user' of service 'sheets.googleapis.com'" in refused.value.message
    assert refused.value.sheets_body()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert refused.value.details[0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert refused.value.details[0]["metadata"]["quota_limit_value"] == "60"


def test_a_project_has_three_hundred() -> None:
    """Five users may spend 60 each, a sixth finds the project's limit."""
    quota = Quota()
    for user in "abcde":
        spend(quota, WRITE, user, 60)
    with pytest.raises(ApiError, match="Write requests per minute'"):
        quota.charge(WRITE, "f", 1)


def test_the_next_minute_starts_afresh() -> None:
    """Quotas are refilled by the minute."""
    quota = Quota()
    spend(quota, READ, "a", 60, now=10)
    spend(quota, READ, "a", 60, now=60)


@pytest.mark.parametrize(("scale", "allowed"), [(10, 600), (0.1, 6), (0.001, 1)])
def test_limits_scale(scale: float, allowed: int) -> None:
    """A scale multiplies the limits, which never sink below one."""
    quota = Quota(scale)
    spend(quota, READ, "a", min(allowed, 300))
    if allowed <= 300:
        with pytest.raises(ApiError):
            quota.charge(READ, "a", 0)


def test_drive_counts_units() -> None:
    """A list costs 100 units of 325,000 a user, and what is too much is a 403 of the domain usageLimits."""
    quota = Quota(0.01)
    spend(quota, "drive.files.list", "a", 32)
    spend(quota, "drive.files.get", "a", 10)
    with pytest.raises(ApiError) as refused:
        quota.charge("drive.files.get", "a", 0)
    assert refused.value.code == 403
    assert refused.value.drive_body()["error"]["errors"][0]["reason"] == "userRateLimitExceeded"


def test_a_refused_call_is_not_counted() -> None:
    """Only what was let through is spent."""
    quota = Quota(1 / 60)
    spend(quota, READ, "a", 1)
    for _ in range(9):
        with pytest.raises(ApiError):
            quota.charge(READ, "a", 0)
    spend(quota, READ, "b", 1)


def test_a_rule_strikes_after_and_so_many_times() -> None:
    """A rule lets the first pass, strikes the next ones and then rests."""
    conditions = Conditions(rules=[Rule("503", "sheets.*", after=1, times=2)])
    faults = [conditions.meet(READ, "a", "/v4") for _ in range(4)]
    assert [fault.kind if fault else None for fault in faults] == [None, "503", "503", None]
    assert conditions.struck[FaultKind.UNAVAILABLE] == 2


def test_a_rule_looks_at_method_account_and_path() -> None:
    """What does not match is neither struck nor counted."""
    rule = Rule("500", method="drive.*", account="a@*", path="/drive/*", times=None)
    assert not rule.strikes("sheets.spreadsheets.get", "a@x", "/drive/v3/files")
    assert not rule.strikes("drive.files.list", "b@x", "/drive/v3/files")
    assert not rule.strikes("drive.files.list", "a@x", "/upload/drive")
    assert rule.seen == 0
    assert rule.strikes("drive.files.list", "a@x", "/drive/v3/files")


def test_the_same_seed_is_the_same_faults() -> None:
    """Random faults can be repeated, and strike about as often as they say."""
    first, second = (Conditions(random_faults=RandomFaults(0.2, seed=7)) for _ in range(2))
    struck = [first.meet(READ, "a", "/") for _ in range(500)]
    assert struck == [second.meet(READ, "a", "/") for _ in range(500)]
    assert 60 < sum(fault is not None for fault in struck) < 140


def test_cleared_conditions_keep_the_quota() -> None:
    """`clear` ends faults and latency, not the limits."""
    conditions = Conditions.google(latency=1)
    conditions.fail("stall")
    conditions.clear()
    assert conditions.meet(READ, "a", "/") is None
    assert conditions.quota is not None
    assert conditions.latency == 0


@pytest.mark.parametrize(
    ("kind", "method", "code", "reason"),
    [
        ("429", READ, 429, "rateLimitExceeded"),
        ("429", "drive.files.list", 429, "rateLimitExceeded"),
        ("user-rate-limit", "drive.files.list", 403, "userRateLimitExceeded"),
        ("rate-limit", "drive.files.list", 403, "rateLimitExceeded"),
        ("user-rate-limit", READ, 429, "rateLimitExceeded"),
        ("rate-limit", WRITE, 429, "rateLimitExceeded"),
        ("500", READ, 500, "internalError"),
        ("503", "drive.files.list", 503, "backendError"),
        ("api-disabled", "drive.files.list", 403, "accessNotConfigured"),
    ],
)
def test_faults_answer_as_google_does(kind: str, method: str, code: int, reason: str) -> None:
    """A fault with a JSON body has Google's code and reason."""
    error = fault_error(FaultKind(kind), method)
    assert isinstance(error, ApiError)
    assert (error.code, error.drive_body()["error"]["errors"][0]["reason"]) == (code, reason)


@pytest.mark.parametrize(
    ("kind", "method", "limit"),
    [
        ("user-rate-limit", READ, "'Read requests per minute per user'"),
        ("rate-limit", READ, "'Read requests per minute'"),
        ("rate-limit", WRITE, "'Write requests per minute'"),
    ],
)
def test_sheets_tells_whose_limit_it_was(kind: str, method: str, limit: str) -> None:
    """The account's, or that of the whole project."""
    error = fault_error(FaultKind(kind), method)
    assert isinstance(error, ApiError)
    assert f"limit {limit} of" in error.message


def test_the_log_counts_by_method_and_account() -> None:
    """The log can be asked by globs, holds bodies, and is bounded."""
    log, seen = RequestLog(limit=3), list[Entry]()
    log.watch(seen.append)
    for method, raw in ((READ, b""), (WRITE, b'{"requests": []}'), ("drive.files.list", b""), (READ, b"")):
        log.add(Entry(datetime(2024, 11, 5, tzinfo=UTC), "a@x", method, "/", 200, 1.0, raw))
    assert (len(log), len(seen), log.count("sheets.*"), log.count(READ, account="b@*")) == (3, 4, 2, 0)
    assert log.of(WRITE)[0].body == {"requests": []}
    log.clear()
    assert list(log) == []


def test_the_log_forgets_the_oldest_bodies_first() -> None:
    """Large bodies push older entries out."""
    log = RequestLog(limit_bytes=10)
    for size in (8, 4, 4):
        log.add(Entry(datetime(2024, 11, 5, tzinfo=UTC), "", "", "/", 200, 1.0, b"x" * size))
    assert [len(entry.raw) for entry in log] == [4, 4]
