"""`guiju case`: try a procedure in the terminal, see what it holds, draw it."""

from __future__ import annotations

import argparse
from pathlib import Path

from guiju.cli.arguments import add_language, day


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `guiju case list|show|run|diagram|keep`."""
    parser = subparsers.add_parser("case", help="procedures: what they hold, run by a script, drawn")
    verbs = parser.add_subparsers(title="verbs", metavar="<verb>", required=True)

    listed = verbs.add_parser("list", help="which procedures there are")
    add_language(listed)
    listed.set_defaults(run=run_list)

    show = verbs.add_parser("show", help="states, who may do what, clocks, letters, with their provisions")
    show.add_argument("type", metavar="TYPE", help="a procedure, such as filing or mail4/filing")
    add_language(show)
    show.set_defaults(run=run_show)

    run = verbs.add_parser("run", help="run a script of acts and print what comes of it")
    run.add_argument("script", metavar="SCRIPT", type=Path, help="a YAML file; docs/procedures.md says how to write it")
    run.add_argument("--format", choices=("text", "json"), default="text")
    run.add_argument("--explain", metavar="CLOCK", help="count a clock day by day, as it stands at the end")
    run.add_argument("--as-of", type=day, metavar="DATE", help="let time go on to this day after the last act")
    add_language(run)
    run.set_defaults(run=run_script)

    diagram = verbs.add_parser("diagram", help="draw the states and acts of a procedure")
    diagram.add_argument("type", metavar="TYPE")
    diagram.add_argument("--format", choices=("svg", "mermaid"), default="svg")
    diagram.add_argument("--state", metavar="STATE", help="light up where a case stands")
    add_language(diagram)
    diagram.set_defaults(run=run_diagram)

    keep = verbs.add_parser("keep", help="keep this version for the cases that follow it")
    keep.add_argument("type", metavar="TYPE")
    add_language(keep)
    keep.set_defaults(run=run_keep)


def run_list(args: argparse.Namespace) -> int:
    """Print the procedures, one a line."""
    from guiju.procedures.catalogue import built_in_types

    for one in built_in_types().outlines():
        print(f"{one.key}  v{one.version}  {one.title.get(args.lang)}  ({', '.join(one.cites)})")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print one procedure."""
    from guiju.procedures.catalogue import built_in_types
    from guiju.procedures.describing import describe

    print(describe(built_in_types().get(args.type), args.lang))
    return 0


def run_script(args: argparse.Namespace) -> int:
    """Run a script; status 1 where an expectation of it does not hold."""
    from guiju.procedures.catalogue import built_in_types
    from guiju.procedures.expectations import misses
    from guiju.procedures.running import play
    from guiju.procedures.script import read_script
    from guiju.procedures.telling import record, timeline

    script = read_script(args.script)
    played = play(script, built_in_types().get(script.case_type), as_of=args.as_of)
    missed = misses(played)
    if args.format == "json":
        import json

        print(json.dumps(record(played, missed), ensure_ascii=False, indent=2))
    else:
        print(timeline(played, missed, args.lang))
    if args.explain is not None:
        from guiju.procedures.running import explained

        print("\n" + explained(played, args.explain).text(args.lang))
    return 1 if missed else 0


def run_diagram(args: argparse.Namespace) -> int:
    """Print a drawing of a procedure."""
    from guiju.procedures.catalogue import built_in_types
    from guiju.procedures.diagram import mermaid, svg
    from guiju.procedures.draft import WHAT
    from guiju.procedures.parts import hint_for
    from guiju.procedures.problems import one_problem

    kind = built_in_types().get(args.type)
    if args.state is not None and args.state not in kind.states:
        hint, known = hint_for(args.state, kind.states), ", ".join(kind.states)
        raise one_problem("unknown_name", kind.file, what=WHAT["state"], name=args.state, hint=hint, known=known)
    draw = svg if args.format == "svg" else mermaid
    print(draw(kind, args.lang, current=args.state), end="")
    return 0


def run_keep(args: argparse.Namespace) -> int:
    """Write this version of a procedure down for the cases that follow it."""
    from guiju.procedures.catalogue import built_in_types

    types = built_in_types()
    print(types.keep(types.get(args.type)))
    return 0
