"""What became of a law from one version to the next."""

from guiju.law.versions.changes import Change, Kind
from guiju.law.versions.comparison import VersionsUnfit, compare_versions
from guiju.law.versions.wording import WordingChange

__all__ = ["Change", "Kind", "VersionsUnfit", "WordingChange", "compare_versions"]
