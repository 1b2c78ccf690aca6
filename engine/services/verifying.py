"""Whether what is kept of other records is still true: every roll-up, what it feeds, and every tree, against working it out anew."""

from collections.abc import Iterator

from engine.services.configurations import Published
from engine.services.installation import Installation
from engine.storage.database import Transaction
from engine.storage.derivations import carry_out, derivations
from engine.storage.rollup_filling import drifts, formula_drifts
from engine.storage.trees import lost_nodes

MOST_TOLD = 1000


def verify(installation: Installation) -> tuple[str, ...]:
    """Return a line for everything that is not what it should be; at most MOST_TOLD."""
    with installation.database.reading() as tx:
        published = installation.configurations.in_force(tx, writing=False)
        return tuple(line for line, _ in zip(_findings(tx, published), range(MOST_TOLD), strict=False))


def repair(installation: Installation) -> tuple[str, ...]:
    """Work everything out anew and return what was not as it should be, as `verify` tells it."""
    with installation.database.writing() as tx:
        published = installation.configurations.in_force(tx, writing=True)
        found = tuple(line for line, _ in zip(_findings(tx, published), range(MOST_TOLD), strict=False))
        for one in derivations(published.tables):
            carry_out(tx, published.tables, one.name)
        return found


def _findings(tx: Transaction, published: Published) -> Iterator[str]:
    tables = published.tables
    for one in derivations(tables):
        if one.kind == "fill_tree":
            for key in lost_nodes(tx, one.place, one.field):
                yield f"{one.place.entity.key} {key} {one.field.name}: ancestors"
    for drift in (*drifts(tx, tables), *formula_drifts(tx, tables)):
        yield f"{drift.entity} {drift.record_id} {drift.field}: {drift.kept} -> {drift.right}"
