"""Tell how much memory and time an export of 500,000 rows takes.

Aim (docs/plan.md): under 300 MB for the whole process. The rows are put into SQLite directly; the export runs in a process
of its own, so that its peak is its own.
Run: python bench/how_much_memory_takes_an_export.py [rows]
"""

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from _goods import ENTITY, store, work_off

from engine.app import JOB_KINDS, create_installation
from engine.services import accounts, jobs
from engine.services.context import Context
from engine.services.exports import asking
from engine.settings import Settings
from engine.storage.accounts import Accounts
from engine.storage.record_batches import insert_records

ROWS = 500_000


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), count)
        for kind in ("csv", "xlsx"):
            subprocess.run([sys.executable, __file__, "export", folder, kind], check=True)


def fill(folder: Path, count: int) -> None:
    with store(f"sqlite:///{folder / 'goods.sqlite'}", folder / "files") as (installation, ctx):
        for start in range(0, count, 10_000):
            with installation.database.writing() as tx:
                tables = installation.configurations.in_force(tx, writing=True).tables
                rows = [_values(number) for number in range(start, min(start + 10_000, count))]
                insert_records(tx, tables, ENTITY, rows, actor=ctx.actor.id, now=ctx.now, status="")
    print(f"{count} records of twelve fields are there")


def export(folder: Path, kind: str) -> None:
    installation = create_installation(
        Settings(database_url=f"sqlite:///{folder / 'goods.sqlite'}", files_dir=folder / "files")
    )
    with installation.database.reading() as tx:
        admin = Accounts(tx).admins()[0]
    actor = accounts.load_actor(installation, admin)
    if actor is None:
        raise LookupError(admin)
    before = _peak()
    ctx = Context(actor, datetime.now(UTC), "bench")
    given = {
        "view": "",
        "filter": None,
        "sort": "code",
        "q": "",
        "fields_": "",
        "ids": [],
        "format": kind,
        "rows": "none",
    }
    began = time.perf_counter()
    job = asking.ask(installation, ctx, JOB_KINDS, ENTITY, given, "")
    if not isinstance(job, dict):
        raise TypeError(job)
    work_off(installation)
    took = time.perf_counter() - began
    done = jobs.one(installation, ctx, JOB_KINDS, job["id"])
    size = done["result"].get("size", 0) / 2**20
    print(
        f"  {kind:5} {done['done']} rows in {took:.0f} s, {size:.0f} MB; peak {_peak():.0f} MB ({before:.0f} MB before)"
    )
    if done["error"]:
        print(done["error"])


def _values(number: int) -> dict[str, object]:
    price = Decimal(number % 9000) / 100
    values: dict[str, object] = {"code": f"C{number}", "name": f"物品 {number}", "price": price, "count": number % 50}
    values |= {"total": price * (number % 50), "kind": ("part", "tool")[number % 2], "active": number % 3 > 0}
    values |= {
        "made_on": datetime(2026, 1, 1 + number % 28, tzinfo=UTC).date(),
        "weight": Decimal(number % 4000) / 1000,
    }
    return values | {"share": Decimal(number % 100) / 100, "note": f"note {number}"}


def _peak() -> float:
    """Return the most memory that this process has held, in MB; what its parent held does not count (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["export"]:
        export(Path(sys.argv[2]), sys.argv[3])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
