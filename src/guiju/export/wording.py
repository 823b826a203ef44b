"""The fields of a norm as one line of text each, in the words of the rulebooks."""

from __future__ import annotations

from guiju.engine.expression import And, Defined, Node, Or
from guiju.engine.norms import Amount, Clock, Fine, Norm, clock_text

JOINT = "; "


def one_line(text: str) -> str:
    """Put a text that was written over several lines on one."""
    return " ".join(text.split())


def condition_text(norm: Norm) -> str:
    """Say when a norm binds: its `when` and not its `unless`, without the scope of the law; what a definition says."""
    if norm.when is None:
        return ""
    if norm.defines is None:
        return norm.when.text
    if isinstance(norm.when, Defined):
        return norm.when.children[0].text
    return " and ".join(_bracketed(unfolded(part, norm)) for part in norm.when.children)


def unfolded(node: Node, norm: Norm) -> Node:
    """Return the definition's body where the node is the very term that the norm defines, else the node."""
    return node.children[0] if isinstance(node, Defined) and node.own[0] == norm.defines else node


def is_within_scope(norm: Norm) -> bool:
    """Tell whether the scope of the law is part of what must be true for the norm to bind."""
    return norm.condition is not norm.when


def deadline_text(norm: Norm) -> str:
    """Say every deadline, each with the reading under which it holds."""
    return JOINT.join(clock_text(clock) + under(clock.reading) for clock in norm.deadlines)


def retention_text(norm: Norm) -> str:
    """Say how long something is kept, each period with the reading under which it holds."""
    return JOINT.join(kept_text(clock) + under(clock.reading) for clock in norm.retentions)


def kept_text(clock: Clock) -> str:
    """Say one period of retention; it is a least, not a last day."""
    assert clock.period is not None
    return f"at least {clock.period.text('en')} after {clock.anchor}"


def fines_text(norm: Norm) -> str:
    """Say every fine."""
    return JOINT.join(fine_text(fine) + under(fine.reading) for fine in norm.fines)


def fine_text(fine: Fine) -> str:
    """Say one range in yuan, both ends included."""
    text = f"{fine.on}: {fine.least:f} to {fine.most:f} yuan"
    return text if fine.share is None else f"{text}, or up to {share_text(fine)} of {fine.share_of}"


def share_text(fine: Fine) -> str:
    """Say the share of a fine as a percentage."""
    assert fine.share is not None
    return f"{(fine.share * 100).normalize():f} %"


def amounts_text(norm: Norm) -> str:
    """Say every sum that the law computes."""
    return JOINT.join(f"{amount.what.en}: {_ends(amount)}{under(amount.reading)}" for amount in norm.amounts)


def fulfilment_text(norm: Norm) -> str:
    """Say what tells that the norm was performed: an event, or a condition."""
    if norm.fulfilled_by is None:
        return ""
    if norm.fulfilled_by.event is not None:
        return f"happened({norm.fulfilled_by.event})"
    assert norm.fulfilled_by.condition is not None
    return norm.fulfilled_by.condition.text


def exempting(norm: Norm) -> list[str]:
    """List the provisions that can switch the norm off."""
    return list(dict.fromkeys(release.place for release in norm.exempted_by))


def under(reading: tuple[tuple[str, str], ...]) -> str:
    """Say under which readings something holds, in brackets; nothing if under all."""
    return f" ({', '.join(f'{question}={candidate}' for question, candidate in reading)})" if reading else ""


def _ends(amount: Amount) -> str:
    ends = (("least", amount.least), ("most", amount.most), ("floor", amount.floor))
    return ", ".join(f"{name} {node.text}" for name, node in ends if node is not None)


def _bracketed(node: Node) -> str:
    return f"({node.text})" if isinstance(node, And | Or) else node.text
