"""Compile every catalogue of the portal; say what is missing and fail if anything is."""

from __future__ import annotations

import sys
from pathlib import Path

from guiju.portal.look.catalogues import CatalogueError, catalogue_problems, compile_all

PORTAL = Path(__file__).parents[2]


def main() -> int:
    """Write each `django.mo` beside its `django.po`; return 1 if a message is missing, fuzzy or no longer used."""
    try:
        problems = catalogue_problems(PORTAL)
        for path in compile_all(PORTAL):
            print(path.relative_to(PORTAL))
    except CatalogueError as error:
        problems = [str(error)]
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
