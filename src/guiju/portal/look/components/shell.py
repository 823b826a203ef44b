"""What stands around every page: whose side of the portal it is, where one can go, where one is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from guiju.portal.look.components.base import Label
from guiju.portal.look.components.journeys import Link
from guiju.portal.look.components.provisions import ProvisionLink


class Face(Enum):
    """The three sides of the portal, and that of a person who acts for nobody else."""

    PUBLIC = "public"
    PERSON = "person"
    ORGANISATION = "organisation"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """A place of this face; `count` is what waits there."""

    label: Label
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A page above this one; the last, without `href`, is this page."""

    label: Label
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Given to a page as `shell`. `holder` is the organisation or office for which one acts; `account` is who one is.

    `provisions` are those that the page as a whole rests on; they stand in the footer, with `about_law` under them.
    """

    title: Label
    face: Face = Face.PUBLIC
    holder: Label | None = None
    navigation: tuple[NavigationItem, ...] = ()
    account: tuple[Link, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    provisions: tuple[ProvisionLink, ...] = ()
    about_law: Label | None = None
    links: tuple[Link, ...] = ()
    has_errors: bool = False
    demo: bool = False
    home: str = "/"
