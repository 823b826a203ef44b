"""The forms of django-allauth, shown with our own components."""

from __future__ import annotations

import base64

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from guiju.portal.look.components import ErrorSummary, Mistake, TextField

_PREFIX = "id"
_PICTURE = "data:image/svg+xml;base64,"
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.TextInput, "text"),
)
register = template.Library()


@register.simple_tag
def form_fields(form: object) -> list[object]:
    """Return the fields of a form as components; hidden ones, and kinds that we have no component for, as they are."""
    return [_shown(field) for field in form] if isinstance(form, forms.BaseForm) else []


@register.simple_tag
def form_mistakes(form: object) -> ErrorSummary | None:
    """Gather what is wrong with a form; None where nothing is."""
    if not isinstance(form, forms.BaseForm) or not form.is_bound or not form.errors:
        return None
    general = [Mistake(text=str(text)) for text in form.non_field_errors()]
    single = [Mistake(text=str(field.errors[0]), target=_id(field)) for field in form if field.errors]
    return ErrorSummary(mistakes=(*general, *single))


@register.simple_tag
def drawn(source: str, words: str) -> SafeString:
    """Show a picture; one that is given as data, which our policy forbids in an address, stands in the page itself."""
    if not source.startswith(_PICTURE):
        return format_html('<img src="{}" alt="{}">', source, words)
    svg = base64.b64decode(source.removeprefix(_PICTURE)).decode("utf-8")
    return mark_safe(f'<div class="gj-code" role="img" aria-label="{escape(words)}">{svg}</div>')


def _shown(field: BoundField) -> object:
    widget = field.field.widget
    if field.is_hidden or isinstance(widget, forms.CheckboxInput | forms.HiddenInput):
        return _box(field) if isinstance(widget, forms.CheckboxInput) else field
    kind = next((name for known, name in _KINDS if isinstance(widget, known)), None)
    if kind is None:
        return field
    return TextField(
        name=field.html_name,
        label=str(field.label),
        hint=str(field.help_text) if field.help_text and not isinstance(widget, forms.PasswordInput) else None,
        error=str(field.errors[0]) if field.errors else None,
        optional=not field.field.required,
        prefix=_PREFIX,
        value=str(field.value() or ""),
        kind=kind,  # type: ignore[arg-type]
        autocomplete=str(widget.attrs.get("autocomplete", "")),
    )


def _box(field: BoundField) -> object:
    """Show a check box under the id that allauth's own scripts look for."""
    return format_html(
        '<div class="gj-choice"><input class="gj-choice__input" type="checkbox" name="{}" id="{}"{}>'
        '<label class="gj-choice__label" for="{}">{}</label></div>',
        field.html_name, field.auto_id, " checked" if field.value() else "", field.auto_id, field.label,
    )  # fmt: skip


def _id(field: BoundField) -> str:
    shown = _shown(field)
    return shown.id if isinstance(shown, TextField) else str(field.auto_id)
