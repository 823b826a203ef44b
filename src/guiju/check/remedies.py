"""Powers over somebody for which the law names no procedure, or no way to challenge their use."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.bilingual import Bilingual
from guiju.check.codes import G403, G404
from guiju.check.context import Context, diagnostic
from guiju.check.diagnostic import Diagnostic, cite
from guiju.check.relations import Remedy
from guiju.engine.norms import Norm
from guiju.law.address import Address


def without_procedure(context: Context) -> Iterator[Diagnostic]:
    """Find powers over somebody that belong to no procedure. Making rules for all is no power over somebody."""
    for norm in _powers(context):
        if norm.procedure is None:
            where = cite(norm.address)
            yield diagnostic(
                G403,
                [norm],
                Bilingual(
                    f"{where.zh}授予的权力没有规定行使程序。",
                    f"The law names no procedure for the power that {where.en} gives.",
                ),
            )


def without_remedy(context: Context) -> Iterator[Diagnostic]:
    """Find powers that no remedy of the same law reaches, and acts that it makes final."""
    for norm in _powers(context):
        elsewhere = norm.bearer in context.relations.challenged_elsewhere
        if not elsewhere and not any(_opens(remedy, norm) for remedy in context.relations.remedies):
            where = cite(norm.address)
            yield diagnostic(
                G404,
                [norm],
                Bilingual(
                    f"对{where.zh}的权力，这部法律自身没有规定救济途径；能否复议、诉讼要看其他法律。",
                    f"This law itself names no way to challenge the use of the power in {where.en}; whether there is "
                    f"one depends on other laws.",
                ),
            )
    yield from _final(context)


def _final(context: Context) -> Iterator[Diagnostic]:
    for remedy in context.relations.remedies:
        for text in remedy.final:
            at = [norm for norm in context.norms if norm.address == Address.parse(text)]
            if at:
                where, general = cite(at[0].address), cite(Address.parse(remedy.at))
                yield diagnostic(
                    G404,
                    at[:1],
                    Bilingual(
                        f"依{where.zh}作出的决定为最终决定，{general.zh}的救济对它不起作用。",
                        f"Decisions under {where.en} are final; the remedy of {general.en} does not reach them.",
                    ),
                )


def _powers(context: Context) -> Iterator[Norm]:
    for norm in context.norms:
        if norm.kind == "power" and norm.toward is not None and norm.subject != "law":
            yield norm


def _opens(remedy: Remedy, norm: Norm) -> bool:
    return Address.parse(remedy.at).law == norm.rulebook and norm.bearer in remedy.against
