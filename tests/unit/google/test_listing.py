"""What Drive lists: everything, or what changed since where everything is more than a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from sheets_sync.errors import GoogleDownError, RefusedError
from sheets_sync.google.listing import SHEET, DriveListing
from sheets_sync.model import msg


def file(name: str, version: str = "1", **more: Any) -> dict[str, Any]:
    return {"id": name, "version": version, "modifiedTime": "2024-11-05T01:00:00.000Z", "mimeType": SHEET, **more}


@dataclass
class PaperDrive:
    """Drive, as far as it lists: pages of files, and a history of changes."""

    files: dict[str, dict[str, Any]]
    page: int = 2
    changes: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forgets: bool = False

    def __call__(self, url: str, params: Mapping[str, str]) -> Mapping[str, Any]:
        self.asked.append(url.rpartition("/")[2])
        if url.endswith("startPageToken"):
            return {"startPageToken": str(len(self.changes))}
        begin = int(params.get("pageToken", "0"))
        if url.endswith("/changes"):
            if self.forgets:
                raise RefusedError(msg("Google refused what we asked of workbook {workbook}: {problem}"))
            answer: dict[str, Any] = {"changes": self.changes[begin : begin + self.page]}
            more = begin + self.page < len(self.changes)
            token = {"nextPageToken": str(begin + self.page)} if more else {"newStartPageToken": str(len(self.changes))}
            return answer | token
        names = sorted(self.files)[begin : begin + self.page]
        more = begin + self.page < len(self.files)
        return {"files": [self.files[name] for name in names]} | ({"nextPageToken": str(begin + 2)} if more else {})

    def put(self, name: str, version: str = "1", **more: Any) -> None:
        made = file(name, version, **more)
        self.changes.append({"fileId": name, "file": made})
        if made["mimeType"] == SHEET:
            self.files[name] = made

    def remove(self, name: str) -> None:
        del self.files[name]
        self.changes.append({"fileId": name, "removed": True})


def drive(count: int) -> PaperDrive:
    return PaperDrive({f"w{number}": file(f"w{number}") for number in range(count)})


def versions(listing: DriveListing) -> dict[str, str]:
    return {name: each.version for name, each in listing.now().items()}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_page_is_listed_by_one_request_each_time(count: int) -> None:
    """No token, no changes: a list of one page costs what a page of changes would."""
    there = drive(count)
    listing = DriveListing(there, page=2)
    assert versions(listing) == versions(listing) == dict.fromkeys(there.files, "1")
    assert there.asked == ["files", "files"]


def test_more_than_a_page_is_listed_once_and_then_told_by_changes() -> None:
    """What is new, changed, taken away or no Sheet: the list is the one a whole list would give."""
    there = drive(5)
    listing = DriveListing(there, page=2)
    listing.now()
    there.asked.clear()
    there.put("w1", "2")
    there.put("new")
    there.put("text", mimeType="text/plain")
    there.remove("w3")
    there.put("w1", "3")
    assert listing.now() == DriveListing(there, page=1000).now()
    assert versions(listing)["w1"] == "3"
    assert there.asked.count("changes") == 4  # three pages, and one that tells nothing more
    there.asked.clear()
    listing.now()
    assert there.asked == ["changes"]


@pytest.mark.parametrize("why", ["forgotten token", "a day later"])
def test_everything_is_listed_again_where_changes_can_t_tell(why: str) -> None:
    """A token that Drive does not know any more, and once a day in any case."""
    seconds, there = [0.0], drive(5)
    listing = DriveListing(there, page=2, clock=lambda: seconds[0])
    listing.now()
    there.files["w2"] = file("w2", "9")  # no change tells of it
    there.forgets, seconds[0] = why == "forgotten token", 86_400.0 if why == "a day later" else 60.0
    assert versions(listing)["w2"] == "9"


def test_a_list_that_broke_off_is_asked_for_again() -> None:
    """Google went away between two pages: what changed since would be all that is known, for a day."""
    there = drive(5)

    def broken(url: str, params: Mapping[str, str]) -> Mapping[str, Any]:
        if url.endswith("/files") and params.get("pageToken") == "2" and away:
            raise GoogleDownError(
                msg("Google had a problem (status {status}). Nothing is lost; the next run tries again.")
            )
        return there(url, params)

    away, listing = True, DriveListing(broken, page=2)
    with pytest.raises(GoogleDownError):
        listing.now()
    away = False
    assert versions(listing) == dict.fromkeys(there.files, "1")
