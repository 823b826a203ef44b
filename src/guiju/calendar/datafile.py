"""Read this room's own data files."""

from importlib.resources import files
from typing import Any

import yaml


def read_data(name: str) -> Any:
    """The content of a YAML file that lies beside this module."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("guiju.calendar").joinpath(name).read_text("utf-8"), loader)  # noqa: S506
