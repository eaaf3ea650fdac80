"""A local Google: Sheets, Drive and the token endpoint on this machine, for trying out and for tests."""

from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.faults import Conditions, FaultKind, Rule
from sheets_sync.local_google.server import LocalGoogle
from sheets_sync.local_google.storage import FolderInUseError

__all__ = ["ApiError", "Conditions", "FaultKind", "FolderInUseError", "LocalGoogle", "Rule"]
