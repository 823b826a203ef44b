"""People and organisations for tests."""

from __future__ import annotations

import itertools
from typing import Any

from guiju.portal.access.actor import Actor, actor_of
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.organisations.models import Membership, Organisation
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types

ZHEJIANG, JIANGSU, NATION = "330000", "320000", "000000"
_COUNT = itertools.count(1)


def account(name: str = "李四") -> User:
    user: User = User.objects.create_user(f"person{next(_COUNT)}@example.cn", name=name)
    return user


def organisation(area: str = "330106", zh: str = "星河智能") -> Organisation:
    return Organisation.objects.create(zh=zh, en="Xinghe", area=area)


def member(of: Organisation, role: str = "filer") -> User:
    user = account()
    Membership.objects.create(user=user, organisation=of, role=role)
    return user


def office(authority: str) -> Office:
    return Office.objects.get(code=f"{authority}-1")


def official(authority: str = ZHEJIANG, role: str = "reviewer") -> User:
    user = account("王五")
    Posting.objects.create(user=user, office=office(authority), role=role)
    return user


def actor(user: User) -> Actor:
    return actor_of(User.objects.get(pk=user.pk))


def filing_form(**changes: Any) -> dict[str, Any]:
    """A complete filing with a province: more than ten thousand users, fewer than a million."""
    example = dict(built_in_types().get("mail4/filing").example)
    return {**example, "registered_users": 37_000, "province": "浙江省", **changes}
