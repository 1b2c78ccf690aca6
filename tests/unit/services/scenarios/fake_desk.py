"""A desk without a product behind it: one kind of record with an amount, which nobody may make larger than 100."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count

from engine.services.scenarios import Finding, Refused, Sight, Waiting

LIMIT = 100


class FakeDesk:
    """Keeps records in memory and remembers what was asked."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[tuple[str, ...], str | None, bool]] = {}
        self.heads: dict[str, str] = {}
        self.records: dict[str, Sight] = {}
        self.asked: list[tuple[object, ...]] = []
        self.failure = ""
        self._numbers = count(1)

    def employ(self, login: str, roles: Sequence[str], department: str | None, *, admin: bool) -> str:
        self.people[login] = (tuple(roles), department, admin)
        return f"person-{login}"

    def department(self, code: str) -> str:
        return f"department-{code}"

    def lead(self, department: str, person: str) -> None:
        self.heads[department] = person

    def create(self, who: str, entity: str, values: Mapping[str, object]) -> Sight:
        return self._keep(f"id-{next(self._numbers)}", "draft", values)

    def update(self, who: str, entity: str, record: str, values: Mapping[str, object]) -> Sight:
        held = self.records[record]
        return self._keep(record, held.status, {**held.values, **values})

    def delete(self, who: str, entity: str, record: str) -> None:
        del self.records[record]

    def move(self, who: str, verb: str, entity: str, record: str, comment: str) -> Sight:
        self.asked.append((who, verb, entity, record, comment))
        return self._keep(
            record, {"submit": "in_approval", "withdraw": "draft", "void": "void"}[verb], self.records[record].values
        )

    def decide(self, who: str, verb: str, entity: str, record: str, to: str, comment: str) -> None:
        self.asked.append((who, verb, entity, record, to, comment))

    def read(self, who: str, entity: str, record: str) -> Sight:
        return self.records[record]

    def waiting(self, who: str, entity: str, record: str) -> tuple[Waiting, ...]:
        return (Waiting("check", "person-ann"),)

    def wait_until(self, day: date) -> None:
        self.asked.append((day.isoformat(),))

    def measure(self, who: str, key: str, where: Mapping[str, object]) -> str | None:
        self.asked.append((who, key, dict(where)))
        return "7.00"

    def alerts(self, who: str, key: str, where: Mapping[str, object]) -> tuple[str, ...]:
        return ("dear",)

    def told(self, who: str) -> tuple[str, ...]:
        return ("nearly 100", "nearly 99")

    def count(self, who: str, entity: str, where: Sequence[object]) -> int:
        return len(self.records)

    def _keep(self, record: str, status: str, values: Mapping[str, object]) -> Sight:
        if self.failure:
            raise Refused(self.failure, [Finding(self.failure)])
        amount = values.get("amount", 0)
        if isinstance(amount, int) and amount > LIMIT:
            found = Finding("rule_violated", "/amount", f"{amount} is more than 100", "limit")
            raise Refused("invalid", [found, Finding("invalid", says="1 finding")])
        near = (Finding("rule_violated", "/amount", "nearly 100", "near", "warning"),) if amount == LIMIT else ()
        self.records[record] = Sight(record, status, dict(values), near)
        return self.records[record]
