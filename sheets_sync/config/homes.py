"""Whom the configuration names: each office, and each place above offices, either read or with what is wrong with its own files.

What one of them says wrongly stops no other. It is left out and told, and nothing of it counts as gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from sheets_sync.config.office import Office
from sheets_sync.config.workbook_id import workbook_id
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.model import Message, msg
from sheets_sync.model.text import twice

_CODE = re.compile(r"^code:[ \t]*[\"']?([a-z0-9][a-z0-9.-]*)", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_SHORTEST = 25  # of what may be a workbook's id in a file that can't be read; shorter are words


@dataclass(frozen=True, slots=True)
class OfficeTrouble:
    """An office, or a place above offices, whose own files can't be used, and why.

    `code` and `workbooks` are as far as they can be told; `guessed`: the code is the name of its file.
    """

    code: str
    path: Path
    said: Message
    workbooks: tuple[str, ...] = ()
    guessed: bool = False

    @property
    def above(self) -> bool:
        """Whether it is a place above offices."""
        return self.path.parent.name == "places"

    @property
    def error(self) -> ConfigError:
        """What a command that names it ends with."""
        return ConfigError(self.said)


@dataclass(frozen=True, slots=True)
class Homes:
    """Offices, or places above them, by the file that says what they are: those that can be read, and the others."""

    read: Mapping[Path, Office] = field(default_factory=dict)
    troubled: tuple[OfficeTrouble, ...] = ()

    def __add__(self, other: Homes) -> Homes:
        return Homes({**self.read, **other.read}, self.troubled + other.troubled)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that is known."""
        return frozenset(each.code for each in self.read.values()) | {each.code for each in self.troubled}

    @property
    def guessed(self) -> bool:
        """Whether some have a code that nobody can tell."""
        return any(each.guessed for each in self.troubled)

    def without(self, faults: Mapping[Path, Message]) -> Homes:
        """The same with what is wrong with some of them."""
        left = {path: office for path, office in self.read.items() if path not in faults}
        found = tuple(_known_trouble(path, self.read[path], said) for path, said in faults.items())
        return Homes(left, self.troubled + found)

    def known(self, codes: Collection[str]) -> bool:
        """Whether each of the codes is one of theirs, as far as can be told."""
        return self.guessed or self.codes >= set(codes)


def _known_trouble(path: Path, office: Office, said: Message) -> OfficeTrouble:
    return OfficeTrouble(office.code, path, said, office.workbooks)


def read_homes(paths: Sequence[Path], model: type[Office]) -> Homes:
    """What each of the files says."""
    read, troubled = dict[Path, Office](), list[OfficeTrouble]()
    for path in paths:
        try:
            read[path] = _home(path, model)
        except ConfigError as error:
            troubled.append(_trouble(path, error.message))
    return Homes(MappingProxyType(read), tuple(troubled))


def _home(path: Path, model: type[Office]) -> Office:
    if path.suffix == ".yml":
        raise misnamed(path)
    return read_yaml(path, model)


def misnamed(path: Path) -> ConfigError:
    """What is said of a file that is not read for its name."""
    return ConfigError(msg("{path} is not read. Let its name end in .yaml.", path=path))


def _trouble(path: Path, said: Message) -> OfficeTrouble:
    """The trouble with a file, with what can still be told of it: nobody else may take what is its own."""
    text = _text(path)
    code = _CODE.search(text)
    return OfficeTrouble(code[1] if code else path.stem, path, said, tuple(_ids(text)), guessed=code is None)


def _text(path: Path) -> str:
    """What can be read of a file, but for its comments."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(_COMMENT.sub("", line) for line in lines)


def _ids(text: str) -> Iterator[str]:
    """Whatever may be a workbook's id."""
    for word in dict.fromkeys(re.findall(r"[^\s,\[\]{}\"']+", text)):
        try:
            found = workbook_id(word)
        except ValueError:
            continue
        if len(found) >= _SHORTEST:
            yield found


def one_code_each(homes: Homes) -> Homes:
    """None of those that have one code: nobody could say whose figures, people and reports are whose."""
    doubled = twice(office.code for office in homes.read.values())
    of = {code: [path for path, office in homes.read.items() if office.code == code] for code in doubled}
    return homes.without({path: _doubled(path, code, paths) for code, paths in of.items() for path in paths})


def _doubled(path: Path, code: str, paths: Sequence[Path]) -> Message:
    others = [each.name for each in paths if each != path]
    return msg(
        "{path}: the code {code} stands in {others}, too. Give each office a code of its own.",
        path=path,
        code=code,
        others=others,
    )


def one_workbook_each(folder: Path, homes: Homes) -> Homes:
    """None of those that share a workbook: they would write over each other's pages and show each other's figures."""
    owners, faults = dict[str, Path](), dict[Path, Message]()
    for path, home in homes.read.items():
        for workbook in home.workbooks:
            other = owners.setdefault(workbook, path)
            if other != path:
                said = msg(
                    "{folder}: {one} and {other} have the same workbook {workbook}. Give each one its own.",
                    folder=folder,
                    one=homes.read[other].code,
                    other=home.code,
                    workbook=workbook,
                )
                faults |= {other: said, path: said}
    return homes.without(faults)


def workbook_owners(homes: Homes) -> Mapping[str, str]:
    """Each workbook with the code of the office, or of the place above offices, whose it is; of the troubled, too."""
    owners: dict[str, str] = {}
    told = [*((each.code, each.workbooks) for each in homes.read.values())]
    for code, workbooks in [*told, *((each.code, each.workbooks) for each in homes.troubled)]:
        for workbook in workbooks:
            owners.setdefault(workbook, code)
    return MappingProxyType(owners)
