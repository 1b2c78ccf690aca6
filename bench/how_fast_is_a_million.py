"""Tell how lists, groups, reads and writes fare when there are 10,000, 100,000 and a million records of sixty fields.

One worker in one process. Request, use case and hand-written SQL take turns, and so do a member and an administrator, the first
page and deep ones. Aims: a list within twice the SQL and 5 ms, a member no slower than 1.3 times an administrator, deep pages as
fast as the first, groups within 1.5 times the SQL, a record created in at most four times its INSERT.
Run: python bench/how_fast_is_a_million.py [--sizes 10000,100000,1000000] [--databases postgresql,sqlite] [--plans]
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from _databases import Place, places
from _figures import Figures, compared, growth, table
from _shelf import ADMIN, ITEM, MEMBER, Shelf, shelf, values
from _shelf_lists import Asked, all_lists
from _shelf_rows import fill
from _shelf_sql import HandWritten
from _statements import Statement, plan
from _turns import Turns, instead

from engine.api.envelopes import BulkSchema
from engine.services import bulk, listing, reading, writing

SIZES = (10_000, 100_000, 1_000_000)
ROWS = 1000


def main() -> int:
    """Print the figures of each size on each database, and how they grow."""
    words = _parser().parse_args()
    sizes = sorted(int(size) for size in words.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="formwork-bench-files-") as files, places() as all_places:
        for place in all_places:
            if place.name.lower() in words.databases.lower().split(","):
                print(f"\n## {place.name}\n\n{place.conditions}", flush=True)
                for line in _answer(place, Path(files), sizes, plans=words.plans):
                    print(line, flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="how many records, smallest first")
    parser.add_argument("--databases", default="postgresql", help="postgresql, sqlite, or both")
    parser.add_argument("--plans", action="store_true", help="print how the database finds the page of each list")
    return parser


def _answer(place: Place, files: Path, sizes: Sequence[int], *, plans: bool) -> Iterator[str]:
    there = 0
    measured: dict[int, list[Figures]] = {}
    with shelf(place.url, files) as found:
        for size in sizes:
            start = perf_counter()
            fill(found, there, size)
            yield f"\n### {size:,} records\n\n{size - there:,} more written in {perf_counter() - start:.0f} s\n"
            there, bench = size, Bench(found, size)
            measured[size] = [*bench.lists(), *bench.groups(), bench.one(), bench.create(), bench.creates()]
            yield from table(place.name, measured[size])
            yield ""
            yield from compared(bench.comparisons(measured[size]))
            yield from bench.plans() if plans else ()
    yield ""
    yield from growth({f"{size:,}": figures for size, figures in measured.items()})


class Bench:
    """The operations on so many records."""

    def __init__(self, there: Shelf, size: int) -> None:
        self._shelf = there
        self._size = size
        self._desks = there.desks()
        self._turns = Turns(there.database, samples=40)
        self._sql = HandWritten(there)
        self._pages: dict[str, Statement] = {}

    def lists(self) -> list[Figures]:
        """List 50 records in many ways, all of them by turns."""
        asked = list(all_lists(self._sql, self._size))
        for turn in self._turns.all():
            for one in asked:
                self._list(one, turn)
        return [one.figures for one in asked]

    def groups(self) -> Iterator[Figures]:
        """Group all records by kind and stage, with two sums and a count."""
        given = {"group": ["kind", "stage"], "filter": None, "limit": 1000}
        given |= {"values": [{"fn": "sum", "field": "total"}, {"fn": "sum", "field": "weight"}, {"fn": "count"}]}
        for login in (ADMIN, MEMBER):
            figures = Figures(f"group all by 2 fields, 2 sums, {login}", most=6, times=1.5, plus=0.005)
            raw = self._sql.groups(member=login == MEMBER)
            turns = Turns(self._shelf.database, samples=7, warming=1)
            for turn in turns.all():
                turns.measure(
                    figures,
                    turn,
                    lambda login=login: self._desks[login].send("POST", f"/records/{ITEM}/aggregate", given),
                    lambda login=login: listing.aggregate(
                        self._shelf.installation, self._shelf.context(login), ITEM, given
                    ),
                    instead(raw),
                )
            yield figures

    def one(self) -> Figures:
        """Read single records of sixty fields, here and there."""
        figures = Figures("read one of 60 fields", most=8)
        for turn in self._turns.all():
            key = f"01990000-0000-7000-8000-{turn * 7919 % self._size:012}"
            ctx = self._shelf.context(ADMIN)
            self._turns.measure(
                figures,
                turn,
                lambda key=key: self._desks[ADMIN].send("GET", f"/records/{ITEM}/{key}"),
                lambda key=key, ctx=ctx: reading.one(self._shelf.installation, ctx, ITEM, key),
                instead(self._sql.one(key)),
            )
        return figures

    def create(self) -> Figures:
        """Create records one by one, as a member; raw is the INSERT of the record alone, with its commit."""
        figures = Figures("create one of 60 fields (raw: its INSERT alone)", most=20, times=4)
        for turn in self._turns.all():
            given, ctx = values(self._shelf, turn), self._shelf.context(MEMBER)
            self._turns.measure(
                figures,
                turn,
                lambda given=given: self._desks[MEMBER].send("POST", f"/records/{ITEM}", {"values": given}),
                lambda given=given, ctx=ctx: writing.create(self._shelf.installation, ctx, ITEM, given),
                self._sql.inserts_alone,
            )
        return figures

    def creates(self) -> Figures:
        """Create a thousand records with one request; raw are their INSERTs alone, with one commit."""
        figures = Figures(f"create {ROWS:,} with one request (raw: their INSERTs alone)", times=4)
        turns = Turns(self._shelf.database, samples=3, warming=1)
        for turn in turns.all():
            operations = [{"op": "create", "values": values(self._shelf, number)} for number in range(ROWS)]
            body, ctx = {"operations": operations}, self._shelf.context(MEMBER)
            given = BulkSchema().load(body)
            turns.measure(
                figures,
                turn,
                lambda body=body: self._desks[MEMBER].send("POST", f"/records/{ITEM}/bulk", body),
                lambda given=given, ctx=ctx: bulk.bulk(self._shelf.installation, ctx, {}, ITEM, given),
                self._sql.inserts_alone,
            )
        return figures

    def comparisons(self, all_figures: Sequence[Figures]) -> Iterator[tuple[Figures, Figures, float]]:
        """Yield what is to be no slower than so many times what: a member than an administrator, deep pages than the first."""
        named = {one.operation: one for one in all_figures}
        for name, figures in named.items():
            admin = named.get(name.replace(MEMBER, ADMIN))
            if MEMBER in name and admin and "group" not in name:
                yield figures, admin, 1.3
            if "page" in name and ", page 1," not in name:
                first = next(
                    one for other, one in named.items() if ", page 1," in other and other.split(",")[-1] in name
                )
                yield figures, first, 1.1

    def plans(self) -> Iterator[str]:
        """Tell how the database finds the page of each list."""
        for title, statement in self._pages.items():
            yield f"\n{title}\n"
            yield from (f"    {line}" for line in plan(self._shelf.database, statement))

    def _list(self, one: Asked, turn: int) -> None:
        sent = {name.rstrip("_"): value for name, value in one.query.items() if value}
        sent |= {"filter": json.dumps(one.condition)} if one.condition else {}
        ctx = self._shelf.context(one.login)
        _, written = self._turns.measure(
            one.figures,
            turn,
            lambda: self._desks[one.login].send("GET", f"/records/{ITEM}", **sent),
            lambda: listing.page(self._shelf.installation, ctx, ITEM, one.query, one.condition),
            instead(one.raw),
        )
        for statement in written.all if written else ():
            if f"FROM {self._shelf.table.table.name}" in statement.text:
                self._pages[one.figures.operation] = statement


if __name__ == "__main__":
    sys.exit(main())
