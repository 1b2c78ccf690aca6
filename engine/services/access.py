"""What is open of which record: the fields, by the grants that reach it."""

from collections.abc import Mapping, Sequence

from engine.definition.model import Entity, Grant
from engine.projection.rights import Levels
from engine.projection.shares import Shared
from engine.services.evaluation import asking
from engine.services.work import Work
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query
from engine.storage.records import Record


def access_on(work: Work, entity: Entity, record: Record) -> Levels:
    """Return what is not freely writable of one record, by path.

    Of a record that no grant reaches (an approval shows it), fields are as open as on every record that one does reach.
    """
    rights = work.rights
    if not rights.varies(entity.key):
        return rights.narrowest_access(entity.key)
    reaching = [grant for grant in rights.opening(entity.key) if reaches(work, entity, record, grant)]
    return rights.access_by(entity.key, reaching) if reaching else rights.narrowest_access(entity.key)


def reaches(work: Work, entity: Entity, record: Record, grant: Grant) -> bool:
    """Say whether a record is in the scope of a grant that the actor has."""
    if isinstance(grant, Shared):
        return record.id in grant.records
    scope = work.scope_of(grant)
    if scope.kind in {"all", "own"}:
        return scope.kind == "all" or record.owner in scope.values
    key = ("reaches", entity.key, record.id, str(record.version), str(id(grant)))
    if key not in work.memo:
        query = Query(scopes=(scope,), environment=asking(work))
        work.memo[key] = Queries(work.tx, work.tables).sees(entity.key, record.id, query)
    return bool(work.memo[key])


def access_on_many(work: Work, entity: Entity, ids: Sequence[str]) -> Mapping[str, Levels]:
    """Return what is not freely writable of some records, by id: one statement for each grant of a role that has bounds."""
    rights = work.rights
    narrow = rights.narrowest_access(entity.key)
    if not rights.varies(entity.key):
        return dict.fromkeys(ids, narrow)
    reaching: dict[str, list[Grant]] = {one: [] for one in ids}
    for grant in rights.opening(entity.key):
        if isinstance(grant, Shared):
            reached: Sequence[str] = [one for one in ids if one in grant.records]
        else:
            reached = ids if rights.is_everywhere(grant) else _within(work, entity, ids, grant)
        for one in reached:
            reaching[one].append(grant)
    return {one: rights.access_by(entity.key, grants) if grants else narrow for one, grants in reaching.items()}


def _within(work: Work, entity: Entity, ids: Sequence[str], grant: Grant) -> Sequence[str]:
    query = Query(
        where=Leaf("id", "in", tuple(ids)), scopes=(work.scope_of(grant),), limit=len(ids), environment=asking(work)
    )
    return Queries(work.tx, work.tables).ids(entity.key, query) if ids else ()
