"""The neutral company of the oracle in a real installation: its module, people, records, and what was deleted."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from tests.api.office import NOON, PASSWORD, Office
from tests.api.oracle_words import (
    GONE,
    GRANTS,
    JOB,
    PARENTS,
    PROJECT_ROLES,
    ROLES,
    SITE,
    THING,
    Company,
    Gift,
    Row,
    company,
)

SEED = 20260302
COMPANY: Company = company(SEED)
JUDGES = ("p0", "p7", "p14", "p21")
WITH_PAPERS = ("J1", "J2", "J3", "J4")
_KEYS: Mapping[str, str] = {"job": JOB, "thing": THING, "site": SITE}
_MONEY = {"title": "值", "type": "string", "format": "decimal", "x-field": {"scale": 3}}
_LINES = {"rate": _MONEY, "tag": {"title": "签", "type": "string"}}
_TEAM = {
    "person": {"title": "人", "type": "string", "x-field": {"type": "user"}},
    "part": {"title": "任", "type": "string", "oneOf": [{"const": "crew", "title": "组员"}]},
}


def write_depot(folder: Path) -> Path:
    """Write the module into a folder of modules and return that."""
    for path, body in _documents().items():
        file = folder / "depot" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        kind = (
            "permissions" if path == "permissions.json" else "module" if path == "module.json" else path.split("s/")[0]
        )
        told = {"$schema": f"https://formwork.dev/schemas/v1/{kind.replace('entitie', 'entity')}.schema.json", **body}
        file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return folder


def _documents() -> dict[str, Any]:
    def texts(*names: str) -> dict[str, Any]:
        return {name: {"title": name, "type": "string"} for name in names}

    def to(name: str) -> dict[str, Any]:
        return {"title": name, "type": "string", "x-field": {"type": "reference", "to": name}}

    def rows(properties: Mapping[str, Any]) -> dict[str, Any]:
        return {"title": "行", "type": "array", "items": {"type": "object", "properties": properties}}

    job = texts("name", "memo", "badge") | {"size": _MONEY, "site": to("site"), "thing": to("thing")}
    job |= {"lines": rows(_LINES), "papers": {"title": "件", "type": "array", "x-field": {"type": "attachment"}}}
    thing = texts("code", "name", "memo") | {"price": _MONEY}
    site = texts("code", "name", "memo") | {"team": rows(_TEAM)}
    slip = texts("name") | {"judge": {"title": "裁", "type": "string", "x-field": {"type": "user"}}}
    roles = [{"name": name, "title": name} for name in ROLES]
    return {
        "module.json": {
            "name": "depot",
            "version": "1.0.0",
            "title": "库",
            "roles": roles,
            "project_roles": [{"name": name, "title": name} for name in PROJECT_ROLES],
        },
        "entities/job.json": _entity("job", "document", job),
        "entities/thing.json": _entity("thing", "master", thing) | {"unique": [["code"]]},
        "entities/site.json": _entity("site", "master", site)
        | {"team": {"table": "team", "user": "person", "role": "part"}},
        "entities/slip.json": _entity("slip", "document", slip),
        "flows/slip.json": {
            "name": "slip",
            "title": "裁",
            "entity": "slip",
            "steps": [{"name": "judge", "title": "裁", "type": "approve", "by": [{"user_field": "judge"}]}],
        },
        "automations/press.json": {
            "name": "press",
            "title": "按",
            "entity": "job",
            "on": {"type": "button", "title": "按", "roles": ["checker"]},
            "do": [{"type": "update", "set": {"memo": "'pressed'"}}],
        },
        "dashboards/board.json": {
            "name": "board",
            "title": "板",
            "widgets": [
                {"name": name, "title": name, "kind": "kpi", "measures": [name]}
                for name in ("sized", "rated", "priced")
            ],
        },
        "measures/sized.json": _measure("sized", "job", "size"),
        "measures/rated.json": _measure("rated", "job.lines", "rate"),
        "measures/priced.json": _measure("priced", "job", "thing.price"),
        "permissions.json": {"grants": [{**one, "actions": list(one["actions"])} for one in GRANTS]},
    }


def _entity(name: str, kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties}
    return {"name": name, "title": name, "kind": kind, "display": "name", "schema": schema}


def _measure(name: str, source: str, value: str) -> dict[str, Any]:
    dimensions = [{"name": "thing", "title": "物"}]
    return {"name": name, "title": name, "from": source, "value": value, "dimensions": dimensions, "scale": 3}


def furnish_company(office: Office) -> dict[str, str]:
    """Fill an installation and return ids by the short names of the oracle."""
    admin, ids = office["admin"], {}
    for name, parent in PARENTS.items():
        given = {"code": name, "name": name} | ({"parent_id": ids[parent]} if parent else {})
        ids[name] = admin.post("/departments", given).body["id"]
    for human in COMPANY.humans.values():
        given = {
            "login": human.login,
            "name": human.login,
            "password": PASSWORD,
            "department_id": ids[human.department],
        }
        given |= {"roles": [f"depot.{role}" for role in human.roles]}
        ids[human.login] = admin.post("/accounts", given).body["id"]
    for entity in ("site", "thing", "job"):
        for row in COMPANY.of(entity):
            ids[row.key] = admin.create(_KEYS[entity], **_values(row, ids))["id"]
    _own(office, ids)
    for key in GONE:
        admin.delete(f"/records/{JOB}/{ids[key]}", if_match='"1"')
    for gift in COMPANY.gifts:
        _give(office, ids, gift)
    return ids


def _give(office: Office, ids: Mapping[str, str], gift: Gift) -> None:
    """Share a record as its giver does; what is over was in force before."""
    row = COMPANY.rows[gift.row]
    receiver = f"depot.{gift.receiver}" if gift.kind == "role" else ids[gift.receiver]
    body: dict[str, Any] = {"kind": gift.kind, "id": receiver, "level": gift.level}
    body |= {"expires_at": (NOON + timedelta(hours=1)).isoformat()} if gift.state == "expired" else {}
    path, giver = f"/records/{_KEYS[row.entity]}/{ids[row.key]}/shares", office[gift.giver]
    made = giver.post(path, body)
    assert made.status == 201, (gift, made)
    if gift.state == "revoked":
        ended = giver.delete(f"{path}/{made.body['id']}", if_match='"1"')
        assert ended.status == 204, (gift, ended)


def _values(row: Row, ids: dict[str, str]) -> dict[str, Any]:
    values = {name: ids[one] if name in ("site", "thing") else one for name, one in row.values.items()}
    if row.entity == "site":
        values["team"] = [{"person": ids[login], "part": "crew"} for login in row.values["team"]]
    return values


def add_to_copy(office: Office) -> dict[str, str]:
    """Add what a copy cannot bring along, files, and what only some tests ask for; return ids by kind and record."""
    return _attach_papers(office) | _comment(office) | _ask_judges(office)


def _comment(office: Office) -> dict[str, str]:
    """Say something about every record, with a file."""
    admin, found = office["admin"], {}
    for row in COMPANY.rows.values():
        if row.key not in GONE:
            file = admin.upload("said.txt", b"words").body["id"]
            path = f"/records/{_KEYS[row.entity]}/{office.ids[row.key]}/comments"
            found[f"said:{row.key}"] = admin.post(path, {"text": "words", "files": [file]}).body["id"]
            found[f"said file:{row.key}"] = file
    return found


def _ask_judges(office: Office) -> dict[str, str]:
    """Have a slip decided by each of the judges: nobody else has anything to do with it."""
    admin, found = office["admin"], {}
    for login in JUDGES:
        slip = admin.create("depot.slip", name=f"slip for {login}", judge=office.ids[login])
        admin.move("submit", "depot.slip", slip)
        found[f"slip:{login}"] = slip["id"]
    return found


def _attach_papers(office: Office) -> dict[str, str]:
    """Attach a file to some jobs of the copy that a test works on, and return the ids of the files by `file:` and the record."""
    admin, found = office["admin"], {}
    for key in WITH_PAPERS:
        file = admin.upload("paper.txt", b"words", JOB, "papers").body
        admin.change(JOB, admin.read(JOB, office.ids[key]), papers=[{"id": file["id"]}])
        found[f"file:{key}"] = file["id"]
    return found


def _own(office: Office, ids: Mapping[str, str]) -> None:
    """Give every record to its owner, which the API leaves to who creates it."""
    published = office.installation.configurations
    with office.installation.database.writing() as tx:
        tables = published.in_force(tx, writing=False).tables
        for row in COMPANY.rows.values():
            place = tables.entity(_KEYS[row.entity])
            statement = update(place.table).where(place.id == ids[row.key])
            tx.connection.execute(statement.values({place.columns["owner"].name: ids[row.owner]}))
