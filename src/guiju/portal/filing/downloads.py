"""Files given back: to those who may see the field of the case in which they stand, or who may go on with the draft."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from guiju.bilingual import Bilingual
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.casefile.reach import Reached, reach
from guiju.portal.drafts.files import download
from guiju.portal.drafts.models import Draft, Upload
from guiju.portal.drafts.references import FileReference
from guiju.portal.faces.showing import tell
from guiju.portal.filing.beginning import file_address

_DISCARDED = Bilingual(zh="草稿已删除。", en="The draft is discarded.")


def case_file(request: HttpRequest, number: str, sha256: str) -> HttpResponse:
    """Give back a file of a case; 404 unless it stands in a value that this person may see."""
    reached = reach(request, number)
    for reference in _references(_shown(reached)):
        if reference.sha256 == sha256:
            return download(reference)
    raise Http404


def draft_file(request: HttpRequest, upload: int) -> HttpResponse:
    """Give back a file that was sent with a draft."""
    found = get_object_or_404(visible(actor_behind(request), "draft.change", Upload), pk=upload)
    return download(FileReference(found.name, found.sha256))


def draft_discard(request: HttpRequest, draft: int) -> HttpResponseBase:
    """Delete a draft."""
    found = get_object_or_404(
        visible(actor_behind(request), "draft.change", Draft).select_related("organisation"), pk=draft
    )
    applicant = found.organisation
    found.delete()
    tell(request, _DISCARDED)
    return HttpResponseRedirect(file_address(applicant))


def _shown(reached: Reached) -> list[Any]:
    """List the values that this person may see: fields as they stand and, for the parties, what each act was given."""
    acts = [event.values for event in reached.standing.events] if reached.trusted else []
    return [reached.shown(reached.standing.fields), *acts]


def _references(value: Any) -> list[FileReference]:
    if isinstance(value, dict):
        return [found for one in value.values() for found in _references(one)]
    if isinstance(value, list):
        return [found for one in value for found in _references(one)]
    found = FileReference.parse(value) if isinstance(value, str) else None
    return [found] if found and found.sha256 else []
