"""Whether what is kept of records is still true, against working it out anew: roll-ups with what they feed, trees, totals, the index."""

from collections.abc import Iterator

from engine.services.configurations import Published
from engine.services.installation import Installation
from engine.storage import search_index, totals
from engine.storage.database import Transaction
from engine.storage.derivations import Derivation, carry_out, derivations
from engine.storage.head import take_for_publishing
from engine.storage.rollup_filling import drifts, formula_drifts
from engine.storage.trees import lost_nodes

MOST_TOLD = 1000
ROLLUPS, MEASURES, SEARCH = "rollups", "measures", "search"


def verify(installation: Installation, what: str = ROLLUPS) -> tuple[str, ...]:
    """Return a line for everything that is not what it should be; at most MOST_TOLD. `what` is ROLLUPS (and trees), MEASURES or SEARCH."""
    with installation.database.reading() as tx:
        published = installation.configurations.in_force(tx, writing=False)
        return tuple(line for line, _ in zip(_findings(tx, published, what), range(MOST_TOLD), strict=False))


def repair(installation: Installation, what: str = ROLLUPS) -> tuple[str, ...]:
    """Work everything out anew and return what was not as it should be, as `verify` tells it.

    Nobody writes meanwhile, as while something is published.
    """
    with installation.database.writing() as tx:
        take_for_publishing(tx)
        published = installation.configurations.in_force(tx, writing=False)
        found = tuple(line for line, _ in zip(_findings(tx, published, what), range(MOST_TOLD), strict=False))
        for one in derivations(published.tables):
            if _part_of(one) == what:
                carry_out(tx, published.tables, one.name)
        return found


def _findings(tx: Transaction, published: Published, what: str) -> Iterator[str]:
    return {ROLLUPS: _of_rollups, MEASURES: _of_measures, SEARCH: _of_search}[what](tx, published)


def _part_of(one: Derivation) -> str:
    return SEARCH if one.layout else MEASURES if one.totals else ROLLUPS


def _of_search(tx: Transaction, published: Published) -> Iterator[str]:
    tables = published.tables
    for place in tables.all:
        for key in search_index.drifts(tx, place, tables.layouts[place.entity.key]):
            yield f"{place.entity.key} {key}: search"


def _of_measures(tx: Transaction, published: Published) -> Iterator[str]:
    for one in totals.all_totals(published.tables):
        for at, kept, right in totals.drifts(tx, published.tables, one):
            place = ", ".join(f"{name}={value}" for name, value in zip(one.names, at, strict=True))
            yield f"{one.measure.key} {place}: {tuple(kept)} -> {tuple(right)}"


def _of_rollups(tx: Transaction, published: Published) -> Iterator[str]:
    tables = published.tables
    for one in derivations(tables):
        if one.kind == "fill_tree" and one.field:
            for key in lost_nodes(tx, one.place, one.field):
                yield f"{one.place.entity.key} {key} {one.field.name}: ancestors"
    for drift in (*drifts(tx, tables), *formula_drifts(tx, tables)):
        yield f"{drift.entity} {drift.record_id} {drift.field}: {drift.kept} -> {drift.right}"
