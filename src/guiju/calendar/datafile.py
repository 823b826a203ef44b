"""Read this room's own data files."""

from pathlib import Path
from typing import Any

import yaml


def read_data(name: str) -> Any:
    """Return the content of a YAML file that lies beside this module."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(Path(__file__).with_name(name).read_text("utf-8"), loader)
