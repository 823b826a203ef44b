"""Addresses of a site with a route that the role matrix does not list."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from guiju.portal.urls import urlpatterns as own


def unlisted(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [*own, path("unlisted", unlisted, name="unlisted"), path("nameless", unlisted)]
