"""One use case at work: its transaction, the publication in force, the actor's rights, and what they share.

`reading` and `writing` are the two ways in. `writing` answers a repeated request with what the first one answered, from the
same transaction that did the work, so that a lost answer can be asked for again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

from engine.definition import Configuration
from engine.definition.automations import Event
from engine.definition.model import Entity, Grant, ScopeKind
from engine.errors import Forbidden, FormworkError, NotFound
from engine.projection.rights import Rights
from engine.projection.shares import Given, Shared, shared_grants
from engine.services.configurations import Published
from engine.services.context import Context
from engine.services.happenings import Acting, Happening
from engine.services.installation import Installation
from engine.storage import idempotency
from engine.storage.accounts import Accounts
from engine.storage.audit import AuditLog
from engine.storage.automation_runs import Run, Runs
from engine.storage.database import Transaction
from engine.storage.ledgers import Ledgers
from engine.storage.record_tables import RecordTables
from engine.storage.records import Record, Records
from engine.storage.references import stable_key
from engine.storage.row_scopes import EVERYTHING, RowScope
from engine.storage.shares import Shares
from engine.storage.teams import project_roles


class Work:
    """What the steps of one use case share."""

    def __init__(self, installation: Installation, ctx: Context, tx: Transaction, published: Published) -> None:
        self.installation = installation
        self.ctx = ctx
        self.tx = tx
        self.published = published
        self.memo: dict[tuple[str, ...], object] = {}
        self.acting = Acting()

    @property
    def configuration(self) -> Configuration:
        """Return the configuration in force."""
        return self.published.configuration

    @property
    def tables(self) -> RecordTables:
        """Return the tables of the configuration in force."""
        return self.published.tables

    @cached_property
    def records(self) -> Records:
        """Return the records."""
        return Records(self.tx, self.tables)

    @cached_property
    def accounts(self) -> Accounts:
        """Return the people."""
        return Accounts(self.tx)

    @cached_property
    def timezone(self) -> ZoneInfo:
        """Return the zone that decides which day it is."""
        return ZoneInfo(self.installation.settings.timezone)

    @cached_property
    def rights(self) -> Rights:
        """Return what the actor may do."""
        actor, configuration = self.ctx.actor, self.configuration
        # Who stands in which team is asked only where a grant depends on it.
        asked = not actor.is_admin and configuration.grants_in_teams
        held = project_roles(self.tx, self.tables, actor.id) if asked else frozenset[str]()
        by_role = Rights(configuration.grants, actor.roles, actor.is_admin, held)
        if actor.is_admin or not actor.is_given:
            return by_role

        def shared(key: str) -> tuple[Grant, ...]:
            found = self.configuration.entities.get(key)
            given = self._given.get(stable_key(found), ()) if found else ()
            return shared_grants(found, by_role, given) if found and given else ()

        return by_role.with_sharing(shared)

    @cached_property
    def _given(self) -> Mapping[str, Sequence[Given]]:
        """Return what is shared with the actor, by the stable key of the entity: one statement for all of them."""
        actor = self.ctx.actor
        return Shares(self.tx).given_to(actor.id, actor.roles, actor.department_id, self.ctx.now)

    @cached_property
    def with_flow(self) -> frozenset[str]:
        """Return the entities whose documents are approved by people."""
        return frozenset(flow.entity for flow in self.configuration.flows.values())

    def entity(self, key: str) -> Entity:
        """Return an entity by its qualified name. Raises NotFound."""
        found = self.configuration.entities.get(key)
        if found is None:
            raise NotFound("entity", key)
        return found

    def require(self, action: str, entity: Entity) -> None:
        """Refuse what the actor may not do on any record. Raises Forbidden."""
        if not self.rights.may(action, entity.key):
            raise Forbidden(action, entity.key, "no_grant", entity.title)

    def outside(self, action: str, entity: Entity) -> Forbidden:
        """Return the refusal of an action on a record that it does not reach."""
        return Forbidden(action, entity.key, self.rights.why_not(action, entity.key), entity.title)

    def scopes(
        self, action: str, entity: Entity, by: Iterable[str] = (), *, shared: bool = True
    ) -> tuple[RowScope, ...]:
        """Return which records an action reaches: those of any of the scopes.

        Of shared records those that are asked for `by` some fields are left out whose share does not open them all, and all of
        them without `shared`: a figure is worked out of what roles reach.
        """
        if self.rights.is_admin:
            return EVERYTHING
        asked, rights = tuple(by), self.rights if shared else self.rights.by_role
        return tuple(
            self.scope_of(grant)
            for grant in rights.granted(action, entity.key)
            if not isinstance(grant, Shared) or grant.opens(asked)
        )

    def scope_of(self, grant: Grant) -> RowScope:
        """Return which records a grant reaches."""
        own = (self.ctx.actor.id,)
        if isinstance(grant, Shared):
            return RowScope("shared", tuple(sorted(grant.records)))
        if grant.role not in self.rights.roles:
            # A project role counts only where it is held, whatever the grant says.
            return RowScope("my_projects", own, roles=(grant.role.rpartition(".")[2],))
        if grant.scope == "department":
            return RowScope("department", self._departments)
        return RowScope(cast("ScopeKind", grant.scope), own, where=grant.where)

    @cached_property
    def _departments(self) -> tuple[str, ...]:
        own = self.ctx.actor.department_id
        return self.accounts.below(own) if own else ()

    @property
    def ledgers(self) -> Ledgers:
        """Return the ledgers that documents write to."""
        return Ledgers(self.tx, self.tables, self.configuration.ledgers_of)

    def happened(self, event: Event, entity: Entity, record: Record, before: Record | None = None) -> bool:
        """Let what answers to an event on a record do its part; say whether anything was done."""
        if not self.configuration.automations_for(entity.key):
            return False
        done = self.installation.follow(self, Happening(event, entity, record, before))
        if done:
            self.memo.clear()
        return done

    def audit(self, action: str, entity: str, key: str, details: dict[str, Any]) -> None:
        """Write down who did what, and by which automation where one did it."""
        self.audit_many(action, entity, {key: details})

    def audit_many(self, action: str, entity: str, details: Mapping[str, Mapping[str, Any]]) -> None:
        """Write down what was done to many records, by their ids."""
        how = {name: value for name in ("via", "on_behalf") if (value := getattr(self.ctx, name))}
        how |= {"automation": self.acting.chain[-1].automation} if self.acting.chain else {}
        told = {key: {**one, **how} for key, one in details.items()}
        AuditLog(self.tx).add_many(self.ctx.now, self.ctx.actor.id, action, entity, told, self.ctx.request_id)


@contextmanager
def reading(installation: Installation, ctx: Context) -> Iterator[Work]:
    """Give a use case that changes nothing."""
    with installation.database.reading() as tx:
        yield Work(installation, ctx, tx, installation.configurations.in_force(tx, writing=False))


def writing(installation: Installation, ctx: Context, act: Callable[[Work], dict[str, Any]]) -> dict[str, Any]:
    """Do a use case as one transaction and return its answer.

    A key that was used for another request is refused with Conflict `idempotency_key_reused`.
    """
    refused: list[Run] = []
    try:
        with installation.database.writing() as tx:
            if ctx.idempotency_key:
                given = idempotency.claim(tx, ctx.actor.id, ctx.idempotency_key, ctx.fingerprint, ctx.now)
                if given is not None:
                    return cast("dict[str, Any]", given.body)
            work = Work(installation, ctx, tx, installation.configurations.in_force(tx, writing=True))
            work.acting = Acting(refused=refused)
            answer = act(work)
            if ctx.idempotency_key:
                idempotency.keep(tx, ctx.actor.id, ctx.idempotency_key, idempotency.Answer(200, answer, {}))
            return answer
    except FormworkError:
        if refused:
            # What was undone would leave no trace of the automation that refused it.
            with installation.database.writing() as tx:
                Runs(tx).add(refused)
        raise
