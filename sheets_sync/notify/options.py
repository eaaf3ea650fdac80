"""service.yaml: the beat of the service, and who is told. Addresses that hold a secret never stand in YAML."""

from __future__ import annotations

from pathlib import Path

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from sheets_sync.config.address import AddressText
from sheets_sync.config.yaml_file import Config
from sheets_sync.errors import ConfigError
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by


class Told(Config):
    """Who is told, and by which ways."""

    mail: tuple[AddressText, ...] = ()
    ways_file: Path | None = None  # relative to the configuration folder: an Apprise address on each line


class OwnService(Config):
    """offices/CODE/service.yaml: who is told what concerns that office alone, beside those who are told everything."""

    notify: Told = Told()


class NotifyOptions(Told):
    """Who is told, and how patient one is before."""

    failing_hours: float = pydantic.Field(6, gt=0, le=8784)  # Google or mail away for so long is worth a message
    disk_free_mb: int = pydantic.Field(500, ge=0, le=1_000_000)
    calm_minutes: float = pydantic.Field(30, ge=0, le=527_040)  # well for so long before it is called well again
    # A cause that changes is told again this long after at the earliest.
    repeat_hours: float = pydantic.Field(6, ge=0, le=8784)


class ServiceOptions(Config):
    """service.yaml: how often `run` looks whether something is due, and who is told when something is wrong."""

    sync_every: int = pydantic.Field(15, ge=1, le=44_640)  # minutes between two syncs
    # Minutes between two rounds of deliveries that are to be tried again.
    deliver_every: int = pydantic.Field(5, ge=1, le=44_640)
    scheduler: str = ""  # the Dask scheduler whose workers do the syncs; "": this computer does
    health_port: int = pydantic.Field(0, ge=0, le=65535)  # 0: no address, only the health file
    notify: NotifyOptions = NotifyOptions()  # who is told when something is wrong


class NotifyLogin(BaseSettings):
    """`SHEETS_SYNC_NOTIFY_WAYS`: Apprise addresses with spaces between them, in place of `ways_file`."""

    model_config = SettingsConfigDict(
        env_prefix="SHEETS_SYNC_NOTIFY_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    ways: pydantic.SecretStr = pydantic.SecretStr("")

    def addresses(self, file: Path | None) -> tuple[str, ...]:
        """Every address, of the environment or else of a file.

        Raises:
            ConfigError: the file can't be read.
        """
        if self.ways.get_secret_value() or file is None:
            return tuple(self.ways.get_secret_value().split())
        return addresses_in(file)


def addresses_in(file: Path) -> tuple[str, ...]:
    """Every address of a file; lines that begin with # are remarks.

    Raises:
        ConfigError: the file can't be read.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            msg(
                "The file {path} (`ways_file` in service.yaml) can't be read: {problem}",
                path=file,
                problem=said_by(error),
            )
        ) from error
    return tuple(line.strip() for line in lines if line.strip() and not line.strip().startswith("#"))
