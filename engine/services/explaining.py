"""Why somebody can, or cannot, see or do something: the grant that decides, the step of an approval, or what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition.model import Entity, Grant
from engine.errors import Forbidden, Invalid, NotFound
from engine.problems import Problem
from engine.projection.entity_view import ACTIONS as ON_RECORDS
from engine.projection.explain import REASONS, Reason, scope_text
from engine.projection.menu import CLOSING
from engine.projection.rights import level
from engine.projection.role_titles import role_title
from engine.projection.shares import Shared
from engine.projection.texts import in_language
from engine.services.access import access_on, reaches
from engine.services.closing import counts_for_books
from engine.services.comments.reading import may_comment
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.readers import as_person
from engine.services.reading import may_read_record
from engine.services.seats import held_access, step_access
from engine.services.shares.listing import may_share, shown
from engine.services.work import Work, reading
from engine.storage.records import Record
from engine.storage.shares import Shares

ACTIONS = (*ON_RECORDS, "comment", "share")
"""What can be asked about: what is done with records, talking about them, and giving them to others."""

_MOST_NEEDED = 10


def explain(installation: Installation, ctx: Context, given: Mapping[str, str]) -> dict[str, Any]:
    """Return for each action asked for whether a person may do it, why, and every grant that has a say in it.

    `given` has `person` (empty for oneself), `entity`, and may have `record`, `action` and `field`. Administrators ask about everybody,
    others about themselves, and of a record that they do not see they learn no more than that it is out of their reach. Raises
    Forbidden, Invalid, NotFound.
    """
    with reading(installation, ctx) as asking:
        person = given["person"] or ctx.actor.id
        if person != ctx.actor.id and not ctx.actor.is_admin:
            raise Forbidden("read", "explain", "admins_only")
        work = _as(asking, person)
        entity = work.entity(given["entity"])
        record = work.records.get(entity.key, given["record"]) if given["record"] else None
        if given["record"] and record is None and ctx.actor.is_admin:
            raise NotFound(entity.key, given["record"])
        _check(entity, given)
        case = _Case(work, entity, record, bool(given["record"]))
        named = [given["action"]] if given["action"] else list(_actions(entity))
        answer = {
            "person": {"id": person, "name": work.ctx.actor.name, "is_admin": work.ctx.actor.is_admin},
            "roles": [_role(work, key) for key in sorted(work.rights.roles | work.rights.project_roles)],
            "entity": {"key": entity.key, "title": in_language(entity.title, ctx.language)},
            "record": given["record"],
            "actions": [case.action(name, given["field"]) for name in named],
        }
        return answer | ({} if given["field"] else {"fields": case.fields()})


@dataclass(frozen=True, slots=True)
class _Case:
    """One person and one record, or all of them where none `is_named`. A record that is not there is in nobody's reach."""

    work: Work
    entity: Entity
    record: Record | None
    is_named: bool

    def action(self, name: str, path: str) -> dict[str, Any]:
        """Return whether an action is allowed, with a field if one is named, and what decides it."""
        work = self.work
        grants = work.rights.granted(name, self.entity.key)
        reaching = [grant for grant in grants if self._reaches(grant) and self._counts(name, grant)]
        reason = self._reason(name, grants, reaching)
        allowed = reason in {"admin", "owner", "granted", "shared", "seat", "step"}
        access = self._access(path) if path else ""
        if path and allowed:
            reason = self._of_field(name, reason, access)
            allowed = reason not in {"field_closed", "field_read_only"}
        deciding = reaching if reason in {"granted", "shared", "field_closed", "field_read_only"} else []
        rules = [self._rule(grant, path, decides=grant in deciding) for grant in grants if self._is_told(grant)]
        told: dict[str, Any] = {"action": name, "allowed": allowed, "reason": reason}
        told |= {"text": in_language(REASONS[reason], work.ctx.language), "rules": rules}
        told |= {"needed": [] if allowed else self._needed(name, path, held=grants)}
        return told | ({"field": path, "access": access} if path else {})

    def _needed(self, name: str, path: str, *, held: Sequence[Grant]) -> list[dict[str, Any]]:
        """Return the grants of roles that the person does not hold and that would allow it, on the records that they reach."""
        open_enough = ("write",) if name in {"create", "update"} else ("read", "write")
        found = (
            grant
            for grant in self.work.configuration.grants
            if grant.entity == self.entity.key and name in grant.actions and grant not in held
        )
        return [
            _role(self.work, grant.role) | {"scope": self._scope(grant), "pointer": grant.origin}
            for grant in found
            if not path or level(grant, path) in open_enough
        ][:_MOST_NEEDED]

    def _scope(self, grant: Grant) -> str:
        is_project_role = grant.role in self.work.configuration.project_roles
        return in_language(scope_text(grant, is_project_role=is_project_role), self.work.ctx.language)

    def fields(self) -> list[dict[str, Any]]:
        """Return the fields that are not freely open, with how open they are and the grants that say so."""
        if self.record is not None and not may_read_record(self.work, self.entity, self.record):
            return []
        access, shown = self._all_access(), []
        for path, found in access.items():
            field = self.entity.at(path)
            says = [
                self._rule(grant, path) for grant in self.work.rights.opening(self.entity.key) if self._reaches(grant)
            ]
            title = in_language(field.title, self.work.ctx.language) if field else path
            shown.append({"path": path, "title": title, "access": found, "rules": says})
        return shown

    def _reason(self, name: str, grants: Sequence[Grant], reaching: Sequence[Grant]) -> Reason:
        work = self.work
        if work.rights.is_admin:
            return "admin"
        if reaching:
            return "shared" if all(isinstance(grant, Shared) for grant in reaching) else "granted"
        record = self.record
        if record is not None and name == "share" and may_share(work, self.entity, record):
            return "owner"
        if record is not None and name == "comment" and may_comment(work, self.entity, record):
            return "seat"
        if record is not None and name == "read" and may_read_record(work, self.entity, record):
            return "seat"
        if record is not None and name == "update" and step_access(work, self.entity, record) is not None:
            return "step"
        if grants:
            return "outside_scope"
        return "no_grant" if work.rights.roles | work.rights.project_roles else "no_role"

    def _of_field(self, name: str, reason: Reason, access: str) -> Reason:
        if access == "hidden":
            return "field_closed"
        return "field_read_only" if name in {"create", "update"} and access in {"mask", "read"} else reason

    def _reaches(self, grant: Grant) -> bool:
        if not self.is_named:
            return True
        return self.record is not None and reaches(self.work, self.entity, self.record, grant)

    def _counts(self, name: str, grant: Grant) -> bool:
        return name not in CLOSING or counts_for_books(self.work.scope_of(grant))

    def _is_told(self, grant: Grant) -> bool:
        """Say whether a grant belongs into the answer: what was shared of other records has no say about this one."""
        return not isinstance(grant, Shared) or self._reaches(grant)

    def _access(self, path: str) -> str:
        names = path.split(".")
        known, order = self._all_access(), ("hidden", "mask", "read", "write", "required")
        return min((known.get(".".join(names[:end]), "write") for end in range(1, len(names) + 1)), key=order.index)

    def _all_access(self) -> Mapping[str, str]:
        if self.record is None:
            return self.work.rights.field_access(self.entity)
        return held_access(self.work, self.entity, self.record) or access_on(self.work, self.entity, self.record)

    def _rule(self, grant: Grant, path: str, *, decides: bool = False) -> dict[str, Any]:
        work = self.work
        by_share = isinstance(grant, Shared)
        scope = scope_text(grant, is_project_role=not by_share and grant.role not in work.rights.roles)
        told = _role(work, grant.role) | {
            "pointer": grant.origin,
            "scope": in_language(scope, work.ctx.language),
            "actions": sorted(grant.actions),
            "reaches": self._reaches(grant),
            "decides": decides,
            "shares": self._shares(grant) if isinstance(grant, Shared) else [],
        }
        return told | ({"access": level(grant, path)} if path else {})

    def _shares(self, grant: Shared) -> list[dict[str, Any]]:
        """Return the shares of this record that make a grant."""
        if self.record is None:
            return []
        found = Shares(self.work.tx).many(grant.shares)
        return shown(self.work, (one for one in found if one.record_id == self.record.id), may=False)


def _actions(entity: Entity) -> Sequence[str]:
    """Return what can be asked about an entity: of a ledger with periods also closing them, for the books that an entry lies in."""
    return (*ACTIONS, *CLOSING) if entity.closing else ACTIONS


def _check(entity: Entity, given: Mapping[str, str]) -> None:
    problems: Iterable[Problem] = [
        *([Problem("unknown_path", "/field", {"path": given["field"]})] if given["field"] and not entity.at(given["field"]) else []),
        *([Problem("unknown_action", "/action", {"action": given["action"]})] if given["action"] not in ("", *_actions(entity)) else []),
    ]  # fmt: skip
    if found := list(problems):
        raise Invalid(found)


def _as(work: Work, person: str) -> Work:
    found = work.accounts.get(person)
    if found is None:
        raise NotFound("account", person)
    return as_person(work, found, work.accounts.roles_of(person))


def _role(work: Work, key: str) -> dict[str, str]:
    module = work.configuration.modules.get(key.partition(".")[0])
    return {
        "role": key,
        "role_title": in_language(role_title(work.configuration, key), work.ctx.language),
        "module": module.name if module else "",
        "module_title": in_language(module.title, work.ctx.language) if module else "",
    }
