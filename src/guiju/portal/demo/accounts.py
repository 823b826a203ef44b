"""The tables of a demo's accounts: each person on their side, what waits for them now, and a button to log in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.matrix import matrix
from guiju.portal.authorities.models import Posting
from guiju.portal.cases.models import QueueRow
from guiju.portal.demo.invented import Invented, Organisation
from guiju.portal.look.components import Button, Column, Row, Table
from guiju.portal.organisations.models import Membership
from guiju.portal.people.models import User

_ORGANISATIONS = Bilingual(zh="组织", en="Organisations")
_PERSONS = Bilingual(zh="个人", en="Persons")
_AUTHORITIES = Bilingual(zh="主管机关", en="Authorities")
_COLUMNS = (
    Column(label=Bilingual(zh="姓名", en="Name")),
    Column(label=Bilingual(zh="邮箱", en="Mail address"), unbroken=True),
    Column(label=Bilingual(zh="代表", en="Acts for")),
    Column(label=Bilingual(zh="角色", en="As")),
    Column(label=Bilingual(zh="现在可以做什么", en="What there is to do now")),
    Column(label=Bilingual(zh="登录", en="Sign in")),
)
_LOG_IN = Bilingual(zh="以{name}登录", en="Sign in as {name}")
_WAITING = {
    "open": Bilingual(zh="在办 {n} 件", en="{n} open"),
    "turn": Bilingual(zh="待本方办理 {n} 件", en="{n} for this side to act in"),
    "late": Bilingual(zh="逾期 {n} 件", en="{n} late"),
}
_NOTHING = Bilingual(zh="没有在办案件", en="no open cases")
_ABOUT = Bilingual(zh="{name}：{about}", en="{name}: {about}")
_ONLY_READS = Bilingual(zh="只能查看", en="may only read")
_APPOINTS = Bilingual(zh="管理处室与人员，不办案", en="offices and people; sees no cases")
_FOR_SELF = Bilingual(zh="本人", en="himself or herself")


def tables(invented: Invented) -> tuple[Table, ...]:
    """Return one table for each side. Six queries, however many accounts."""
    emails = [one.email for one in invented.people.values()]
    members = Membership.objects.filter(user__email__in=emails).select_related("user", "organisation").order_by("user")
    posts = Posting.objects.filter(user__email__in=emails).select_related("user", "office__authority").order_by("user")
    alone = User.objects.filter(email__in=emails, memberships=None, postings=None).order_by("pk")
    by_organisation, by_office = _waiting("case__organisation", "applicant"), _waiting("office", "authority")
    by_person = _waiting("case__person", "applicant")
    about = {one.zh: _about(one) for one in invented.organisations.values()}
    return (
        _table(
            _ORGANISATIONS,
            (
                _row(one.user, about.get(one.organisation.zh), one.role, by_organisation.get(one.organisation_id))
                for one in members
            ),
        ),
        _table(_PERSONS, (_row(one, _FOR_SELF, "account", by_person.get(one.pk)) for one in alone)),
        _table(
            _AUTHORITIES,
            (
                _row(
                    one.user,
                    Bilingual(zh=one.office.authority.zh, en=one.office.authority.en),
                    one.role,
                    by_office.get(one.office_id),
                )
                for one in posts
            ),
        ),
    )


def _table(caption: Bilingual, rows: Iterable[Row]) -> Table:
    return Table(caption=caption, columns=_COLUMNS, rows=tuple(rows))


def _row(user: User, holder: Bilingual | None, role: str, waiting: dict[str, int] | None) -> Row:
    held = matrix().roles[role]
    log_in = Bilingual(zh=_LOG_IN.zh.format(name=user.name), en=_LOG_IN.en.format(name=user.name))
    button = Button(label=log_in, kind="secondary", name="email", value=user.email)
    to_do = _APPOINTS if role == "administrator" else _ONLY_READS if role == "reader" else _waits(waiting)
    return Row(cells=(user.name, user.email, holder, Bilingual(zh=held.zh, en=held.en), to_do, button))


def _about(one: Organisation) -> Bilingual:
    """Name an organisation, and say what it shows."""
    zh, en = (_ABOUT.get(lang).format(name=getattr(one, lang), about=one.is_a[lang]) for lang in ("zh", "en"))
    return Bilingual(zh=zh, en=en)


def _waits(counts: dict[str, int] | None) -> Bilingual:
    said = [(text, counts[name]) for name, text in _WAITING.items() if counts and counts[name]]
    if not said:
        return _NOTHING
    zh, en = ([text.get(lang).format(n=n) for text, n in said] for lang in ("zh", "en"))
    return Bilingual(zh="，".join(zh), en=", ".join(en))


def _waiting(holder: str, side: str) -> dict[int, dict[str, int]]:
    """Count the open cases of each holder, those with a clock of this side running, and those whose clock is over."""
    turn = Q(next_side=side)
    rows = QueueRow.objects.filter(final=False, **{f"{holder}__isnull": False}).values(holder).annotate(
        open=Count("pk"),
        turn=Count("pk", filter=turn),
        late=Count("pk", filter=turn & Q(next_due_latest__lt=timezone.localdate())),
    )  # fmt: skip
    return {one[holder]: {name: one[name] for name in ("open", "turn", "late")} for one in rows}
