"""A neutral company as plain data, and what its grants mean, in plain Python that knows nothing of the engine.

The words are those of the definition language: a grant allows actions on the records of its scope, its fields narrow those records,
and several grants add up. The tests ask the API the same questions.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

JOB, THING, SITE = "depot.job", "depot.thing", "depot.site"
PEOPLE, JOBS, THINGS, SITES = 30, 14, 7, 5

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
    {"role": "checker", "entity": "thing", "actions": ("read", "update"), "scope": {"where": "code < 'T4'"}},
    {"role": "clearer", "entity": "job", "actions": ("read", "delete"), "fields": {"memo": "mask", "papers": "hidden"}},
    {"role": "keeper", "entity": "thing", "actions": ("read", "create", "update", "delete", "export"), "scope": "own"},
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
class Company:
    """Everybody and everything."""

    humans: Mapping[str, Human]
    rows: Mapping[str, Row]

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
    return Company(humans, rows)


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
        return [one for one in self.held(row.entity) if action in one["actions"] and self._in_scope(one, row)]

    def may(self, row: Row, action: str) -> bool:
        return bool(self.reaching(row, action))

    def may_any(self, entity: str, action: str) -> bool:
        return any(action in one["actions"] for one in self.held(entity))

    def readable(self, entity: str) -> list[Row]:
        return [row for row in self.company.of(entity) if self.may(row, "read")]

    def level(self, row: Row, path: str) -> str:
        """Return hidden, mask, read or write: the most open of the grants that reach the record, write only where one may change it."""
        seen = max(
            (self._says(one, path) for one in self.reaching(row, "read")), key=_OPEN.__getitem__, default="hidden"
        )
        if seen in ("hidden", "mask"):
            return seen
        writes = any(self._says(one, path) == "write" for one in self.reaching(row, "update"))
        return "write" if writes else "read"

    def level_of(self, row: Row, path: str) -> str:
        """Return how a value is seen by who lists or opens records: not at all where the record itself is not."""
        return self.level(row, path) if self.may(row, "read") else "hidden"

    def opens_somewhere(self, entity: str, path: str) -> bool:
        return any(self._says(one, path) != "hidden" for one in self._reads(entity))

    def asks_by(self, entity: str, path: str) -> bool:
        """Say whether records may be found by a field: it is open on every record that the person may list."""
        reads = self._reads(entity)
        everywhere = [one for one in reads if one.get("scope", ALL) == ALL and one["role"] in self.human.roles]
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
