"""places.yaml: the tree of places above the offices; `places/CODE.yaml`: a place that has a workbook and reports of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self

import pydantic

from sheets_sync.config.homes import Homes, read_homes
from sheets_sync.config.office import Office
from sheets_sync.config.path_setting import PathSetting
from sheets_sync.config.yaml_file import Config, read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.model import Message, msg
from sheets_sync.model.text import twice

CODE = r"^[a-z0-9][a-z0-9.-]*$"  # a kode wilayah like 62 or 62.13, or a word
LEVELS = ("regency", "province", "nation")  # each one's parent stands on a later one
NO_INPUTS = ("input_workbooks", "bound_to", "register_workbook", "approvers")


class OrgUnit(Config):
    """A place of the tree.

    `offices` are the codes of the offices here whose libraries are its own; `imports`, where there are none, is the code
    under which another installation's file gives its figures.
    """

    code: str = pydantic.Field(pattern=CODE)
    name: str
    level: Literal["regency", "province", "nation"] = "regency"
    parent: str = ""  # the code of the place above
    offices: tuple[str, ...] = ()
    imports: str = ""


class Places(Config):
    """places.yaml."""

    places: tuple[OrgUnit, ...] = ()
    import_folder: PathSetting = None  # files of other installations that lie here are brought in by each sync
    ask_after_days: int = pydantic.Field(35, ge=1, le=36_600)  # a file that is older is told

    @cached_property
    def by_code(self) -> Mapping[str, OrgUnit]:
        return MappingProxyType({place.code: place for place in self.places})

    def under(self, code: str) -> tuple[OrgUnit, ...]:
        """The places right under one, in the file's order."""
        return tuple(place for place in self.places if place.parent == code)

    def givers(self, place: OrgUnit) -> Iterator[OrgUnit]:
        """The places from the one downwards that give figures by themselves: by an office, or by a file."""
        if place.offices or place.imports:
            yield place
        for below in self.under(place.code):
            yield from self.givers(below)

    @pydantic.field_validator("places")
    @classmethod
    def _a_tree(cls, places: tuple[OrgUnit, ...]) -> tuple[OrgUnit, ...]:
        _refuse_twice("code", [place.code for place in places])
        _refuse_twice("offices", [office for place in places for office in place.offices])
        _refuse_twice("imports", [place.imports for place in places if place.imports])
        known = {place.code: place for place in places}
        for place in places:
            _refuse_parent(place, known)
            _refuse_both(place)
        return places


class Region(Office):
    """`places/CODE.yaml`: what office.yaml is to an office, to a place that has a workbook and reports of its own."""

    code: str = pydantic.Field(pattern=CODE)
    kind: str = ""  # whose libraries are scored together, like desa; empty: the kind that most of them are

    @pydantic.model_validator(mode="after")
    def _reads_nothing(self) -> Self:
        said = [name for name in NO_INPUTS if getattr(self, name)]
        if said:
            raise ValueError(msg("no {settings}: a place above offices reads no sheets of its own", settings=said))
        return self


def _refuse_twice(setting: str, names: Sequence[str]) -> None:
    if found := twice(names):
        raise ValueError(msg("{setting}: each once; twice or more: {names}", setting=setting, names=found))


def _refuse_both(place: OrgUnit) -> None:
    """What an office here gives and what a file gives of the same place would be counted twice."""
    if place.offices and place.imports:
        raise ValueError(
            msg("{code}: either offices of this installation, or imports of another one; not both", code=place.code)
        )


def _refuse_parent(place: OrgUnit, known: Mapping[str, OrgUnit]) -> None:
    """A parent that is there and stands on a higher level: so there are no circles."""
    if not place.parent:
        return
    parent = known.get(place.parent)
    if parent is None:
        raise ValueError(
            msg("parent of {code}: a code of this file; there is no {parent}", code=place.code, parent=place.parent)
        )
    if LEVELS.index(parent.level) <= LEVELS.index(place.level):
        raise ValueError(
            msg(
                "parent of {code}: a place of a higher level ({levels}, from below); {parent} is a {level}",
                code=place.code,
                levels=list(LEVELS),
                parent=parent.code,
                level=parent.level,
            )
        )


def read_places(file: Path, offices: Homes) -> Places:
    """The tree; without the file there is none.

    Raises:
        ConfigError: the file says what can't be, or the offices don't go with it.
    """
    places = read_yaml(file, Places) if file.exists() else Places()
    _refuse_unknown(file, [office for place in places.places for office in place.offices], offices)
    _refuse_own_imports(file, places, offices)
    return places


def read_regions(files: Sequence[Path], places: Places, offices: Homes) -> Homes:
    """The places of the tree that have a workbook, in the tree's order."""
    found = read_homes(files, Region)
    found = found.without(dict(_misplaced(found, places, offices)))
    order = {place.code: number for number, place in enumerate(places.places)}
    return Homes(dict(sorted(found.read.items(), key=lambda each: order[each[1].code])), found.troubled)


def _refuse_unknown(file: Path, named: Collection[str], offices: Homes) -> None:
    if not offices.known(named):
        known = sorted(offices.codes)
        unknown = sorted(set(named) - set(known))
        raise ConfigError(
            msg("{path}: there is no office {code}. Known: {known}.", path=file, code=unknown, known=known)
        )


def _refuse_own_imports(file: Path, places: Places, offices: Homes) -> None:
    """An export of an office that is here would come in beside what it gives already."""
    own = sorted(place.imports for place in places.places if place.imports in offices.codes)
    if own:
        raise ConfigError(
            msg(
                "{path}: {code} is an office of this installation; name it under `offices`, not under `imports`.",
                path=file,
                code=own,
            )
        )


def _misplaced(regions: Homes, places: Places, offices: Homes) -> Iterator[tuple[Path, Message]]:
    """The places that are in no tree, or can't be told from an office."""
    for path, region in regions.read.items():
        if region.code not in places.by_code:
            yield path, msg("{path}: there is no place {code} in places.yaml.", path=path, code=region.code)
        elif region.code in offices.codes:
            yield (
                path,
                msg(
                    "{path}: an office has the code {code}, too. Give one of them another.",
                    path=path,
                    code=region.code,
                ),
            )
