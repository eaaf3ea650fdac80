"""Google's own discovery documents of Sheets v4 and Drive v3, read into methods and schemas. They are the specification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from sheets_sync.local_google.json_types import JsonObject

DOCUMENTS = ("sheets.v4", "drive.v3")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of one API.

    Attributes:
        id: like `sheets.spreadsheets.get`.
        path: matches the raw (still percent-encoded) path of a request; its groups are the path parameters.
        params: the discovery document's parameters by name, the API's common ones included.
        request, response: names of schemas, or "".
        upload: whether a file may come with it (at /upload/… too).
    """

    id: str
    http_method: str
    path: re.Pattern[str]
    params: Mapping[str, JsonObject]
    request: str
    response: str
    scopes: frozenset[str]
    upload: bool

    @property
    def api(self) -> str:
        """`sheets` or `drive`."""
        return self.id.partition(".")[0]

    def path_params(self, raw_path: str) -> dict[str, str] | None:
        """The decoded path parameters if the path is this method's."""
        found = self.path.fullmatch(raw_path)
        return {name: unquote(text) for name, text in found.groupdict().items() if text} if found else None


@cache
def document(name: str) -> JsonObject:
    """A discovery document: `sheets.v4` or `drive.v3`."""
    text = (files(__package__) / f"{name}.json").read_text(encoding="utf-8")
    loaded: JsonObject = json.loads(text)
    return loaded


@cache
def schemas(api: str) -> Mapping[str, JsonObject]:
    """The schemas of `sheets` or `drive` by name."""
    name = next(name for name in DOCUMENTS if name.startswith(api))
    found: Mapping[str, JsonObject] = document(name)["schemas"]
    return found


@cache
def methods() -> tuple[Method, ...]:
    """Every method of both APIs, those with more fixed text in their path first."""
    found = [method for name in DOCUMENTS for method in _methods(document(name), document(name))]
    found += _undocumented({method.id: method for method in found})
    return tuple(sorted(found, key=lambda method: -len(re.sub(r"\(.*?\)", "", method.path.pattern))))


def _undocumented(known: Mapping[str, Method]) -> Iterator[Method]:
    """What clients call besides: the pieces of resumable uploads, the upload of Drive v2 in gspread's import_csv, downloads from docs.google.com."""
    update = known["drive.files.update"]
    more = {**update.params, "upload_id": {"type": "string"}, "convert": {"type": "boolean"}}
    put = replace(update, http_method="PUT", params=more, request="")
    pieces = r"/upload/drive/v3/files(?:/(?P<fileId>[^/]+))?"
    yield replace(put, id="drive.files.upload", path=re.compile(pieces))
    yield replace(put, id="drive.v2.files.update", path=re.compile(r"/upload/drive/v2/files/(?P<fileId>[^/]+)"))
    export = known["drive.files.export"]
    texts = {key: {"type": "string"} for key in ("format", "exportFormat")}
    params = {**export.params, **texts, "gid": {"type": "integer", "format": "int32"}}
    scopes = export.scopes | known["sheets.spreadsheets.get"].scopes
    page = replace(export, id="drive.spreadsheets.export", params=params, scopes=scopes)
    yield replace(page, path=re.compile(r"/spreadsheets/d/(?P<fileId>[^/]+)/export"))
    for verb in ("GET", "POST", "PUT", "PATCH", "DELETE"):  # so that a client of v2 is told, not lost
        yield replace(export, id="drive.v2", http_method=verb, path=re.compile(r"/(?:upload/)?drive/v2/.*"))


def _methods(resource: JsonObject, api: JsonObject) -> Iterator[Method]:
    for method in resource.get("methods", {}).values():
        yield _method(method, api)
    for below in resource.get("resources", {}).values():
        yield from _methods(below, api)


def _method(method: JsonObject, api: JsonObject) -> Method:
    upload = method.get("mediaUpload", {}).get("protocols", {}).get("simple")
    plain = _pattern(f"/{api['servicePath']}{method['path']}")
    return Method(
        id=method["id"],
        http_method=method["httpMethod"],
        path=re.compile(f"(?:/upload)?{plain}" if upload else plain),
        params=api["parameters"] | method.get("parameters", {}),
        request=method.get("request", {}).get("$ref", ""),
        response=method.get("response", {}).get("$ref", ""),
        scopes=frozenset(method.get("scopes", ())),
        upload=upload is not None,
    )


def _pattern(template: str) -> str:
    """`a/{b}:c` → a regular expression with the group b. A parameter holds no raw slash, and a colon may be encoded."""
    parts = re.split(r"\{(\w+)\}", template)
    return "".join(f"(?P<{part}>[^/]+?)" if odd % 2 else _literal(part) for odd, part in enumerate(parts))


def _literal(text: str) -> str:
    return re.escape(text).replace(":", "(?::|%3A)")


def find(http_method: str, raw_path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that a request line calls, with its path parameters.

    Like Google's own servers it takes a slash before a verb (`…/ID/:batchUpdate`, as google-spreadsheet writes it) or at the end.
    """
    raw_path = re.sub(r"/(?=:|%3A|$)", "", raw_path)
    for method in methods():
        if method.http_method == http_method:
            params = method.path_params(raw_path)
            if params is not None:
                return method, params
    return None
