"""What a document would write to ledgers with its present values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.definition.model import Entity, Posting
from engine.definition.values.accept import Values, from_expression
from engine.definition.values.rules import places
from engine.expressions import Environment, evaluate


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `posting` is the id of the posting, `to` the ledger, `line` the id of the row it comes from, or empty.

    A row that has no id yet is named by its place: "#1".
    """

    posting: str
    to: str
    line: str
    values: Mapping[str, object]


def entries(entity: Entity, values: Mapping[str, object], env: Environment, *, to: str = "") -> list[Entry]:
    """Return the entries of a document, to all ledgers or one, in the order of its postings and rows.

    Raises ExpressionError where a value cannot be computed.
    """
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None, row_number=None)
    return [
        Entry(posting.id, posting.to, _line(scope, index), _values(posting, scope))
        for posting in entity.postings
        if not to or posting.to == to
        for index, scope in places(posting.each, here)
        if posting.when is None or evaluate(posting.when, scope) is True
    ]


def _line(env: Environment, index: int | None) -> str:
    if index is None or env.row is None:
        return ""
    key = env.row.get("id")
    return key if isinstance(key, str) and key else f"#{index + 1}"


def _values(posting: Posting, env: Environment) -> Values:
    return {name: from_expression(posting.fields[name], evaluate(value, env)) for name, value in posting.values.items()}
