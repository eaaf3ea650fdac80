"""All of the configuration, read once: a folder of YAML files, and secrets and addresses from the environment."""

from sheets_sync.settings.load import load_settings
from sheets_sync.settings.values import Environment, OfficeSettings, Settings

__all__ = ["Environment", "OfficeSettings", "Settings", "load_settings"]
