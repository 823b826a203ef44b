"""Upload handler: what is far too large is not written to disk only to be refused."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from guiju.portal.drafts.references import LARGEST

MOST_IN_ONE_FORM = 10 * LARGEST


class Bounded(FileUploadHandler):
    """Stands before the others: passes on no more of a file than shows that it is too large."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_more: Any) -> None:  # noqa: N803, ARG002
        """Refuse a form that is larger than any form of ours; raises RequestDataTooBig (answered with 400)."""
        if content_length > MOST_IN_ONE_FORM:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass on what belongs to the part of a file that is looked at."""
        return raw_data if start <= LARGEST else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
