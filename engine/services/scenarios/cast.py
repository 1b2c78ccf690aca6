"""The people of a scenario: their accounts, departments and places in teams."""

from collections.abc import Mapping
from typing import Any

from engine.definition.model import Entity
from engine.services.scenarios.desk import Desk
from engine.services.scenarios.names import Names
from engine.services.scenarios.stage import ADMIN

People = Mapping[str, Mapping[str, Any]]


def hire(desk: Desk, names: Names, people: People, module: str) -> None:
    """Give everybody an account, and each department that is spoken of its head. Raises Refused."""
    everybody: People = {ADMIN: {"admin": True}, **people}
    spoken_of = [one.get(word) for one in everybody.values() for word in ("department", "head_of")]
    for code in dict.fromkeys(filter(None, spoken_of)):
        names.ids[code] = desk.department(code)
    for name, one in everybody.items():
        roles = [qualified(role, module) for role in one.get("roles", ())]
        department = names.ids[one["department"]] if one.get("department") else None
        names.ids[name] = desk.employ(name, roles, department, admin=bool(one.get("admin")))
    for name, one in everybody.items():
        if one.get("head_of"):
            desk.lead(names.ids[one["head_of"]], names.ids[name])


def join_team(desk: Desk, names: Names, people: People, entity: Entity, record: str) -> None:
    """Put into the team of a new record those who have a project role there. Raises Refused."""
    team = entity.team
    members = [
        {team.user: names.ids[name], team.role: held["role"].rpartition(".")[2]}
        for name, one in people.items()
        for held in one.get("project_roles", ())
        if team and held["record"].removeprefix("@") == record
    ]
    if team and members:
        there = list(desk.read(ADMIN, entity.key, names.ids[record]).values.get(team.table) or ())
        desk.update(ADMIN, entity.key, names.ids[record], {team.table: [*there, *members]})


def qualified(name: str, module: str) -> str:
    """Return a name with its module: a bare one belongs to the module of the scenario."""
    return name if "." in name else f"{module}.{name}"
