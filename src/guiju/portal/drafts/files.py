"""Files that were sent: checked, kept under the SHA-256 of their content, and given back as nothing but a download."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, Sum
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from guiju.bilingual import Bilingual
from guiju.files import write_whole
from guiju.portal.drafts.models import Upload
from guiju.portal.drafts.references import KINDS, LARGEST, MOST_A_DAY, FileReference, safe_name
from guiju.portal.organisations.models import Organisation
from guiju.portal.people.models import User

Owner = Organisation | User
_BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".wps": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"),
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".ofd", ".zip"), (b"PK\x03\x04", b"PK\x05\x06")),
}
_PLAIN_TEXT = (".txt", ".csv")


class UnfitFileError(ValueError):
    """A file is not taken; `reason` says why, after the name of the field."""

    def __init__(self, zh: str, en: str) -> None:
        self.reason = Bilingual(zh=zh, en=en)
        super().__init__(en)


def owner_of(owner: Owner) -> dict[str, Owner | None]:
    """Return the owner as the tables hold one."""
    of_organisation = isinstance(owner, Organisation)
    return {"organisation": owner if of_organisation else None, "person": None if of_organisation else owner}


def keep_file(sent: UploadedFile, owner: Owner) -> FileReference:
    """Keep a file that was sent and return what stands for it. Raises UnfitFileError."""
    name = safe_name(sent.name or "")
    ending = Path(name).suffix.lower()
    if ending not in KINDS:
        kinds = " ".join(KINDS)
        raise UnfitFileError(f"不接受“{name}”这类文件；可以是 {kinds}", f"takes no file like “{name}”; kinds: {kinds}")
    if (sent.size or 0) > LARGEST:
        size = LARGEST // 2**20
        raise UnfitFileError(
            f"的文件“{name}”超过 {size} 兆字节；请压缩或者拆分", f"is larger than {size} MB (“{name}”); make it smaller"
        )
    content = sent.read()
    if not content:
        raise UnfitFileError(f"的文件“{name}”是空的", f"is an empty file (“{name}”)")
    if not _looks_like(ending, content):
        raise UnfitFileError(
            f"的文件“{name}”内容与其后缀不符；请重新导出", f"is not what its ending says (“{name}”); save it anew"
        )
    _refuse_too_much(owner, len(content))
    digest = hashlib.sha256(content).hexdigest()
    _keep_content(digest, content)
    now = {"size": len(content), "sent_at": timezone.now()}
    Upload.objects.update_or_create(sha256=digest, name=name, **owner_of(owner), defaults=now)
    # From now on nobody sweeps it away (sweeping.py); somebody may just have.
    _keep_content(digest, content)
    return FileReference(name, digest)


def _keep_content(digest: str, content: bytes) -> None:
    path = place_of_content(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, content, mode=0o600)


def _refuse_too_much(owner: Owner, size: int) -> None:
    since = timezone.now() - dt.timedelta(days=1)
    kept = Upload.objects.filter(**owner_of(owner), sent_at__gt=since).aggregate(Sum("size"))["size__sum"] or 0
    if kept + size > MOST_A_DAY:
        most = MOST_A_DAY // 2**20
        raise UnfitFileError(
            f"的文件没有保存：一日之内最多上传 {most} 兆字节，请明天再传",
            f"was not kept: at most {most} MB may be sent in a day; send it tomorrow",
        )


def _looks_like(ending: str, content: bytes) -> bool:
    if ending in _PLAIN_TEXT:
        return b"\x00" not in content
    return content.startswith(_BEGINNINGS[ending])


def place_of_content(digest: str) -> Path:
    """Return where the content with a SHA-256 lies."""
    return files_folder() / digest[:2] / digest


def files_folder() -> Path:
    """Return the folder of the files that were sent, each under the SHA-256 of its content."""
    folder: Path = settings.CONFIGURATION.folder
    return folder / "files"


def own_references(references: Iterable[str], owner: Owner, person: User) -> set[str]:
    """Return those references that the owner, or the person themself, has sent: nobody files by hash alone."""
    wanted = {one: FileReference.parse(one) for one in references}
    rows = Upload.objects.filter(_sent_by(owner, person), sha256__in={one.sha256 for one in wanted.values()})
    known = set(rows.values_list("sha256", "name")) if wanted else set()
    return {text for text, one in wanted.items() if (one.sha256, one.name) in known}


def upload_of(reference: str, owner: Owner, person: User) -> Upload | None:
    """Return what the owner, or the person themself, has sent under a reference; None if neither has."""
    one = FileReference.parse(reference)
    return Upload.objects.filter(_sent_by(owner, person), sha256=one.sha256, name=one.name).order_by("pk").first()


def download(reference: FileReference) -> HttpResponse:
    """Give a file back: to be saved, never to be shown or run. Raises Http404 where it is not kept."""
    path = place_of_content(reference.sha256)
    if not reference.sha256 or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=reference.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def file_place_in_drafts(owner: Owner, person: User) -> Callable[[str], str]:
    """Return what gives the address of a file that goes with a draft (forms/outputs.py); one query for all."""
    known: dict[tuple[str, str], int] = {}

    def place(reference: str) -> str:
        if not known:
            rows = Upload.objects.filter(_sent_by(owner, person)).values_list("sha256", "name", "pk")
            known.update({(sha256, name): pk for sha256, name, pk in rows})
        one = FileReference.parse(reference)
        upload = known.get((one.sha256, one.name))
        return reverse("draft_file", kwargs={"upload": upload}) if upload else ""

    return place


def file_place_in_case(number: str) -> Callable[[str], str]:
    """Return what gives the address of a file of a case; who may not see it is told 404 there."""

    def place(reference: str) -> str:
        sha256 = FileReference.parse(reference).sha256
        return reverse("case_file", kwargs={"number": number, "sha256": sha256}) if sha256 else ""

    return place


def _sent_by(owner: Owner, person: User) -> Q:
    return Q(person=person) | (Q(organisation=owner) if isinstance(owner, Organisation) else Q(person=owner))
