"""`make bench`: everything in one run, one table."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from itertools import chain

from bench import label, ledger, million, one_case, procedures, processes, whole
from bench.timing import Section, print_section

PEERS = (
    "zen-engine",
    "pymerkle",
    "piexif",
    "openfisca-core",
    "policyengine-core",
    "numpy",
    "polars",
    "duckdb",
    "ibis-framework",
)


def main() -> None:
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PEERS))
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}")
    print("medians; the ratio is to the line with 1.00x; equal answers are asserted before anything is timed")
    print_section(one_case.section())
    print_section(million.section(unknown=0.1))
    known = million.section(unknown=0.0)
    print_section(Section(known.title, known.lines + processes.peer_lines(), known.beside))
    print_section(whole.profile_section())
    print_section(whole.process_section())
    print_section(procedures.section())
    for section in chain(ledger.sections(), label.sections()):
        print_section(section)
    print("\nSlowest imports of `guiju assess`, each with what it imports")
    print("\n".join(whole.slowest_imports()))


if __name__ == "__main__":
    main()
