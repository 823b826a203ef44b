"""The addresses of the site. Each has an entry in access/roles.yaml; one without it is refused and fails the tests."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from guiju.portal.cases.views import case
from guiju.portal.health import health
from guiju.portal.metrics import metrics

urlpatterns = [
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("cases/<str:number>.json", case, name="case"),
    path("", include("guiju.portal.look.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
if settings.CONFIGURATION.oidc:
    urlpatterns += [
        path("account/3rdparty/", include("allauth.socialaccount.urls")),
        path("account/3rdparty/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
