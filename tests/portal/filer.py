"""A process that files until it is done or killed; says the number of each case once it is acknowledged."""

from __future__ import annotations

import datetime as dt
import sys

import django

django.setup()

from guiju.portal.cases.acting import Done, begin  # noqa: E402
from guiju.portal.organisations.models import Organisation  # noqa: E402
from guiju.portal.people.models import User  # noqa: E402
from tests.portal.people import actor, filing_form  # noqa: E402


def main(count: str) -> None:
    company, who = Organisation.objects.get(), actor(User.objects.get())
    for _ in range(int(count)):
        done = begin(who, "mail4/filing", "submit", filing_form(), applicant=company, today=dt.date(2026, 9, 28))
        assert isinstance(done, Done), done
        print(done.case.number, flush=True)


main(*sys.argv[1:])
