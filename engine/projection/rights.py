"""Who may do what: the one place where grants are read.

A person's rights are the union of the grants of all roles held, and each grant holds on the records of its own scope: an action is
allowed on a record when a grant that reaches it allows it, and a field is as open as the most open of the grants that reach the record
leaves it. Nobody finds, sorts or sums up by a field that is not open on every record that may be listed. An administrator may do
everything.

What was shared with the person counts as further grants, each of some records by name. It takes no field from what the roles let be
asked by: a list that is asked by a field has those shared records that open it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from engine.definition.model import Access, Entity, Grant

ADMIN = "admin"
_ORDER: Mapping[str, int] = {"hidden": 0, "mask": 1, "read": 2, "write": 3}
_OPENS = frozenset({"read", "update"})
_ABOUT_FIELDS = _OPENS | {"create"}
_T = TypeVar("_T")

Levels = Mapping[str, Access]
"""Access by path; a field that is not named may be written."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of one person.

    `roles` are held everywhere, `project_roles` in the team of at least one record: what they grant, they grant there. `sharing`
    answers the grants that shares make on an entity, and is asked only where that matters.
    """

    grants: tuple[Grant, ...]
    roles: frozenset[str]
    is_admin: bool = False
    project_roles: frozenset[str] = frozenset()
    sharing: Callable[[str], tuple[Grant, ...]] | None = field(default=None, compare=False)
    _kept: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def with_sharing(self, sharing: Callable[[str], tuple[Grant, ...]]) -> "Rights":
        """Return the same rights with what was shared, which is asked for only where it matters."""
        return replace(self, sharing=sharing, _kept={})

    @property
    def by_role(self) -> "Rights":
        """Return the rights that roles alone give."""
        return (
            self if self.sharing is None else self._once("by_role", "", lambda: replace(self, sharing=None, _kept={}))
        )

    def granted(self, action: str, entity: str) -> tuple[Grant, ...]:
        """Return the grants that allow an action on some records of an entity."""
        wanted = "read" if action == "comment" and self.comments_by_reading(entity) else action
        by_role = tuple(grant for grant in self.held(entity) if wanted in grant.actions)
        return by_role + tuple(grant for grant in self.shared(entity) if action in grant.actions)

    def comments_by_reading(self, entity: str) -> bool:
        """Say whether everybody who reads a record may comment on it: so it is until a grant on the entity speaks of commenting."""
        return self._once(
            "comments_by_reading",
            entity,
            lambda: not any("comment" in grant.actions for grant in self.grants if grant.entity == entity),
        )

    def held(self, entity: str) -> tuple[Grant, ...]:
        """Return all grants that the person's roles give on an entity."""
        return self._once(
            "held",
            entity,
            lambda: tuple(
                grant
                for grant in self.grants
                if grant.entity == entity and (grant.role in self.roles or grant.role in self.project_roles)
            ),
        )

    def shared(self, entity: str) -> tuple[Grant, ...]:
        """Return the grants that shares make on an entity."""
        sharing = self.sharing
        return self._once("shared", entity, lambda: sharing(entity)) if sharing is not None else ()

    def is_everywhere(self, grant: Grant) -> bool:
        """Say whether a grant reaches every record: a project role counts only in its teams."""
        return grant.scope == "all" and grant.role in self.roles

    def reads_everything(self, entity: str) -> bool:
        """Say whether every record of an entity may be read."""
        return self.is_admin or any(self.is_everywhere(grant) for grant in self.granted("read", entity))

    def may(self, action: str, entity: str) -> bool:
        """Say whether an action is allowed on any record at all."""
        return self.is_admin or bool(self.granted(action, entity))

    def why_not(self, action: str, entity: str) -> str:
        """Return the code of the rule that refuses an action: no role grants it, or it is granted on other records only."""
        return "no_grant" if not self.may(action, entity) else "outside_scope"

    def field_access(self, entity: Entity) -> Levels:
        """Return hidden, masked and read-only fields by path, as open as they are on some record.

        It says what there is to show; what one record shows is asked by `access_by`, what may be asked for by `query_access`.
        """
        return self._once("field_access", entity.key, lambda: self._most_open(entity.key))

    def opening(self, entity: str) -> tuple[Grant, ...]:
        """Return the grants that open fields of records there are: those that read or change them."""
        return self._opening_by_role(entity) + self.shared(entity)

    def access_by(self, entity: str, grants: Iterable[Grant]) -> Levels:
        """Return what is not freely writable where exactly these grants reach."""
        return {} if self.is_admin else _levels(self._named(entity), tuple(grants), "update")

    def new_access(self, entity: Entity) -> Levels:
        """Return what is not freely writable of a record that does not exist yet: the grants that create decide."""
        creating = self.granted("create", entity.key)
        return {} if self.is_admin else _levels(self._named(entity.key), creating, "create")

    def query_access(self, entity: Entity) -> Levels:
        """Return what is hidden or masked on some record that the person's roles let be listed: nobody asks by it.

        Where no role lets any be read, the records count that were shared.
        """
        return self._once("query_access", entity.key, lambda: self._strictest(entity.key))

    def narrowest_access(self, entity: str) -> Levels:
        """Return what is not freely writable on every record that a role's grant reaches; of a record none reaches, all that is known."""
        return _narrowest_of(self._variants(entity))

    def varies(self, entity: str) -> bool:
        """Say whether fields are open on some records and not on others."""
        return self._once("varies", entity, lambda: self._find_varies(entity))

    def partly(self, entity: Entity) -> frozenset[str]:
        """Return the paths that are seen on some records and not, or not in full, on others."""
        return self._once("partly", entity.key, lambda: self._find_partly(entity))

    def _find_partly(self, entity: Entity) -> frozenset[str]:
        strict, most = self.query_access(entity), self.field_access(entity)
        return frozenset(path for path, access in strict.items() if _seen(most.get(path, "read")) != access)

    def differing(self, entity: Entity) -> frozenset[str]:
        """Return the paths that are seen otherwise on some record than where they are seen best, shared records among them."""
        most = self.field_access(entity)
        return self.partly(entity) | frozenset(
            path
            for access in self._shared_variants(entity.key)
            for path, found in access.items()
            if _seen(found) != _seen(most.get(path, "read"))
        )

    def _find_varies(self, entity: str) -> bool:
        first, *others = self._variants(entity)
        return any(one != first for one in (*others, *self._shared_variants(entity)))

    def _shared_variants(self, entity: str) -> tuple[Levels, ...]:
        return tuple(self.access_by(entity, (grant,)) for grant in self.shared(entity))

    def _opening_by_role(self, entity: str) -> tuple[Grant, ...]:
        held = self.held(entity)
        return tuple(grant for grant in held if _OPENS & grant.actions) or tuple(
            grant for grant in held if "create" in grant.actions
        )

    def _most_open(self, entity: str) -> Levels:
        grants = tuple(grant for grant in (*self.held(entity), *self.shared(entity)) if _ABOUT_FIELDS & grant.actions)
        return {} if self.is_admin else _levels(self._named(entity), grants, "update", "create")

    def _strictest(self, entity: str) -> Levels:
        by_role = any("read" in grant.actions for grant in self.held(entity))
        shared = () if by_role else self._shared_variants(entity)
        access = _narrowest_of(shared) if shared else self.narrowest_access(entity)
        return {path: found for path, found in access.items() if found in ("hidden", "mask")}

    def _variants(self, entity: str) -> tuple[Levels, ...]:
        """Return what each record that roles reach can look like: where only the grants without bounds reach, and where one more does."""
        return self._once("variants", entity, lambda: self._find_variants(entity))

    def _find_variants(self, entity: str) -> tuple[Levels, ...]:
        opening = self._opening_by_role(entity)
        always = tuple(grant for grant in opening if self.is_everywhere(grant))
        sets = [(*always, grant) for grant in opening if not self.is_everywhere(grant)]
        sets += [always] if always or not sets else []
        return tuple(self.access_by(entity, one) for one in sets)

    def _named(self, entity: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(path for grant in (*self.held(entity), *self.shared(entity)) for path in grant.fields)
        )

    def _once(self, what: str, entity: str, find: Callable[[], _T]) -> _T:
        if (what, entity) not in self._kept:
            self._kept[what, entity] = find()
        return cast("_T", self._kept[what, entity])


def level(grant: Grant, path: str) -> Access:
    """Return how far one grant opens a field: rows that are narrowed narrow their columns."""
    names = path.split(".")
    return narrowest(*(grant.fields.get(".".join(names[:end]), "write") for end in range(1, len(names) + 1)))


def _narrowest_of(variants: Sequence[Levels]) -> Levels:
    merged = {path: narrowest(*(one.get(path, "write") for one in variants)) for one in variants for path in one}
    return {path: access for path, access in merged.items() if access != "write"}


def _levels(paths: Iterable[str], grants: tuple[Grant, ...], *writing: str) -> Levels:
    """Return the access that some grants give together: what lets be read says what is seen, what lets be changed what is written."""
    if not grants:
        return {}
    reading = [grant for grant in grants if "read" in grant.actions] or grants
    changing = [grant for grant in grants if any(action in grant.actions for action in writing)]
    found: dict[str, Access] = {}
    for path in paths:
        opened = max((level(grant, path) for grant in reading), key=_ORDER.__getitem__)
        writes = any(level(grant, path) == "write" for grant in changing)
        seen = _seen(opened)
        if not (seen == "read" and writes):
            found[path] = seen
    return found


def _seen(access: Access) -> Access:
    return narrowest(access, "read")


def narrowest(*accesses: Access) -> Access:
    """Return the least open of several answers about one field."""
    return min(accesses, key=_ORDER.__getitem__)
