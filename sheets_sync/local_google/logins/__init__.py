"""Logging in without a key: a person's login with a browser, workload identity, a cloud machine, acting as an account."""

from sheets_sync.local_google.logins.book import Logins
from sheets_sync.local_google.logins.door import answer, method_of
from sheets_sync.local_google.logins.iam import workload_info

__all__ = ["Logins", "answer", "method_of", "workload_info"]
