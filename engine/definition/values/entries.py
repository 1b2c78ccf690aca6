"""What a document would write to ledgers with its present values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition.model import Entity, Posting
from engine.definition.rows import Place, places, row_environment
from engine.definition.values.accept import Values, from_expression
from engine.expressions import Environment, evaluate


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

    def __init__(self, posting: Posting, env: Environment) -> None:
        self._posting = posting
        self._env = env
        self._known: Values = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            value = evaluate(self._posting.values[name], self._env)
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
    return [
        Entry(posting.id, posting.to, _line(place), _WhenAsked(posting, scope))
        for posting in postings
        for place in places(values, posting.each)
        for scope in [row_environment(here, place, current=True)]
        if posting.when is None or evaluate(posting.when, scope) is True
    ]


def _line(place: Place) -> str:
    if not place.rows:
        return ""
    key = place.rows[-1].get("id")
    return key if isinstance(key, str) and key else "#" + ".".join(str(index + 1) for index in place.indices)
