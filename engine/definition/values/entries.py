"""What a document would write to ledgers with its present values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from engine.definition.model import Entity, Posting
from engine.definition.rows import Place, places, row_environment
from engine.definition.splits import Split
from engine.definition.values.accept import Values, from_expression
from engine.expressions import Compiled, Environment, evaluate
from engine.expressions.functions.shares import shares


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `posting` is the id of the posting, `to` the ledger, `line` the id of the row it comes from, or empty.

    A row that has no id yet is named by its place: "#1", in a row of it "#1.2".
    """

    posting: str
    to: str
    line: str
    values: Mapping[str, object]


class _WhenAsked(Mapping[str, object]):
    """The values of one entry, each computed when it is first asked for: a figure reads few of them."""

    def __init__(
        self, posting: Posting, env: Environment, shared: Mapping[str, Callable[[], object]] | None = None
    ) -> None:
        self._posting = posting
        self._env = env
        self._shared = shared or {}
        self._known: Values = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            shared = self._shared.get(name)
            value = shared() if shared else evaluate(self._posting.values[name], self._env)
            self._known[name] = from_expression(self._posting.fields[name], value)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._posting.values)

    def __len__(self) -> int:
        return len(self._posting.values)


def entries(entity: Entity, values: Mapping[str, object], env: Environment) -> list[Entry]:
    """Return the entries of a document in the order of its postings and rows.

    Raises ExpressionError where a value cannot be computed.
    """
    return [replace(entry, values=dict(entry.values)) for entry in _written(entity, values, env, entity.postings)]


def entries_to(entity: Entity, ledger: str, values: Mapping[str, object], env: Environment) -> list[Entry]:
    """Return the entries of a document to one ledger, with values that are computed when they are asked for.

    Asking for one raises ExpressionError where it cannot be computed.
    """
    return _written(entity, values, env, [posting for posting in entity.postings if posting.to == ledger])


def _written(
    entity: Entity, values: Mapping[str, object], env: Environment, postings: Sequence[Posting]
) -> list[Entry]:
    if not postings:
        return []
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None, row_number=None)
    return [entry for posting in postings for entry in (_shared if posting.split else _each)(posting, values, here)]


def _each(posting: Posting, values: Mapping[str, object], here: Environment) -> Iterator[Entry]:
    for place, scope in _qualified(posting, posting.each, values, here):
        yield Entry(posting.id, posting.to, _line(place), _WhenAsked(posting, scope))


def _qualified(
    posting: Posting, table: str, values: Mapping[str, object], here: Environment
) -> Iterator[tuple[Place, Environment]]:
    for place in places(values, table):
        scope = row_environment(here, place, current=True)
        if posting.when is None or evaluate(posting.when, scope) is True:
            yield place, scope


def _shared(posting: Posting, values: Mapping[str, object], here: Environment) -> Iterator[Entry]:
    """Yield an entry for each row that takes part: those of one amount's rows for which `when` holds."""
    split = posting.split
    if split is None:
        return
    wholes = {place.indices: place for place in places(values, posting.each)}
    groups: dict[tuple[int, ...], list[tuple[Place, Environment]]] = {}
    for place, scope in _qualified(posting, split.over, values, here):
        depth = posting.each.count(".") + 1 if posting.each else 0
        groups.setdefault(place.indices[:depth], []).append((place, scope))
    for indices, rows in groups.items():
        whole = row_environment(here, wholes[indices], current=True)
        parts = _Parts(posting.values[split.field], split, whole, [scope for _, scope in rows])
        for position, (place, scope) in enumerate(rows):
            told = {split.field: _part(parts, position)}
            yield Entry(posting.id, posting.to, _line(place), _WhenAsked(posting, scope, told))


@dataclass(slots=True)
class _Parts:
    """The shares of one amount, computed when the first of them is asked for."""

    amount: Compiled
    split: Split
    whole: Environment
    rows: Sequence[Environment]
    known: list[object] = field(default_factory=list)

    def at(self, position: int) -> object:
        if not self.known:
            amount = _number(evaluate(self.amount, self.whole))
            weights = [_number(evaluate(self.split.weight, row)) for row in self.rows]
            told = shares(amount, weights, Decimal(self.split.scale)) if amount is not None else None
            self.known = [*told] if told else [None] * len(self.rows)
        return self.known[position]


def _part(parts: _Parts, position: int) -> Callable[[], object]:
    return lambda: parts.at(position)


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _line(place: Place) -> str:
    if not place.rows:
        return ""
    key = place.rows[-1].get("id")
    return key if isinstance(key, str) and key else "#" + ".".join(str(index + 1) for index in place.indices)
