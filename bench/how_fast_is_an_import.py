"""Tell how fast 50,000 rows come in: checked, all at once, without 500 bad ones, with references, and by key.

Aims (docs/plan.md): under 60 seconds without references, under 120 for 50,000 changes by key, on PostgreSQL.
Run: python bench/how_fast_is_an_import.py [rows]
"""

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from _databases import places
from _goods import ENTITY, PLACE, PLACES, TITLES, row, store, work_off, workbook

from engine.app import JOB_KINDS
from engine.services import jobs
from engine.services.context import Context
from engine.services.imports import starting, uploads
from engine.services.installation import Installation

ROWS = 50_000
EACH_BAD = 100


def main(count: int) -> None:
    plain = workbook(row(number, bad=False, place=False) for number in range(count))
    bad = workbook(row(count + n, bad=n % EACH_BAD == 7, place=False) for n in range(count))
    pointing = workbook(row(2 * count + n, bad=False, place=True) for n in range(count))
    changed = workbook(([f"C{n}", f"物品 {n} new", (n % 70) + 0.25] for n in range(count)), TITLES[:3])
    print(f"{count} rows, twelve columns, a formula, a rule, a unique code; {len(plain) / 2**20:.1f} MB")
    for place in places_of():
        with tempfile.TemporaryDirectory() as folder, store(place.url, Path(folder)) as (installation, ctx):
            print(f"\n{place.name} ({place.conditions})")
            points = workbook(([f"P{n}"] for n in range(PLACES)), ("名称",))
            measure(installation, ctx, "places", PLACE, points, commits=True)
            measure(installation, ctx, "check", ENTITY, plain, commits=False)
            measure(installation, ctx, "all or nothing", ENTITY, plain, commits=True)
            measure(installation, ctx, "1 % bad, good rows only", ENTITY, bad, commits=True, all_or_nothing=False)
            measure(installation, ctx, "with a reference", ENTITY, pointing, commits=True, all_or_nothing=False)
            how: dict[str, Any] = {"mode": "upsert", "key": ["code"], "all_or_nothing": False}
            measure(installation, ctx, "changes by key", ENTITY, changed, commits=True, **how)


def places_of() -> Any:
    with places() as found:
        yield from found


def measure(
    installation: Installation, ctx: Context, what: str, entity: str, content: bytes, *, commits: bool, **how: object
) -> None:
    began, worked = time.perf_counter(), time.process_time()
    offer = uploads.keep(installation, ctx, entity, "a.xlsx", iter([content]))
    looked = time.perf_counter() - began
    job = starting.start(installation, ctx, JOB_KINDS, entity, _choices(offer, how), commits=commits)
    work_off(installation)
    took, used = time.perf_counter() - began, time.process_time() - worked
    done = jobs.one(installation, ctx, JOB_KINDS, job["id"])
    told = {name: value for name, value in done["result"].items() if value} or done["error"]
    print(
        f"  {what:26} {took:6.1f} s (look {looked:.1f} s, processor {used:.1f} s)  {done['done'] / took:8.0f} rows/s  {told}"
    )


def _choices(offer: Mapping[str, Any], how: Mapping[str, object]) -> dict[str, Any]:
    sheet = {name: offer["sheets"][0][name] for name in ("sheet", "header", "table", "columns")}
    return {"file": offer["file"], "sheets": [sheet], **how}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
