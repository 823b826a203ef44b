"""`guiju ledger verify`: it needs no log file, only what was handed out, and public keys."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.ledger_arguments import FAILED, add_format, content_of, say, show_json

if TYPE_CHECKING:
    from guiju.cli.ledger_arguments import Adder
    from guiju.ledger.findings import Finding
    from guiju.ledger.keys import VerifierKey
    from guiju.ledger.personal import Opening
    from guiju.ledger.verifying import Verdict

_LONGEST_PATH = 4096


def register(actions: Adder) -> None:
    """Add ``verify``."""
    verify = actions.add_parser(
        "verify", help="verify an exported folder, a proof or a checkpoint, with the public key alone"
    )
    verify.add_argument("path", type=Path, metavar="PATH", help="an exported folder, a proof, or a checkpoint")
    verify.add_argument("--key", required=True, metavar="KEY", help="the log's public key, or a file that holds it")
    verify.add_argument(
        "--earlier",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="with a folder or a proof of growth: a checkpoint that you kept; may be repeated",
    )
    verify.add_argument(
        "--shown",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="with a folder: a checkpoint that others were shown; may be repeated",
    )
    verify.add_argument("--copy", type=Path, metavar="FOLDER", help="with a folder: an earlier export that you kept")
    verify.add_argument(
        "--witness",
        action="append",
        default=[],
        metavar="KEY",
        help="this witness must have cosigned the checkpoint; may be repeated",
    )
    verify.add_argument(
        "--minimum",
        type=int,
        default=0,
        metavar="INDEX",
        help="with a folder: events below may be gone by agreed retention",
    )
    verify.add_argument(
        "--opening", type=Path, metavar="FILE", help="with the proof of an event: what `disclose` printed"
    )
    add_format(verify)
    verify.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Verify what lies there; 0 if everything holds, 1 if something does not."""
    from guiju.ledger.proof_file import FIRST_LINE

    log, witnesses = _verifier(args.key), [_verifier(text) for text in args.witness]
    if args.path.is_dir():
        return _verify_folder(args, log, witnesses)
    text = content_of(args.path).decode("utf-8", "replace")
    if text.startswith("{"):
        return _verify_growth(args, text, log, witnesses)
    if text.startswith(FIRST_LINE):
        return _verify_proof(args, text, log, witnesses)
    return _verify_checkpoint(args, text, log, witnesses)


def _check_options(args: argparse.Namespace, allowed: str, en: str, zh: str) -> None:
    """Refuse options that would not be looked at: whoever gave them would believe that they were."""
    from guiju.ledger.errors import NoteError

    for option in ("earlier", "shown", "copy", "minimum", "opening"):
        if getattr(args, option) and option not in allowed.split():
            raise NoteError(
                "L126",
                f"--{option} cannot be checked against {en}: {args.path}",
                f"--{option} 不适用于{zh}：{args.path}",
            )


def _verify_folder(args: argparse.Namespace, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> int:
    from guiju.ledger.exported import ExportedLog
    from guiju.ledger.verifying import Expectations, verify_export

    _check_options(args, "earlier shown copy minimum", "an exported folder", "导出的文件夹")
    earlier, shown = ([content_of(path) for path in paths] for paths in (args.earlier, args.shown))
    copy = ExportedLog(args.copy) if args.copy else None
    expected = Expectations(log, witnesses, earlier, shown, copy, args.minimum)
    verdict = verify_export(ExportedLog(args.path), expected)
    if args.format == "json":
        return _json_verdict(verdict)
    _tell(args, verdict.findings)
    for size in verdict.undecided:
        say(
            args,
            f"未能比较：他人所见的检查点有 {size} 个事件，多于此次导出",
            f"not compared: others were shown {size} events, more than this export holds",
        )
    _tell_outcome(args, verdict)
    return 0 if verdict.holds else FAILED


def _tell_outcome(args: argparse.Namespace, verdict: Verdict) -> None:
    size, events, pruned = verdict.checkpoint.size, verdict.events, verdict.pruned
    gone = (f"，另有 {pruned} 个仅存哈希", f", {pruned} by their hashes alone") if pruned else ("", "")
    if verdict.holds:
        say(args, f"通过：{size} 个事件，已读 {events} 个{gone[0]}", f"holds: {size} events, {events} read{gone[1]}")
    else:
        number = len(verdict.findings)
        say(
            args,
            f"未通过：{number} 处不符；检查点有 {size} 个事件",
            f"does not hold: {number} found; checkpoint of {size} events",
        )


def _verify_proof(args: argparse.Namespace, text: str, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> int:
    from guiju.ledger import findings as found
    from guiju.ledger.personal import verify_opening
    from guiju.ledger.proof_file import InclusionProof, verify_proof

    _check_options(args, "opening", "the proof of one event", "单个事件的证明")
    proof = InclusionProof.parse(text)
    findings = verify_proof(proof, log, witnesses)
    openings = _openings(args.opening) if args.opening else []
    if openings:
        committed = _committed(proof.event)
        findings += [
            found.opening_wrong(proof.index, one.name) for one in openings if not verify_opening(committed, one)
        ]
    if args.format == "json":
        opened = {} if findings else {one.name: json.loads(one.value) for one in openings}
        shown = {"index": proof.index, "event": proof.event.decode("utf-8", "replace"), "opened": opened}
        return _show_findings(findings, shown)
    _tell(args, findings)
    if findings:
        return FAILED
    say(
        args,
        f"通过：此事件是日志 {log.name} 的第 {proof.index} 号",
        f"holds: this is event {proof.index} of {log.name}",
    )
    print(proof.event.decode("utf-8", "replace"))
    for one in openings:
        value = one.value.decode()
        say(args, f"已核对所出示的数据：{one.name} = {value}", f"disclosed, as committed to: {one.name} = {value}")
    return 0


def _verify_growth(args: argparse.Namespace, text: str, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> int:
    from guiju.ledger.errors import NoteError
    from guiju.ledger.proof_file import GrowthProof, verify_growth

    _check_options(args, "earlier", "a proof of growth", "增长证明")
    proof = GrowthProof.parse(text)
    if len(args.earlier) != 1:
        raise NoteError(
            "L125",
            "this proof leads from an earlier checkpoint: name the one you kept with --earlier FILE",
            "此证明以较早的检查点为起点：请用 --earlier 指明您保存的那一份",
        )
    findings = verify_growth(proof, content_of(args.earlier[0]), log, witnesses)
    if args.format == "json":
        return _show_findings(findings, {"since": proof.old_size})
    _tell(args, findings)
    if not findings:
        old = proof.old_size
        say(args, f"通过：前 {old} 个事件未变，日志只有增加", f"holds: the log only grew since its first {old} events")
    return FAILED if findings else 0


def _verify_checkpoint(args: argparse.Namespace, text: str, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> int:
    from guiju.ledger import findings as found
    from guiju.ledger.checkpoint import Checkpoint, verify_checkpoint
    from guiju.ledger.errors import NoteError

    try:
        checkpoint = Checkpoint.parse(text)
    except NoteError as error:
        raise NoteError(
            "L122",
            f"{args.path} is neither an exported folder nor a proof nor a checkpoint ({error})",
            f"{args.path} 既不是导出的文件夹，也不是证明或检查点（{error.text('zh')}）",
        ) from None
    _check_options(args, "", "a checkpoint alone", "单独的检查点")
    findings = [] if verify_checkpoint(text, log, witnesses) else [found.not_signed("checkpoint")]
    if args.format == "json":
        return _show_findings(findings, {"size": checkpoint.size, "root": checkpoint.root.hex()})
    _tell(args, findings)
    if not findings:
        say(
            args,
            f"通过：日志 {log.name} 签署了 {checkpoint.size} 个事件的检查点",
            f"holds: {log.name} signed this checkpoint of {checkpoint.size} events",
        )
    return FAILED if findings else 0


def _openings(path: Path) -> list[Opening]:
    from guiju.ledger.canonical import canonical_json, parsed_json
    from guiju.ledger.errors import NoteError
    from guiju.ledger.personal import Opening

    content = parsed_json(content_of(path))
    try:
        rows = [(str(row["member"]), bytes.fromhex(row["salt"]), row["value"]) for row in content]  # type: ignore[attr-defined]
    except (TypeError, KeyError, ValueError, AttributeError):
        raise NoteError("L123", f"{path} is not what disclose prints", f"{path} 不是 disclose 的输出") from None
    return [Opening(name, salt, canonical_json(value)) for name, salt, value in rows]


def _committed(event: bytes) -> dict[str, object]:
    """Return the event that a proof carries; an empty one if it is no JSON object, to which no opening fits."""
    try:
        content = json.loads(event)
    except (ValueError, RecursionError):
        content = None
    return content if isinstance(content, dict) else {}


def _show_findings(findings: Sequence[Finding], shown: dict[str, object]) -> int:
    show_json({"holds": not findings, **shown, "findings": _rows(findings)})
    return FAILED if findings else 0


def _json_verdict(verdict: Verdict) -> int:
    show_json(
        {
            "holds": verdict.holds,
            "size": verdict.checkpoint.size,
            "root": verdict.checkpoint.root.hex(),
            "events": verdict.events,
            "pruned": verdict.pruned,
            "undecided": list(verdict.undecided),
            "findings": _rows(verdict.findings),
        }
    )
    return 0 if verdict.holds else FAILED


def _rows(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [
        {"code": one.code, "start": one.start, "stop": one.stop, "zh": one.message.zh, "en": one.message.en}
        for one in findings
    ]


def _tell(args: argparse.Namespace, findings: Sequence[Finding]) -> None:
    for finding in findings:
        print(finding.text(args.lang))


def _verifier(given: str) -> VerifierKey:
    """Read a public key, or the file that holds one."""
    from guiju.ledger.errors import KeyFileError
    from guiju.ledger.keys import PRIVATE, VerifierKey

    text = given
    if len(given) < _LONGEST_PATH and Path(given).is_file():
        text = content_of(Path(given)).decode("utf-8", "replace")
    if text.startswith(PRIVATE):
        given = given if text != given else "--key"
        raise KeyFileError(
            "L110",
            f"{given} holds the private key; verifying takes the public one, such as LOG.pub",
            f"{given} 中是私钥；验证需要公钥，例如 LOG.pub",
        )
    if text == given and "+" not in given:
        raise KeyFileError("L110", f"{given!r} is neither a public key nor a file", f"{given!r} 既不是公钥，也不是文件")
    return VerifierKey.parse(text)
