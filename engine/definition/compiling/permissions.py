"""Grants: what a role may do."""

from typing import get_args

from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.workbench import Part, Workbench, choice, entries, object_of, parts, strings, text_of
from engine.definition.field_paths import resolve
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Access, Entity, Grant, ScopeKind
from engine.expressions import BOOLEAN
from engine.paths import join

_ONLY_DOCUMENTS = frozenset({"submit", "withdraw", "void"})
_NOT_ON_LEDGERS = frozenset({"create", "update", "delete", "import", "share"})
_ONLY_CLOSABLE = frozenset({"close_period", "reopen_period"})


def compile_grants(bench: Workbench, document: Document) -> tuple[Grant, ...]:
    """Return the grants of a module whose role and entity are known."""
    found = [_grant(bench, document, at, part) for at, part in parts(document.body.get("grants"), "/grants")]
    return tuple(grant for grant in found if grant is not None)


def _grant(bench: Workbench, document: Document, at: str, part: Part) -> Grant | None:
    role = bench.grantee(document, join(at, "role"), text_of(part, "role"))
    entity = bench.entity(document, join(at, "entity"), part.get("entity"))
    if role is None or entity is None:
        return None
    actions = frozenset(action for _, action in strings(part.get("actions")))
    wrong = actions & (_ONLY_DOCUMENTS if entity.kind != "document" else frozenset())
    wrong |= actions & (_NOT_ON_LEDGERS if entity.kind == "ledger" else frozenset())
    wrong |= actions & (_ONLY_CLOSABLE if entity.closing is None else frozenset())
    if wrong:
        bench.report(document, join(at, "actions"), "action_not_for_kind", actions=sorted(wrong), entity=entity.title)
    scope = part.get("scope", "all")
    where = bench.asked(
        document, join(at, "scope"), object_of(part, "scope"), "where", bench.scopes.plain(entity), BOOLEAN
    )
    return Grant(
        role=role,
        entity=entity.key,
        actions=actions - wrong,
        scope=choice(scope, get_args(ScopeKind), "where"),
        where=where,
        fields=_fields(bench, document, entity, part, join(at, "fields")),
        origin=f"{document.path}#{at}",
    )


def _fields(bench: Workbench, document: Document, entity: Entity, part: Part, at: str) -> dict[str, Access]:
    found: dict[str, Access] = {}
    for pointer, path, access in entries(part.get("fields"), at):
        target = resolve(bench.entities, entity, path)
        if target is None or target.hops:
            bench.unknown(document, pointer, "unknown_field", path, field_names(entity))
        else:
            found[path] = choice(access, get_args(Access), "hidden")
            if access == "mask" and target.field and not FIELD_TYPES[target.field.type].maskable:
                bench.report(document, pointer, "mask_not_possible", name=path)
    return found
