"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.workspace.case_views import organisation_cases, own_cases
from guiju.portal.workspace.downloads import download, profile
from guiju.portal.workspace.duty_evidence import duty_file
from guiju.portal.workspace.duty_views import duties, duty
from guiju.portal.workspace.fact_views import organisation_facts, system_facts
from guiju.portal.workspace.feeds import calendar, calendar_feed
from guiju.portal.workspace.finding_views import finding, findings
from guiju.portal.workspace.history_views import history
from guiju.portal.workspace.member_views import change_member, invite_member, members, withdraw_invitation
from guiju.portal.workspace.occurrence_views import occurrence, occurrences
from guiju.portal.workspace.overview import workspace
from guiju.portal.workspace.place_views import (
    accept_invitation,
    found_organisation,
    join,
    organisation_details,
    places,
)
from guiju.portal.workspace.system_views import add_system, system, systems

_O = "organisations/<int:organisation>"

urlpatterns: list[URLPattern] = [
    path("places/", places, name="places"),
    path("places/found/", found_organisation, name="found_organisation"),
    path("places/invitations/<int:invitation>/", accept_invitation, name="accept_invitation"),
    path("places/join/<str:token>/", join, name="join"),
    path("mine/", own_cases, name="own_cases"),
    path("feeds/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path(f"{_O}/", workspace, name="workspace"),
    path(f"{_O}/details/", organisation_details, name="organisation_details"),
    path(f"{_O}/facts/", organisation_facts, name="organisation_facts"),
    path(f"{_O}/history/", history, name="history"),
    path(f"{_O}/profile/", profile, name="profile"),
    path(f"{_O}/downloads/<str:form>", download, name="download"),
    path(f"{_O}/events/", occurrences, name="occurrences"),
    path(f"{_O}/events/<int:occurrence>/", occurrence, name="occurrence"),
    path(f"{_O}/systems/", systems, name="systems"),
    path(f"{_O}/systems/add/", add_system, name="add_system"),
    path(f"{_O}/systems/<int:system>/", system, name="system"),
    path(f"{_O}/systems/<int:system>/facts/", system_facts, name="system_facts"),
    path(f"{_O}/findings/<str:about>/", findings, name="findings"),
    path(f"{_O}/findings/<str:about>/<str:norm>/", finding, name="finding"),
    path(f"{_O}/duties/", duties, name="duties"),
    path(f"{_O}/duties/files/<int:mark>", duty_file, name="duty_file"),
    path(f"{_O}/duties/<str:about>/<str:norm>/", duty, name="duty"),
    path(f"{_O}/calendar/", calendar, name="calendar"),
    path(f"{_O}/cases/", organisation_cases, name="organisation_cases"),
    path(f"{_O}/members/", members, name="members"),
    path(f"{_O}/members/invite/", invite_member, name="invite_member"),
    path(f"{_O}/members/<int:member>/", change_member, name="change_member"),
    path(f"{_O}/members/invitations/<int:invitation>/", withdraw_invitation, name="withdraw_invitation"),
]
