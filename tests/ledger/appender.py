"""A process that appends until it is done or killed; says the index of each event once it is durable."""

from __future__ import annotations

import sys
from pathlib import Path

from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.personal import Draft


def main(path: str, key: str, name: str, count: str, together: str) -> None:
    with Ledger.open(Path(path), SigningKey.load(Path(key))) as ledger:
        number = 0
        while number < int(count):
            batch = [
                Draft({"by": name, "number": number + place, "who": f"{name}-{number + place}"}, ("who",))
                for place in range(int(together))
            ]
            number += len(batch)
            print(ledger.append_many(batch)[-1].index, flush=True)


main(*sys.argv[1:])
