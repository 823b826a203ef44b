"""The role matrix of roles.yaml, read and checked."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import msgspec

Reach = Literal["anything", "public", "published", "own", "organisation", "office", "authority", "below"]
Holder = Literal["nobody", "account", "organisation", "office"]
VISITOR, ACCOUNT = "visitor", "account"
_FILE = Path(__file__).with_name("roles.yaml")
_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
_HOLDERS: dict[str, set[Holder]] = {
    "anything": {"nobody", "account", "organisation", "office"},
    "public": {"nobody", "account"},
    "published": {"nobody", "account"},
    "own": {"account"},
    "organisation": {"organisation"},
    "office": {"office"},
    "authority": {"office"},
    "below": {"office"},
}


class MatrixError(ValueError):
    """The role matrix refers to something that it does not define."""


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role, and through what it is held."""

    of: Holder
    zh: str
    en: str


class ActsAs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The roles of case types that a role acts in: all of a side, or some by name."""

    side: Literal["applicant", "authority"] | None = None
    roles: tuple[str, ...] = ()


class Matrix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may do what, and which action each route and method is."""

    roles: dict[str, Role]
    acts_as: dict[str, ActsAs]
    sees_as: dict[str, str]
    actions: dict[str, dict[str, Reach]]
    routes: dict[str, dict[str, str]]
    oidc_routes: dict[str, dict[str, str]]

    def roles_of(self, holder: Holder) -> list[str]:
        """List the roles that are held in one way."""
        return [name for name, role in self.roles.items() if role.of == holder]

    def action_of(self, route: str, method: str) -> str | None:
        """Return the action that a request is; None where route or method has no entry."""
        return (self.methods_of(route) or {}).get("GET" if method == "HEAD" else method)

    def methods_of(self, route: str) -> dict[str, str] | None:
        """Return the methods of a route, each with its action; None where it has no entry."""
        return self.routes.get(route, self.oidc_routes.get(route))

    def check(self) -> None:
        """Raise MatrixError for a name that is not defined, or a reach that the role's holder cannot have."""
        known = set(self.roles)
        _refuse_unknown("acts_as", set(self.acts_as) - known)
        _refuse_unknown("sees_as", {*self.sees_as, *self.sees_as.values()} - known)
        for action, granted in self.actions.items():
            _refuse_unknown(action, set(granted) - known)
        for action, granted in self.actions.items():
            for role, reach in granted.items():
                if self.roles[role].of not in _HOLDERS[reach]:
                    raise MatrixError(f"{action}: `{role}` cannot reach `{reach}`")
        for route, methods in (*self.routes.items(), *self.oidc_routes.items()):
            _refuse_unknown(route, set(methods) - _METHODS)
            _refuse_unknown(route, set(methods.values()) - set(self.actions))


def read_matrix(text: str) -> Matrix:
    """Read a matrix; raises MatrixError, or msgspec.ValidationError where its form is wrong."""
    import yaml

    found = msgspec.convert(yaml.safe_load(text), Matrix)
    found.check()
    return found


@functools.cache
def matrix() -> Matrix:
    """Return the matrix of this site, once a process."""
    return read_matrix(_FILE.read_text("utf-8"))


def _refuse_unknown(place: str, unknown: set[str]) -> None:
    if unknown:
        raise MatrixError(f"{place}: there is no {', '.join(sorted(unknown))}")
