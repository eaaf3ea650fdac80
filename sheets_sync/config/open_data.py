"""What open data need beside the figures: the official codes of places, and the licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

import pydantic

from sheets_sync.config.yaml_file import Config
from sheets_sync.model import msg
from sheets_sync.model.text import fold

REGENCY, BELOW = r"^\d{2}\.\d{2}$", r"^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$"
DISTRICT_LENGTH = len("62.13.01")

PlaceCode = Annotated[str, pydantic.Field(pattern=BELOW)]


class OpenDataOptions(Config):
    """`open_data` in office.yaml.

    `place_code` is the regency's *kode wilayah* as the Ministry of Home Affairs numbers places (62.13); its first part is
    the province's. `places` are those below it: of a kecamatan by its name (62.13.01), of a village by its library's code
    (62.13.01.2001).
    """

    place_code: str = pydantic.Field("", pattern=rf"^$|{REGENCY}")
    places: Mapping[str, PlaceCode] = {}
    license: str = ""  # an identifier like CC-BY-4.0; empty: the office has not said

    @property
    def province_code(self) -> str:
        return self.place_code[:2]

    def district_code(self, district: str, libraries: Iterable[str]) -> str:
        """A kecamatan's code: its own, else the beginning of that of a village in it; empty where neither is known.

        `libraries` are the codes of those in it.
        """
        villages = (self.village_code(library)[:DISTRICT_LENGTH] for library in libraries)
        return self._code(district)[:DISTRICT_LENGTH] or next(filter(None, villages), "")

    def village_code(self, library: str) -> str:
        """The code of the village that a library serves; empty where none is known."""
        code = self._code(library)
        return code if len(code) > DISTRICT_LENGTH else ""

    def _code(self, name: str) -> str:
        return next((code for known, code in self.places.items() if fold(known) == fold(name)), "")

    @pydantic.model_validator(mode="after")
    def _inside(self) -> Self:
        outside = sorted(code for code in self.places.values() if not code.startswith(f"{self.place_code}."))
        if outside:
            raise ValueError(
                msg("codes of places in {regency} (place_code); not: {codes}", regency=self.place_code, codes=outside)
            )
        return self
