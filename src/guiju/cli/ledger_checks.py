"""`guiju ledger verify` and `timestamp`: they need no log file, only what was handed out, and public keys."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.ledger_arguments import add_format, put, say, show_json

if TYPE_CHECKING:
    from guiju.cli.ledger_arguments import Adder
    from guiju.ledger.findings import Finding
    from guiju.ledger.keys import VerifierKey
    from guiju.ledger.verifying import Verdict

FAILED = 1
_BIGGEST = 5_000_000


def register(actions: Adder) -> None:
    """Add ``verify`` and ``timestamp``."""
    verify = actions.add_parser("verify", help="verify an exported folder or a proof, with the public key alone")
    verify.add_argument("path", type=Path, metavar="PATH", help="an exported folder, or a proof that `prove` made")
    verify.add_argument("--key", required=True, metavar="KEY", help="the log's public key, or a file that holds it")
    verify.add_argument(
        "--earlier", type=Path, action="append", default=[], metavar="FILE", help="a checkpoint that you kept"
    )
    verify.add_argument(
        "--shown", type=Path, action="append", default=[], metavar="FILE", help="a checkpoint that others were shown"
    )
    verify.add_argument("--copy", type=Path, metavar="FOLDER", help="an earlier export that you kept")
    verify.add_argument(
        "--witness", action="append", default=[], metavar="KEY", help="this witness must have cosigned; may be repeated"
    )
    verify.add_argument(
        "--minimum", type=int, default=0, metavar="INDEX", help="events below may be gone by agreed retention"
    )
    verify.add_argument("--opening", type=Path, metavar="FILE", help="with a proof: what `disclose` printed")
    add_format(verify)
    verify.set_defaults(run=run_verify)

    stamp = actions.add_parser("timestamp", help="have a checkpoint time-stamped (RFC 3161), or check a time-stamp")
    stamp.add_argument("checkpoint", type=Path, metavar="CHECKPOINT", help="a checkpoint file")
    stamp.add_argument("--url", help="the authority; the response is written to CHECKPOINT.tsr")
    stamp.add_argument("--roots", type=Path, metavar="PEM", help="certificates that vouch for the authority")
    stamp.add_argument("--request", type=Path, metavar="FILE", help="only write the request there, to send it yourself")
    stamp.add_argument("--response", type=Path, metavar="FILE", help="only check this response")
    add_format(stamp)
    stamp.set_defaults(run=run_timestamp)


def run_verify(args: argparse.Namespace) -> int:
    """Verify a folder or a proof; 0 if everything holds, 1 if something does not."""
    log, witnesses = _verifier(args.key), [_verifier(text) for text in args.witness]
    if args.path.is_dir():
        return _verify_folder(args, log, witnesses)
    return _verify_proof(args, log, witnesses)


def _verify_folder(args: argparse.Namespace, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> int:
    from guiju.ledger.exported import ExportedLog
    from guiju.ledger.verifying import Expectations, verify_export

    earlier, shown = ([_content(path) for path in paths] for paths in (args.earlier, args.shown))
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


def _verify_proof(args: argparse.Namespace, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> int:
    from guiju.ledger import findings as found
    from guiju.ledger.errors import NoteError
    from guiju.ledger.proof_file import InclusionProof, verify_proof

    try:
        text = _content(args.path).decode()
    except UnicodeDecodeError:
        raise NoteError("L122", f"{args.path} is not a proof: not UTF-8", f"{args.path} 不是证明：不是 UTF-8") from None
    if text.startswith("{"):
        return _verify_growth(args, text, log)
    proof = InclusionProof.parse(text)
    findings = verify_proof(proof, log, witnesses)
    if args.opening:
        wrong = _wrong_openings(proof.event, args.opening)
        findings += [found.opening_wrong(proof.index, name) for name in wrong]
    if args.format == "json":
        show_json({"holds": not findings, "index": proof.index, "findings": _rows(findings)})
        return FAILED if findings else 0
    _tell(args, findings)
    if not findings:
        say(
            args,
            f"通过：此事件是日志 {log.name} 的第 {proof.index} 号",
            f"holds: this is event {proof.index} of {log.name}",
        )
        print(proof.event.decode())
    return FAILED if findings else 0


def _verify_growth(args: argparse.Namespace, text: str, log: VerifierKey) -> int:
    from guiju.ledger.errors import NoteError
    from guiju.ledger.proof_file import GrowthProof, verify_growth

    proof = GrowthProof.parse(text)
    if len(args.earlier) != 1:
        raise NoteError(
            "L125",
            "this proof leads from an earlier checkpoint: name the one you kept with --earlier FILE",
            "此证明以较早的检查点为起点：请用 --earlier 指明您保存的那一份",
        )
    findings = verify_growth(proof, _content(args.earlier[0]), log)
    if args.format == "json":
        show_json({"holds": not findings, "since": proof.old_size, "findings": _rows(findings)})
        return FAILED if findings else 0
    _tell(args, findings)
    if not findings:
        old = proof.old_size
        say(args, f"通过：前 {old} 个事件未变，日志只有增加", f"holds: the log only grew since its first {old} events")
    return FAILED if findings else 0


def run_timestamp(args: argparse.Namespace) -> int:
    """Obtain or check a time-stamp."""
    from guiju.ledger.checkpoint import Checkpoint
    from guiju.ledger.errors import TimestampError
    from guiju.ledger.timestamps import load_roots, over_http, request_for, timestamp, verify_timestamp

    content = _content(args.checkpoint)
    Checkpoint.parse(content)
    if args.request:
        put(args.request, request_for(content).as_bytes())
        return 0
    if args.roots is None or (args.url is None) == (args.response is None):
        raise TimestampError(
            "L165",
            "name --roots PEM and either --url URL or --response FILE; or only --request FILE",
            "请给出 --roots PEM 以及 --url 或 --response 之一；或只给出 --request",
        )
    roots = load_roots(_content(args.roots))
    if args.response:
        response = _content(args.response)
    else:
        response = timestamp(content, over_http(args.url), roots)
        target = args.checkpoint.with_name(f"{args.checkpoint.name}.tsr")
        put(target, response)
    try:
        time = verify_timestamp(content, response, roots).isoformat()
    except TimestampError as error:
        print(error.text(args.lang))
        return FAILED
    if args.format == "json":
        return show_json({"time": time})
    say(args, f"通过：该检查点在 {time} 已存在", f"holds: the checkpoint existed at {time}")
    return 0


def _wrong_openings(event: bytes, path: Path) -> list[str]:
    from guiju.ledger.canonical import canonical_json, parsed_json
    from guiju.ledger.errors import NoteError
    from guiju.ledger.personal import Opening, verify_opening

    content, committed = parsed_json(_content(path)), json.loads(event)
    try:
        rows = [(str(row["member"]), bytes.fromhex(row["salt"]), row["value"]) for row in content]  # type: ignore[attr-defined]
    except (TypeError, KeyError, ValueError, AttributeError):
        raise NoteError("L123", f"{path} is not what disclose prints", f"{path} 不是 disclose 的输出") from None
    openings = [Opening(name, salt, canonical_json(value)) for name, salt, value in rows]
    return [opening.name for opening in openings if not verify_opening(committed, opening)]


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


def _verifier(text: str) -> VerifierKey:
    from guiju.ledger.keys import VerifierKey

    path = Path(text)
    if "+" not in text and path.is_file():
        text = _content(path).decode("utf-8", "replace")
    return VerifierKey.parse(text)


def _content(path: Path) -> bytes:
    from guiju.ledger.errors import ExportError

    try:
        with path.open("rb") as stream:
            return stream.read(_BIGGEST)
    except OSError as error:
        raise ExportError("L155", f"cannot read {path}: {error}", f"无法读取 {path}：{error}") from None
