"""Forms as a browser fills them in and sends them: read from the page that was shown."""

from __future__ import annotations

from tests.portal_look.reading import Element, read

NOT_SENT = ("submit", "button", "image", "reset")


def sent_by(html: object, *, form: str = "", **changes: str | list[str]) -> dict[str, list[str]]:
    """Return what a form of the page sends, as it stands there, with changes; an empty list leaves a name out.

    `form` is the id of the form; without it there is only one with method post, or no form at all.
    """
    root = read(html)
    within = root
    if root.all("form"):
        forms = root.all("form", id=form) if form else root.all("form", method="post")
        assert len(forms) == 1, f"{len(forms)} forms"
        within = forms[0]
    return sent_in(within, **changes)


def sent_in(within: Element, **changes: str | list[str]) -> dict[str, list[str]]:
    """Return what one form sends; see `sent_by`."""
    sent: dict[str, list[str]] = {}
    for one in within.walk():
        for name, value in _given(one):
            sent.setdefault(name, []).append(value)
    for name, changed in changes.items():
        sent[name] = [changed] if isinstance(changed, str) else changed
    return {name: values for name, values in sent.items() if values}


def _given(one: Element) -> list[tuple[str, str]]:
    name = one.get("name")
    if not name:
        return []
    match one.name:
        case "input" if one.get("type") in ("radio", "checkbox"):
            return [(name, one.get("value"))] if one.has("checked") else []
        case "input" if one.get("type") == "file":
            # No file is chosen: the name is sent, with nothing.
            return [(name, "")]
        case "input" if one.get("type") not in NOT_SENT:
            return [(name, one.get("value"))]
        case "textarea":
            # A browser drops the first line end within the element, and sends all others as CR LF.
            return [(name, "".join(one.texts).removeprefix("\n").replace("\n", "\r\n"))]
        case "select":
            chosen = [option for option in one.all("option") if option.has("selected")] or one.all("option")[:1]
            return [(name, option.get("value")) for option in chosen]
    return []
