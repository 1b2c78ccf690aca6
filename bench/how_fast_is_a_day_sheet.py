"""Tell how long it takes to create, list, read and approve day sheets, and how much of that is SQL.

One worker in one process, on SQLite and on PostgreSQL with 100,000 sheets in the database. Each operation is measured as a whole
request to the public API, as the use case alone, and as the statements of such a request sent by the driver with nothing
around them. The three take turns, so that what disturbs the machine disturbs all of them alike.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from _company import OWN_PROJECTS, PROJECTS, SHEET, Company, Desk, desks, found
from _databases import Place, places
from _figures import Figures, table
from _past import DAYS, fill
from _statements import Statement, Written, about, plan, uses_index
from _turns import Call, Turns

from engine.services import approvals, lifecycle, listing, reading, writing

SHEET_TABLE = "r_day_labour__day_sheet"


def main() -> int:
    """Print the figures of each database, and how it finds the page of a list."""
    with tempfile.TemporaryDirectory(prefix="formwork-bench-files-") as files, places() as all_places:
        for place in all_places:
            print(f"\n## {place.name}\n\n{place.conditions}")
            for line in _answer(place, Path(files)):
                print(line, flush=True)
    return 0


def _answer(place: Place, files: Path) -> Iterator[str]:
    company = found(place.url, files)
    start = perf_counter()
    written = fill(company)
    told = ", ".join(f"{rows:,} {name}" for name, rows in written.items())
    yield f"written in {perf_counter() - start:.0f} s: {told}\n"
    bench = Bench(company)
    yield from table(place.name, [*bench.documents(), *bench.lists(), bench.one()])
    yield ""
    yield from bench.plans()
    company.database.close()


class Bench:
    """The operations on one database."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._desks: dict[str, Desk] = desks(company)
        self._turns = Turns(company.database)
        self._approved: list[str] = []
        self._pages: dict[str, Statement] = {}

    def documents(self) -> list[Figures]:
        """Create sheets, hand them in and approve them: each sheet is a sample of every step of its life."""
        create = Figures("create a sheet of 5 lines", most=25)
        submit = Figures("hand it in")
        onward = Figures("approve: on to the next people", most=10)
        last = Figures("approve: the last one, into 3 ledgers", most=10)
        for turn in self._turns.all():
            sheet = self._create(create, turn)
            self._submit(submit, turn, sheet)
            for login in ("foreman", "engineer"):
                self._agree(onward, turn, sheet["id"], login)
            self._agree(last, turn, sheet["id"], "cost")
            self._approved.append(sheet["id"])
        return [create, submit, onward, last]

    def lists(self) -> Iterator[Figures]:
        """List 50 of the sheets: one project, some reasons, half of the time; the newest first, and the dearest first."""
        since = self._company.today - timedelta(days=DAYS // 2)
        for title, sort in (("newest first", "-work_date"), ("dearest first, no index for it", "-total_amount")):
            figures = Figures(f"list 50 of 100,000, {title}", most=6, times=3, plus=0.005)
            for turn in self._turns.all():
                where = _all_of(
                    ("project", "eq", self._company.projects[turn % 3]),
                    ("reason", "in", ["sundry", "rework"]),
                    ("work_date", "ge", since.isoformat()),
                )
                self._list(figures, turn, where, sort)
            yield figures

    def one(self) -> Figures:
        """Read sheets that were approved, as the clerk who wrote them."""
        figures = Figures("read one", most=8)
        for turn in self._turns.all():
            sheet = self._approved[turn % len(self._approved)]
            ctx = self._company.context("clerk")
            self._measure(
                figures,
                turn,
                lambda sheet=sheet: self._desks["clerk"].send("GET", f"/records/{SHEET}/{sheet}"),
                lambda sheet=sheet, ctx=ctx: reading.one(self._company.installation, ctx, SHEET, sheet),
            )
        return figures

    def plans(self) -> Iterator[str]:
        """Tell how the database finds the page of each list."""
        for title, statement in self._pages.items():
            lines = plan(self._company.database, statement)
            yield f"{title}: the sheets are found {'by an index' if uses_index(lines, SHEET_TABLE) else 'WITHOUT INDEX'}"
            yield from (f"    {line.strip()}" for line in about(lines, SHEET_TABLE))

    def _create(self, figures: Figures, turn: int) -> Any:
        values, ctx = self._values(turn), self._company.context("clerk")
        return self._measure(
            figures,
            turn,
            lambda: self._desks["clerk"].send("POST", f"/records/{SHEET}", {"values": values}),
            lambda: writing.create(self._company.installation, ctx, SHEET, values),
        )

    def _submit(self, figures: Figures, turn: int, sheet: Any) -> None:
        key, version, ctx = sheet["id"], sheet["version"], self._company.context("clerk")
        self._measure(
            figures,
            turn,
            lambda: self._desks["clerk"].send("POST", f"/records/{SHEET}/{key}/submit", version=version),
            lambda: lifecycle.submit(self._company.installation, ctx, SHEET, key, version),
        )

    def _agree(self, figures: Figures, turn: int, sheet: str, login: str) -> None:
        desk, ctx = self._desks[login], self._company.context(login)
        seat = desk.send("GET", f"/records/{SHEET}/{sheet}/approval")["my_seat"]
        self._measure(
            figures,
            turn,
            lambda: desk.send("POST", f"/tasks/{seat['id']}/agree", {"comment": ""}, version=seat["rev"]),
            lambda: approvals.agree(self._company.installation, ctx, seat["id"], seat["rev"], ""),
        )

    def _list(self, figures: Figures, turn: int, where: object, sort: str) -> None:
        ctx = self._company.context("clerk")
        asked = {"view": "day_sheets", "sort": sort, "limit": 50}
        given = asked | {"fields_": "", "cursor": "", "expand": "", "q": ""}
        self._measure(
            figures,
            turn,
            lambda: self._desks["clerk"].send("GET", f"/records/{SHEET}", filter=json.dumps(where), **asked),
            lambda: listing.page(self._company.installation, ctx, SHEET, given, where),
        )

    def _measure(self, figures: Figures, turn: int, request: Call, service: Call) -> Any:
        answer, written = self._turns.measure(figures, turn, request, service)
        if written is not None:
            self._remember_page(figures.operation, written)
        return answer

    def _remember_page(self, operation: str, written: Written) -> None:
        if operation.startswith("list"):
            for one in written.all:
                if f"FROM {SHEET_TABLE}" in one.text:
                    self._pages[operation] = one

    def _values(self, number: int) -> dict[str, object]:
        company = self._company
        project = number % 3
        # Nobody points at a worker whom they may not see.
        seen = [one for place, one in enumerate(company.workers) if place % PROJECTS < OWN_PROJECTS]
        workers = (seen[(5 * number + line) % len(seen)] for line in range(5))
        values: dict[str, object] = {"project": company.projects[project], "team": company.teams[project]}
        values |= {"work_date": company.today.isoformat(), "location": "地下室", "cost_code": company.codes[number % 5]}
        return values | {"lines": [{"worker": worker, "shift": "day", "reg_hours": "8"} for worker in workers]}


def _all_of(*leaves: tuple[str, str, object]) -> dict[str, object]:
    return {"and": [{"field": field, "op": operator, "value": value} for field, operator, value in leaves]}


if __name__ == "__main__":
    sys.exit(main())
