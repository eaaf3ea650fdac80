"""Independent clients pointed at a local Google, each by the means its own documentation gives."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import gspread
import httplib2  # type: ignore[import-untyped] # it publishes no types
import pygsheets
from google.oauth2.service_account import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from gspread.http_client import HTTPClient
from local_http import SCOPES

from sheets_sync.local_google import LocalGoogle


def credentials(google: LocalGoogle, name: str = "sheets-sync", *, person: bool = False) -> Credentials:
    """A key of the account, as google-auth reads it."""
    info = google.account(name, person=person).key_info()
    key: Credentials = Credentials.from_service_account_info(info, scopes=SCOPES)  # type: ignore[no-untyped-call]
    return key


def redirected(url: str, to: str) -> str:
    """The same path and query at another server."""
    local, wanted = urlsplit(to), urlsplit(url)
    return urlunsplit((local.scheme, local.netloc, *wanted[2:]))


def gspread_client(google: LocalGoogle, name: str = "sheets-sync", *, person: bool = False) -> gspread.Client:
    """gspread takes its HTTP client as a class."""  # noqa: D403 - the package's name

    class LocalClient(HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
            return super().request(method, redirected(endpoint, google.url), *args, **kwargs)

    return gspread.Client(credentials(google, name, person=person), http_client=LocalClient)


class LocalHttp(httplib2.Http):  # type: ignore[misc]
    """The transport that pygsheets takes as `http`."""

    def __init__(self, google: LocalGoogle) -> None:
        super().__init__(timeout=20)
        self._to = google.url

    def request(self, uri: str, *args: Any, **kwargs: Any) -> Any:
        if "iamcredentials" in uri:  # google-auth asks there in a thread of its own, and leaves the connection open
            raise httplib2.ServerNotFoundError(uri)
        return super().request(redirected(uri, self._to), *args, **kwargs)


def pygsheets_client(google: LocalGoogle, name: str = "sheets-sync") -> Any:
    """A pygsheets client over its own discovery documents, which are older than ours."""
    return pygsheets.client.Client(credentials(google, name), http=LocalHttp(google))


def service(google: LocalGoogle, api: str, version: str, name: str = "sheets-sync") -> Any:
    """google-api-python-client builds services from any discovery document; this is its own, with another `rootUrl`."""
    document = json.loads(get_static_doc(api, version)) | {"rootUrl": f"{google.url}/"}
    return build_from_document(document, credentials=credentials(google, name))
