"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import path

from guiju.portal.selfcheck import dating, downloads, interview, keeping, result, start

urlpatterns = [
    path("", start.start, name="start"),
    path("check/", interview.check, name="check"),
    path("check/question/", interview.question, name="check_question"),
    path("check/answer/", interview.answer, name="check_answer"),
    path("check/answers/", interview.answers, name="check_answers"),
    path("check/dates/", dating.dates, name="check_dates"),
    path("check/result/", result.result, name="check_result"),
    path("check/why/", result.why, name="check_why"),
    path("check/keep/", keeping.keep, name="check_keep"),
    path("check/result.<str:form>", downloads.download, name="check_file"),
]
