"""The addresses of the site. Each has an entry in access/roles.yaml; one without it is refused and fails the tests."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from guiju.portal.cases.views import case
from guiju.portal.health import health
from guiju.portal.metrics import metrics
from guiju.portal.people.views import own_account

handler400 = "guiju.portal.faces.errors.bad_request"
handler403 = "guiju.portal.faces.errors.forbidden"
handler404 = "guiju.portal.faces.errors.not_found"
handler500 = "guiju.portal.faces.errors.fault"

urlpatterns = [
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("cases/<str:number>.json", case, name="case"),
    path("", include("guiju.portal.look.urls")),
    path("", include("guiju.portal.faces.urls")),
    path("", include("guiju.portal.selfcheck.urls")),
    path("", include("guiju.portal.lookup.urls")),
    path("", include("guiju.portal.publishing.urls")),
    path("", include("guiju.portal.reader.urls")),
    path("", include("guiju.portal.workspace.urls")),
    path("", include("guiju.portal.filing.urls")),
    path("", include("guiju.portal.casefile.urls")),
    path("", include("guiju.portal.correspondence.urls")),
    path("", include("guiju.portal.desk.urls")),
    path("", include("guiju.portal.demo.urls")),
    path("account/", own_account, name="own_account"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
if settings.CONFIGURATION.oidc:
    urlpatterns += [
        path("account/3rdparty/", include("allauth.socialaccount.urls")),
        path("account/3rdparty/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
