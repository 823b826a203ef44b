"""A process with a site that knows an identity provider: somebody logs in there and comes back. Prints what follows."""

from __future__ import annotations

import json
import sys
from urllib.parse import parse_qs, urlsplit

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.test import Client  # noqa: E402

from guiju.portal.access.actor import actor_of  # noqa: E402
from guiju.portal.people.models import User  # noqa: E402


def main(state: str) -> None:
    if sys.argv[1:] == ["taken"]:
        taken = User.objects.create_user("wangwu@example.cn", "规矩方圆-correct-horse")
        EmailAddress.objects.create(user=taken, email=taken.email, verified=True, primary=True)
    client = Client()
    out = client.post("/account/3rdparty/oidc/oidc/login/")
    there = urlsplit(out["Location"])
    given = {name: values[0] for name, values in parse_qs(there.query).items()}
    back = client.get("/account/3rdparty/oidc/oidc/login/callback/", {"code": "c", "state": state or given["state"]})
    user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
    print(json.dumps({
        "sent_to": there.path,
        "pkce": given.get("code_challenge_method"),
        "status": back.status_code,
        "to": back.headers.get("Location"),
        "who": user and user.email,
        "roles": [held.role for held in actor_of(user).held] if user else [],
        "accounts": User.objects.count(),
    }))  # fmt: skip


main("forged" if "forged" in sys.argv[1:] else "")
