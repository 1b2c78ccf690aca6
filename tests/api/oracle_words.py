"""A neutral company as plain data, and what its grants mean, in plain Python that knows nothing of the engine.

The words are those of the definition language: a grant allows actions on the records of its scope, its fields narrow those records,
and several grants add up. The tests ask the API the same questions.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

JOB, THING, SITE = "depot.job", "depot.thing", "depot.site"
PEOPLE, JOBS, THINGS, SITES = 30, 14, 7, 5
GONE = ("J0", "J5", "J9")
"""Jobs that the administrator deletes."""

PARENTS: Mapping[str, str] = {"works": "", "north": "works", "south": "works", "inner": "north", "cellar": "inner"}
"""Departments and what they belong to."""

ALL = "all"
_CHANGES = ("read", "create", "update", "delete", "submit")
GRANTS: Sequence[Mapping[str, Any]] = (
    {"role": "maker", "entity": "job", "actions": (*_CHANGES, "export"), "scope": "own", "fields": {"size": "read"}},
    {"role": "maker", "entity": "thing", "actions": ("read",), "fields": {"price": "hidden"}},
    {"role": "head", "entity": "job", "actions": ("read", "export"), "scope": "department", "fields": {"badge": "mask"}},
    {"role": "head", "entity": "site", "actions": ("read",), "scope": "own"},
    {"role": "looker", "entity": "job", "actions": ("read",), "fields": {"memo": "hidden", "lines.rate": "hidden"}},
    {"role": "looker", "entity": "site", "actions": ("read",), "fields": {"name": "hidden"}},
    {"role": "checker", "entity": "job", "actions": ("read", "update"), "scope": {"where": "size > 50"},
     "fields": {"lines": "hidden", "badge": "read", "thing": "read"}},
    {"role": "checker", "entity": "thing", "actions": ("read", "update", "comment", "share"), "scope": {"where": "code < 'T4'"}},
    {"role": "clearer", "entity": "job", "actions": ("read", "delete"), "fields": {"memo": "mask", "papers": "hidden"}},
    {"role": "keeper", "entity": "thing", "actions": ("read", "create", "update", "delete", "export", "import"), "scope": "own"},
    {"role": "keeper", "entity": "site", "actions": ("read", "export"), "fields": {"memo": "mask"}},
    {"role": "crew", "entity": "job", "actions": ("read", "update"), "scope": "my_projects", "fields": {"size": "hidden"}},
    {"role": "crew", "entity": "site", "actions": ("read",), "scope": "my_projects"},
)  # fmt: skip
ROLES = ("maker", "head", "looker", "checker", "clearer", "keeper")
PROJECT_ROLES = ("crew",)

FIELDS: Mapping[str, tuple[str, ...]] = {
    "job": ("name", "memo", "badge", "size", "site", "thing", "lines", "lines.rate", "lines.tag", "papers"),
    "thing": ("code", "name", "price", "memo"),
    "site": ("code", "name", "memo", "team"),
}
_OPEN = {"hidden": 0, "mask": 1, "read": 2, "write": 3}


@dataclass(frozen=True)
class Human:
    """Somebody: the number is the place in the company, `team` the sites in whose team they are."""

    login: str
    department: str
    roles: frozenset[str]
    teams: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One record as it was made: `values` as they were sent, references by the names of what they point at."""

    key: str
    entity: str
    owner: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Gift:
    """A share: `kind` and `receiver` say with whom, `state` whether it is in force (`live`), `revoked` or `expired`."""

    row: str
    giver: str
    kind: str
    receiver: str
    level: str
    state: str = "live"

    @property
    def actions(self) -> tuple[str, ...]:
        return {"read": ("read",), "comment": ("read", "comment"), "edit": ("read", "comment", "update")}[self.level]

    def is_for(self, human: Human) -> bool:
        if self.kind == "user":
            return self.receiver == human.login
        if self.kind == "role":
            return self.receiver in human.roles
        return human.department in below(self.receiver)


@dataclass(frozen=True)
class Company:
    """Everybody and everything."""

    humans: Mapping[str, Human]
    rows: Mapping[str, Row]
    gifts: Sequence[Gift] = ()

    def of(self, entity: str) -> list[Row]:
        return [row for row in self.rows.values() if row.entity == entity]


def company(seed: int) -> Company:
    """Return a random company; every value of a record is told apart from every other, so that it is known wherever it turns up."""
    chance = random.Random(seed)
    humans = {}
    for number in range(PEOPLE):
        roles = frozenset(chance.sample(ROLES, chance.choice((0, 1, 1, 2, 2, 3))))
        teams = frozenset(f"S{n}" for n in range(SITES) if chance.random() < 0.15)
        humans[f"p{number}"] = Human(f"p{number}", chance.choice(list(PARENTS)), roles, teams)
    owners = list(humans)
    rows: dict[str, Row] = {}
    for n in range(SITES):
        team = [login for login, human in humans.items() if f"S{n}" in human.teams]
        values = {"code": f"S{n}", "name": token("site_name", n), "memo": token("site_memo", n), "team": team}
        rows[f"S{n}"] = Row(f"S{n}", "site", chance.choice(owners), values)
    for n in range(THINGS):
        values = {
            "code": f"T{n}",
            "name": token("thing_name", n),
            "price": f"{81000 + n}.17",
            "memo": token("thing_memo", n),
        }
        rows[f"T{n}"] = Row(f"T{n}", "thing", chance.choice(owners), values)
    for n in range(JOBS):
        values = {"name": token("job_name", n), "memo": token("job_memo", n), "badge": token("job_badge", n)}
        values |= {"size": f"{chance.randint(1, 99)}.{700 + n}", "site": f"S{chance.randrange(SITES)}"}
        values |= {"thing": f"T{chance.randrange(THINGS)}"}
        values |= {"lines": [{"rate": f"{93000 + n}.29", "tag": token("line_tag", n)}]}
        rows[f"J{n}"] = Row(f"J{n}", "job", chance.choice(owners), values)
    plain = Company(humans, rows)
    return Company(humans, rows, tuple(_gifts(chance, plain)))


ADMIN = "admin"


def _gifts(chance: random.Random, plain: Company) -> Iterator[Gift]:
    """Yield shares that their givers may make out of what their roles let them: owners, the administrator, and by grant."""
    made: list[Gift] = []
    for row in [one for one in plain.rows.values() if one.key not in GONE] * 12:
        sharers = [login for login, human in plain.humans.items() if Oracle(plain, human).reaching(row, "share")]
        giver = chance.choice([*[row.owner] * 5, ADMIN, *sharers])
        kinds = {"user": [one for one in plain.humans if one != giver], "role": ROLES, "department": tuple(PARENTS)}
        kind = chance.choice(("user", "user", "user", "role", "department"))
        gift = Gift(row.key, giver, kind, chance.choice(kinds[kind]), chance.choice(("read", "comment", "edit")),
                    chance.choice(("live", "live", "live", "revoked", "expired")))  # fmt: skip
        if _is_possible(plain, gift, made):
            made.append(gift)
            yield gift


def _is_possible(plain: Company, gift: Gift, made: Sequence[Gift]) -> bool:
    """Say whether a giver may make a gift, of what the roles alone give, and nobody else gave the same before."""
    row = plain.rows[gift.row]
    if any((one.row, one.kind, one.receiver) == (gift.row, gift.kind, gift.receiver) for one in made):
        return False
    if gift.giver == ADMIN:
        return True
    human = plain.humans[gift.giver]
    if any(one.row == gift.row and one.is_for(human) for one in made):
        return False
    return all(Oracle(plain, human).may(row, action) for action in gift.actions)


def token(what: str, number: int) -> str:
    return f"{what}_{number}_end"


def below(department: str) -> frozenset[str]:
    """Return a department and all that belong to it."""
    found = {department}
    while more := {name for name, parent in PARENTS.items() if parent in found} - found:
        found |= more
    return frozenset(found)


@dataclass(frozen=True)
class Oracle:
    """What one person may do in a company."""

    company: Company
    human: Human

    def held(self, entity: str) -> list[Mapping[str, Any]]:
        """Return the grants of the roles that the person has: a project role wherever it is held."""
        return [
            one
            for one in GRANTS
            if one["entity"] == entity
            and (one["role"] in self.human.roles or (one["role"] in PROJECT_ROLES and self.human.teams))
        ]

    def reaching(self, row: Row, action: str) -> list[Mapping[str, Any]]:
        """Return the grants of roles that reach a record. Whoever reads may comment where no grant on the entity speaks of it."""
        spoken = any("comment" in one["actions"] for one in GRANTS if one["entity"] == row.entity)
        wanted = "read" if action == "comment" and not spoken else action
        return [one for one in self.held(row.entity) if wanted in one["actions"] and self._in_scope(one, row)]

    def given(self, row: Row, action: str) -> list[Gift]:
        """Return the shares in force that give the person a record for an action."""
        return [one for one in self._gifts(row.entity) if one.row == row.key and action in one.actions]

    def may(self, row: Row, action: str) -> bool:
        return bool(self.reaching(row, action) or self.given(row, action))

    def shares(self, row: Row) -> bool:
        """Say whether the person may give a record to others."""
        return bool((row.owner == self.human.login and self.may(row, "read")) or self.reaching(row, "share"))

    def may_by_role(self, entity: str, action: str) -> bool:
        return any(action in one["actions"] for one in self.held(entity))

    def may_any(self, entity: str, action: str) -> bool:
        return self.may_by_role(entity, action) or any(action in one.actions for one in self._gifts(entity))

    def readable(self, entity: str, by: Iterable[str] = ()) -> list[Row]:
        """Return the records that a list shows which is asked by some fields: of those that were given, the ones that open them."""
        paths = tuple(by)
        return [row for row in self.company.of(entity) if self._is_listed(row, paths)]

    def readable_by_role(self, entity: str) -> list[Row]:
        return [row for row in self.company.of(entity) if self.reaching(row, "read")]

    def _is_listed(self, row: Row, paths: Sequence[str]) -> bool:
        by_gift = (all(_OPEN[self._gives(gift, path)] >= 2 for path in paths) for gift in self.given(row, "read"))
        return bool(self.reaching(row, "read")) or any(by_gift)

    def _gifts(self, entity: str) -> list[Gift]:
        rows = self.company.rows
        return [
            one
            for one in self.company.gifts
            if one.state == "live" and rows[one.row].entity == entity and one.is_for(self.human)
        ]

    def _gives(self, gift: Gift, path: str) -> str:
        """Return how far a share opens a field: no further than it was open to the giver, nor than the own roles open it everywhere."""
        row = self.company.rows[gift.row]
        giver = "write"
        if gift.giver != ADMIN:
            giver = Oracle(Company(self.company.humans, self.company.rows), self.company.humans[gift.giver]).level(
                row, path
            )
        changing = [one for one in self.held(row.entity) if "update" in one["actions"]]
        writes = "write" if all(self._says(one, path) == "write" for one in changing) else "read"
        return min((giver, self._narrowest(row.entity, path), writes), key=_OPEN.__getitem__)

    def _narrowest(self, entity: str, path: str) -> str:
        """Return how far a field is open on every record that roles let be read; open where they let none be read."""
        reads, order = self._reads(entity), _OPEN.__getitem__
        everywhere = [one for one in reads if self._is_everywhere(one)]
        sets = [[*everywhere, one] for one in reads if one not in everywhere] + ([everywhere] if everywhere else [])
        return min(
            (max((self._says(one, path) for one in some), key=order) for some in sets), key=order, default="write"
        )

    def _is_everywhere(self, grant: Mapping[str, Any]) -> bool:
        return grant.get("scope", ALL) == ALL and grant["role"] in self.human.roles

    def level(self, row: Row, path: str) -> str:
        """Return hidden, mask, read or write: the most open of the grants that reach the record, write only where one may change it."""
        said = [self._says(one, path) for one in self.reaching(row, "read")]
        said += [self._gives(gift, path) for gift in self.given(row, "read")]
        seen = max(said, key=_OPEN.__getitem__, default="hidden")
        if seen in ("hidden", "mask"):
            return seen
        writes = any(self._says(one, path) == "write" for one in self.reaching(row, "update"))
        writes = writes or any(self._gives(gift, path) == "write" for gift in self.given(row, "update"))
        return "write" if writes else "read"

    def level_of(self, row: Row, path: str) -> str:
        """Return how a value is seen by who lists or opens records: not at all where the record itself is not."""
        return self.level(row, path) if self.may(row, "read") else "hidden"

    def asks_by(self, entity: str, path: str) -> bool:
        """Say whether records may be found by a field: it is open on every record that the person may list."""
        if self._reads(entity):
            return self.asks_by_role(entity, path)
        gifts = self._gifts(entity)
        return bool(gifts) and all(_OPEN[self._gives(one, path)] >= _OPEN["read"] for one in gifts)

    def asks_by_role(self, entity: str, path: str) -> bool:
        reads = self._reads(entity)
        everywhere = [one for one in reads if self._is_everywhere(one)]
        if any(_OPEN[self._says(one, path)] >= _OPEN["read"] for one in everywhere):
            return True
        return bool(reads) and all(_OPEN[self._says(one, path)] >= _OPEN["read"] for one in reads)

    def _reads(self, entity: str) -> list[Mapping[str, Any]]:
        return [one for one in self.held(entity) if "read" in one["actions"]]

    def _says(self, grant: Mapping[str, Any], path: str) -> str:
        fields, parts = grant.get("fields", {}), path.split(".")
        outer = [".".join(parts[: n + 1]) for n in range(len(parts))]
        return min((fields.get(one, "write") for one in outer), key=_OPEN.__getitem__)

    def _in_scope(self, grant: Mapping[str, Any], row: Row) -> bool:
        scope = grant.get("scope", ALL)
        if grant["role"] in PROJECT_ROLES:
            site = row.key if row.entity == "site" else row.values.get("site")
            return site in self.human.teams
        if scope == "own":
            return row.owner == self.human.login
        if scope == "department":
            return self.company.humans[row.owner].department in below(self.human.department)
        if isinstance(scope, Mapping):
            return float(row.values["size"]) > 50 if row.entity == "job" else row.values["code"] < "T4"
        return True


def tokens(rows: Iterable[Row]) -> dict[str, tuple[Row, str]]:
    """Return every value that is told apart, with the record and the path where it stands."""
    found: dict[str, tuple[Row, str]] = {}
    for row in rows:
        for path, value in row.values.items():
            if isinstance(value, list):
                for line in value:
                    if isinstance(line, Mapping):
                        found |= {one: (row, f"{path}.{name}") for name, one in line.items()}
            elif path not in ("code", "site", "thing"):
                found[value] = (row, path)
    return found
