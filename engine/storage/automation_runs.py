"""The run log of automations: added to, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select

from engine.storage.automation_tables import runs
from engine.storage.database import Transaction

Result = Literal["done", "failed", "refused"]
"""`failed`: it alone was undone and may be played again; `refused`: what triggered it was undone with it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `problems` are findings as plain JSON (code, params); `input` is what a replay of a failed one needs."""

    id: str
    automation: str
    trigger: str
    entity: str
    record_id: str | None
    result: Result
    actor: str
    at: datetime
    duration_ms: int
    problems: Sequence[Mapping[str, object]] = ()
    chain: Sequence[str] = ()
    input: Mapping[str, object] = field(default_factory=dict)
    request_id: str = ""
    replay_of: str | None = None


class Runs:
    """The log, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, added: Sequence[Run]) -> None:
        """Write runs down."""
        rows = [
            asdict(one) | {"problems": list(one.problems), "chain": list(one.chain), "input": dict(one.input)}
            for one in added
        ]
        if rows:
            self._tx.connection.execute(insert(runs), rows)

    def get(self, run_id: str, *, lock: bool = False) -> Run | None:
        """Return a run. With `lock`, nobody else may replay it until the transaction ends."""
        query = select(runs).where(runs.c.id == run_id)
        found = self._tx.connection.execute(query.with_for_update() if lock else query).first()
        return Run(**found._mapping) if found else None

    def replayed(self, run_id: str) -> Run | None:
        """Return the replay of a run that succeeded, None where there is none yet."""
        query = select(runs).where(runs.c.replay_of == run_id, runs.c.result == "done").limit(1)
        found = self._tx.connection.execute(query).first()
        return Run(**found._mapping) if found else None

    def recent(
        self,
        *,
        automation: str = "",
        module: str = "",
        result: str = "",
        record_id: str = "",
        before: str = "",
        limit: int = 50,
    ) -> tuple[Run, ...]:
        """Return runs, the newest first, narrowed by what is given; `before` is the id of the last one seen."""
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        query = query.where(runs.c.automation == automation) if automation else query
        query = query.where(runs.c.automation.startswith(f"{module}.", autoescape=True)) if module else query
        query = query.where(runs.c.result == result) if result else query
        query = query.where(runs.c.record_id == record_id) if record_id else query
        query = query.where(runs.c.id < before) if before else query
        return tuple(Run(**row._mapping) for row in self._tx.connection.execute(query))

    def replays_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Return, for those runs whose replay succeeded, the id of the replay."""
        query = select(runs.c.replay_of, runs.c.id).where(runs.c.replay_of.in_(ids), runs.c.result == "done")
        return {str(old): str(new) for old, new in self._tx.connection.execute(query)} if ids else {}
