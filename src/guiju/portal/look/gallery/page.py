"""The page of the gallery. Only a demo or a debugged site shows it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.portal.look.components import Crumb, Face, Link, NavigationItem, Shell
from guiju.portal.look.gallery.sample import both, provision
from guiju.portal.look.gallery.samples_of_cases import CASES
from guiju.portal.look.gallery.samples_of_forms import FORMS
from guiju.portal.look.gallery.samples_of_lists import LISTS

ROOMS = (*FORMS, *CASES, *LISTS)
_HOLDERS = {
    Face.PUBLIC: None,
    Face.ORGANISATION: both("星河智能科技有限公司", "Xinghe Intelligence Ltd"),
    Face.AUTHORITY: both("浙江省主管机关 · 备案处", "Authority of Zhejiang · Filing office"),
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery on the face that `?face=` names; elsewhere than in a demo there is no such page."""
    configuration = getattr(settings, "CONFIGURATION", None)
    if not (settings.DEBUG or (configuration is not None and configuration.demo)):
        raise Http404
    wanted = request.GET.get("face", "")
    face = Face(wanted) if wanted in {one.value for one in Face} else Face.PUBLIC
    return render(request, "look/gallery.html", {"shell": _shell(face), "rooms": ROOMS})


def _shell(face: Face) -> Shell:
    return Shell(
        title=both("部件一览", "Gallery of components"),
        face=face,
        holder=_HOLDERS.get(face),
        navigation=(
            NavigationItem(label=both("公众", "Public"), href="?face=public", current=face is Face.PUBLIC),
            NavigationItem(
                label=both("企业与机构", "Organisations"), href="?face=organisation", current=face is Face.ORGANISATION
            ),
            NavigationItem(
                label=both("主管机关", "Authorities"), href="?face=authority", current=face is Face.AUTHORITY, count=12
            ),
        ),
        account=(Link(label=both("登录", "Log in"), href="#log-in"),),
        crumbs=(Crumb(label=both("首页", "Home"), href="/"), Crumb(label=both("部件一览", "Gallery of components"))),
        provisions=(provision("mail4:66.1"), provision("mail4:81.1.4", gist=False)),
        links=(
            Link(label=both("无障碍说明", "Accessibility"), href="#accessibility"),
            Link(label=both("源代码", "Source code"), href="#source"),
        ),
        demo=True,
    )
