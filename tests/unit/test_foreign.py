"""What other software says reaches people as a sentence of theirs, with the original in brackets: whoever said it."""

from __future__ import annotations

import ast
import errno
import json
import os
import socket
import ssl
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import ruamel.yaml
from google.auth.exceptions import RefreshError, TransportError
from gspread.exceptions import APIError
from places import ROOT
from pydantic_core import core_schema
from requests import ConnectionError as NoConnection
from requests import ConnectTimeout, ReadTimeout, Response
from requests.exceptions import ChunkedEncodingError, ProxyError, SSLError

from sheets_sync.config.expected import expected
from sheets_sync.config.yaml_file import Config, read_yaml
from sheets_sync.config.yaml_words import yaml_said
from sheets_sync.errors import ConfigError
from sheets_sync.google import words as google_words
from sheets_sync.google.errors import explain
from sheets_sync.google.words import failure_said, google_said, login_said
from sheets_sync.i18n import language
from sheets_sync.mail.words import server_said
from sheets_sync.model import Message
from sheets_sync.model.foreign import said_by

ID, EN = language("id"), language("en")
GENERAL = {
    "ada yang tak terduga",
    "sistem tidak mengizinkannya",
    "berkas tidak terbaca sebagai pengaturan",
    "isian lain",
}


def sense(said: Message, original: str) -> str:
    """The Indonesian sentence before the brackets, which hold the original; it is not the English one."""
    indonesian, english = ID(said), EN(said)
    assert indonesian.endswith(f" [{original}]")
    assert indonesian != english
    return indonesian.removesuffix(f" [{original}]")


def test_every_error_of_the_system_is_a_sentence() -> None:
    """Whatever number the system gives, an Indonesian sentence stands before its own words."""
    for number in errno.errorcode:
        assert sense(said_by(OSError(number, os.strerror(number))), os.strerror(number))


MET = (
    (FileNotFoundError(2, "No such file or directory", "x"), "berkas atau folder itu tidak ada"),
    (PermissionError(13, "Permission denied"), "pengguna ini tidak berhak melakukannya di sini"),
    (ConnectionRefusedError(111, "Connection refused"), "tidak ada yang menjawab di sana"),
    (OSError(98, "Address already in use"), "sedang dipakai program lain"),
    (TimeoutError("timed out"), "tidak ada jawaban tepat waktu"),
    (socket.gaierror(-2, "Name or service not known"), "nama server itu tidak ditemukan"),
    (ssl.SSLError(1, "wrong version number"), "koneksi aman tidak tersambung"),
    (ImportError("No module named 'fastapi'"), "ada paket yang belum terpasang"),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "isinya bukan teks UTF-8"),
    (ValueError(), "ada yang tak terduga"),
)


@pytest.mark.parametrize(("error", "said"), MET, ids=lambda value: type(value).__name__)
def test_what_is_met_often_says_what_it_is(error: Exception, said: str) -> None:
    """A file that is not there, a port in use, a name nobody knows: each has a sentence of its own."""
    assert ID(said_by(error)).startswith(f"{said} [")


SERVER = (
    ("550 5.1.1 <a@b.id>: Recipient address rejected: User unknown", "alamatnya tidak ada"),
    ("550 no such user here", "alamatnya tidak ada, atau tidak boleh dikirimi"),
    ("552 5.2.2 Mailbox full", "kotak surat penerima penuh"),
    ("552-5.2.3 Message exceeds maximum size", "surelnya terlalu besar"),
    ("421 4.7.0 Try again later", "aturan server surel tidak mengizinkannya"),
    ("421 closing", "server surel sedang tutup"),
    ("451 4.3.0 Temporary failure", "server surel belum dapat menerimanya sekarang"),
    ("535 5.7.8 Username and Password not accepted", "server surel meminta login yang sah"),
    ("530 Authentication required", "server surel meminta login yang sah"),
    ("250 2.0.0 OK", "diterima"),
    ("599 what", "server surel tidak menerima surel ini"),
    ("SMTPServerDisconnected: Connection unexpectedly closed", "koneksi ke server surel terputus"),
)


@pytest.mark.parametrize(("text", "said"), SERVER)
def test_a_mail_servers_answer_says_what_it_is(text: str, said: str) -> None:
    """By the enhanced code where there is one, else by the code, else by its hundred."""
    assert sense(server_said(text), text) == said


def test_every_answer_of_a_mail_server_is_a_sentence() -> None:
    """Whatever code a mail server answers with, an Indonesian sentence stands before its words."""
    for code in range(200, 600):
        assert sense(server_said(f"{code} words"), f"{code} words")


# google.rpc.Code (https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto), but for OK
STATUSES = (
    *("CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "ABORTED"),
    *("PERMISSION_DENIED", "UNAUTHENTICATED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "OUT_OF_RANGE"),
    *("UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"),
)


def test_every_status_of_googles_is_a_sentence() -> None:
    """Whatever Google answers with, named or only numbered, an Indonesian sentence stands before its words."""
    for status in (*STATUSES, ""):
        for number in (400, 401, 403, 404, 409, 410, 412, 429, 500, 502, 503, 504):
            assert sense(google_said(status, number, "The words."), "The words.")
    assert set(STATUSES) == set(google_words.STATUSES)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 500, 503])
def test_no_refusal_of_googles_is_bare_english(status: int) -> None:
    """What is told of a refused request has Google's English in brackets or not at all."""
    answer = Response()
    answer.status_code = status
    answer._content = b'{"error": {"code": %d, "message": "Google says so.", "status": "X"}}' % status
    told = ID(explain(APIError(answer), "1abc", "robot@example.org").message)
    assert "Google says so." not in told.replace("[Google says so.]", "")


LOGINS = (
    *("invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope", "access_denied", "invalid_request"),
    *("unsupported_grant_type", "deleted_client", "disabled_client", "admin_policy_enforced", "org_internal"),
    *("server_error", "temporarily_unavailable", "account_disabled", "redirect_uri_mismatch", "invalid_rapt"),
)


def test_every_refused_login_is_a_sentence() -> None:
    """Whatever a token server answers with, an Indonesian sentence stands before its words."""
    for code in (*LOGINS, "something_new"):
        text = f"{code}: Bad Request"
        assert (sense(login_said(text), text) == "Google belum memberi akses") is (code == "something_new")
        body = json.dumps({"error": code, "error_description": "Bad Request"})
        refused = RefreshError(text, body)  # type: ignore[no-untyped-call]  # google-auth is partly untyped
        told = ID(explain(refused, "", "robot@example.org").message)
        assert "Bad Request" not in told.replace(f"[{text}]", "")


WAYS = (NoConnection, ConnectTimeout, ReadTimeout, ChunkedEncodingError, ProxyError, SSLError, TransportError)


def test_every_failure_of_the_connection_is_a_sentence() -> None:
    """Whatever closes the way to Google, a sentence says it, with the kind and without the address."""
    for way in WAYS:
        assert sense(failure_said(way("https://host/secret")), way.__name__)


def yaml_problems() -> Iterator[str]:
    """Every problem that the YAML reader can tell of a file, as its code writes it."""
    for name in ("scanner", "parser", "composer", "constructor"):
        tree = ast.parse((Path(ruamel.yaml.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("rError", "ExceededError")):
                texts = [_text(each) for each in node.args if isinstance(each, ast.Constant | ast.JoinedStr)]
                yield from ([text for text in texts if not text.startswith(("while", "Please", "None"))][:1])


def _text(node: ast.expr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(each.value) if isinstance(each, ast.Constant) else "X" for each in parts)


def test_every_problem_of_a_file_that_is_no_yaml_is_a_sentence() -> None:
    """Whatever the YAML reader finds, a sentence about it stands before its words, not only that it can't be read."""
    found = {" ".join(problem.split()) for problem in yaml_problems()}
    assert len(found) > 40
    assert [problem for problem in sorted(found) if sense(yaml_said(problem), problem) in GENERAL] == []


class Sample(Config):
    name: str = ""
    count: int = 1
    values: tuple[str, ...] = ()


BROKEN = (
    ("name: a: b", "teks yang memuat titik dua diapit tanda petik"),
    ("name: 'a", "ada tanda petik yang belum ditutup"),
    ("values: [a, b\ncount: 1", "ada kurung yang belum ditutup"),
    ("name: a\n  count: 1", "teks yang memuat titik dua diapit tanda petik"),
    ("name: a\n count: 1\nvalues: []", "[mapping values are not allowed here]"),
    ("values:\n  - a\n - b", "baris-barisnya tidak sejajar"),
    ("name: a\nname: b", "ada nama yang ditulis dua kali"),
    ("name: @a", "teks tidak dapat dimulai dengan tanda ini"),
    ("name:\n\tcount: 1", "teks tidak dapat dimulai dengan tanda ini"),
    ("name: *a", "ada nama yang ditulis dua kali, atau dipakai tetapi belum ditulis"),
    ("count: banyak", "count berisi 'banyak'; yang diharapkan: bilangan bulat"),
    ("count:", "count berisi kosong; yang diharapkan: bilangan bulat"),
    ("values: true", "values berisi true; yang diharapkan: daftar"),
    ("- a", "yang diharapkan: pengaturan"),
    ("nama: a", "tidak ada pengaturan nama"),
)


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_broken_file_says_what_to_look_for(text: str, said: str, tmp_path: Path) -> None:
    """A file that is no YAML, or says what can't be, is told with its line, in Indonesian."""
    path = tmp_path / "office.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_yaml(path, Sample)
    assert said in ID(caught.value.message)
    assert f"{path}:" in ID(caught.value.message)


class Numbers(dict[str, Any]):
    """What a reason of pydantic's may name."""

    def __missing__(self, key: str) -> str:
        return "7"


def test_every_reason_of_pydantics_is_a_sentence() -> None:
    """Whatever a setting is refused for, an Indonesian sentence says what would do."""
    for kind in get_args(core_schema.ErrorType):
        problem: Any = {"type": kind, "msg": "Input should be so", "ctx": Numbers(), "loc": ("x",), "input": 1}
        said = expected(problem)
        assert ID(said) != EN(said)
        assert "Input should" not in ID(said).replace("[Input should be so]", "")


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call in our code: of what, where, and the call itself."""
    found = []
    for path in sorted((ROOT / "sheets_sync").rglob("*.py")):
        if not {"local_google", "demo", "model"} & set(path.relative_to(ROOT / "sheets_sync").parts):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    found.append((name, f"{path.relative_to(ROOT)}:{node.lineno}", node))
    return found


def test_what_a_setting_is_refused_for_is_a_message() -> None:
    """No ValueError of ours carries a bare English text: what refuses a setting is told to whoever wrote it."""
    bare = [
        place
        for name, place, call in calls()
        if name == "ValueError" and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert bare == []


BARE = {"error", "str(error)", "error.strerror", "result.said", "line.said", "type(error).__name__"}


def test_no_message_holds_others_words_bare() -> None:
    """Nothing that other software said goes into a message as it is."""
    bare = [
        (place, ast.unparse(word.value))
        for name, place, call in calls()
        if name in ("msg", "t")
        for word in call.keywords
        if ast.unparse(word.value) in BARE
    ]
    assert bare == []
