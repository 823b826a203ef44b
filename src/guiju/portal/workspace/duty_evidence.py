"""A file that shows that a duty was performed: sent with a mark, kept as files of filings are, for members alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from guiju.bilingual import Bilingual
from guiju.portal.drafts.files import UnfitFileError, download, keep_file, upload_of
from guiju.portal.drafts.models import Upload
from guiju.portal.drafts.references import FileReference, limits
from guiju.portal.forms.inputs_entered import Sent, text
from guiju.portal.look.components import FileField, Link
from guiju.portal.workspace.inside import Inside, inside, user_of
from guiju.portal.workspace.models import DutyMark

FILE = "file"
_LABEL = Bilingual(zh="证据文件", en="Evidence as a file")
_FOREIGN = Bilingual(zh="这个文件不是在这里上传的；请重新选择", en="This file was not sent here; choose it again")


def duty_file(request: HttpRequest, organisation: int, mark: int) -> HttpResponse:
    """Give back the file of a mark, to members; raises Http404."""
    here = inside(request, organisation)
    marks = DutyMark.objects.select_related("upload").exclude(upload=None)
    found = get_object_or_404(marks, organisation=here.organisation, pk=mark)
    assert found.upload is not None
    return download(_reference(found.upload))


def evidence_field(upload: Upload | None, entered: Sent | None, error: Bilingual | None) -> FileField:
    """Return the field for the file, with the one that was sent before: with this form, else with the mark."""
    sent = text(entered, FILE) if entered is not None else str(_reference(upload)) if upload else ""
    return FileField(
        name=FILE,
        label=_LABEL,
        hint=Bilingual(zh="只有本组织成员可以下载。", en="Only members of the organisation can download it."),
        kept=(FileReference.parse(sent).shown,) if sent else (),
        reference=sent,
        optional=True,
        error=error,
        **limits(),
    )


def read_evidence(request: HttpRequest, here: Inside) -> tuple[Upload | None, Bilingual | None]:
    """Return the file that came with a form, or was sent before and goes with it; or what is wrong with it."""
    if request.POST.get("_remove") == FILE:
        return None, None
    person, sent = user_of(request), request.FILES.get(FILE)
    reference = text(request.POST, FILE)
    if sent is not None:
        try:
            reference = str(keep_file(sent, here.organisation))
        except UnfitFileError as error:
            return None, Bilingual(zh=f"证据{error.reason.zh}", en=f"The evidence {error.reason.en}")
    if not reference:
        return None, None
    upload = upload_of(reference, here.organisation, person)
    return (upload, None) if upload else (None, _FOREIGN)


def link_to(here: Inside, row: DutyMark) -> tuple[Link, ...]:
    """Link to the file of a mark, by its name and the SHA-256 of its content."""
    if row.upload is None:
        return ()
    href = here.to("duty_file", mark=row.pk)
    return (Link(label=row.upload.name, href=href, note=f"SHA-256 {row.upload.sha256}"),)


def _reference(upload: Upload) -> FileReference:
    return FileReference(upload.name, upload.sha256)
