"""Every way by which a record is written, with the violations of the gate: what is sent, and what came of it in the words of the matrix."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.app import JOB_KINDS
from engine.services.jobs import run_due
from engine.services.signatures import sign
from tests.api.gate import KNOCK, PAYLOAD, SITE, VISIT, Case, Outcome, good
from tests.api.gate import cases as every_case
from tests.api.office import Office, Reply
from tests.api.sheets import imported, xlsx

Found = Mapping[str, Outcome]
SECRET = "of the gate"


@dataclass(frozen=True, slots=True)
class Way:
    """One path. `groups` are what the exceptions of a case call it; `kind` says which cases it meets; `tells` whether it answers warnings."""

    name: str
    groups: tuple[str, ...]
    kind: str
    run: Callable[[Office, Sequence[Case], str], Found]
    tells: bool = True

    def meets(self, case: Case) -> bool:
        """Say whether a case can be sent on this path."""
        if self.kind == "restore":
            return bool(case.restored)
        fits = case.kind == self.kind or (case.kind == "any" and self.kind != "submit")
        return fits and not any(case.cannot(group) for group in self.groups)

    def expected(self, case: Case) -> Outcome:
        """Return what must come of a case here."""
        group = next((one for one in self.groups if one in case.paths), "")
        found = case.expected(group)
        return found if self.tells else replace(found, warned=frozenset())


def one_by_one(way: Callable[[Office, Case, str], Outcome]) -> Callable[[Office, Sequence[Case], str], Found]:
    """Return a path that sends one case after the other."""
    return lambda office, cases, name: {case.violation: way(office, case, name) for case in cases}


def refusal(problems: Sequence[Mapping[str, Any]]) -> Outcome:
    """Return an outcome of findings as they travel."""
    return Outcome(frozenset((one["pointer"], one["code"]) for one in problems if one["severity"] == "error"))


def kept(office: Office, case: Case, record_id: str, warnings: Sequence[Mapping[str, Any]], way: str) -> Outcome:
    """Return what a stored record has where the case asks."""
    values = office["admin"].read(VISIT, record_id)["values"]
    return _seen(case, values, warnings, way)


def _seen(case: Case, values: Mapping[str, Any], warnings: Sequence[Mapping[str, Any]], way: str) -> Outcome:
    asked = next(one for one in WAYS if one.name == way).expected(case).stored
    return Outcome(frozenset(), {path: _at(values, path) for path in asked}, _pairs(warnings))


def _pairs(warnings: Sequence[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    return frozenset((one["pointer"], one["code"]) for one in warnings)


def _at(values: Any, path: str) -> Any:
    for name in path.split("."):
        values = values[int(name)] if name.isdigit() else values.get(name)
    return values


def came_of(office: Office, case: Case, reply: Reply, way: str) -> Outcome:
    if reply.status >= 400:
        return refusal(reply.body["problems"])
    return kept(office, case, reply.body["id"], reply.body["warnings"], way)


def existing(office: Office, case: Case, way: str, **more: Any) -> dict[str, Any]:
    """Make the good record that a case changes."""
    return office["admin"].create(VISIT, **{**good(case.key(way)), **case.before, **more})


def create(office: Office, case: Case, way: str) -> Outcome:
    reply = office["cora"].post(f"/records/{VISIT}", {"values": case.values(way, office.ids)})
    return came_of(office, case, reply, way)


def check_new(office: Office, case: Case, way: str) -> Outcome:
    return _checked(office, case, {"values": case.values(way, office.ids), "id": None}, way)


def check_change(office: Office, case: Case, way: str) -> Outcome:
    record = existing(office, case, way)
    return _checked(office, case, {"values": case.values(way, office.ids, whole=False), "id": record["id"]}, way)


def _checked(office: Office, case: Case, asked: dict[str, Any], way: str) -> Outcome:
    told = office["cora"].post(f"/records/{VISIT}/check", asked | {"moment": "save"}).body
    refused = refusal(told["problems"])
    return refused if refused.found else _seen(case, told["values"], told["problems"], way)


def change(office: Office, case: Case, way: str) -> Outcome:
    record = existing(office, case, way)
    return came_of(
        office, case, office["cora"].try_change(VISIT, record, **case.values(way, office.ids, whole=False)), way
    )


def merge(office: Office, case: Case, way: str) -> Outcome:
    """Change what somebody else has changed elsewhere since it was read."""
    record = existing(office, case, way)
    office["admin"].change(VISIT, record, title="of another")
    sent = case.values(way, office.ids, whole=False)
    if "title" in sent:
        record = office["admin"].read(VISIT, record["id"])
    return came_of(office, case, office["cora"].try_change(VISIT, record, **sent), way)


def bulk(office: Office, cases: Sequence[Case], way: str, *, op: str, there: bool, job: bool) -> Found:
    """Send all cases as one request."""
    operations: list[dict[str, Any]] = []
    for case in cases:
        record = existing(office, case, way) if there else {"id": ""}
        values = case.values(way, office.ids, whole=not there)
        if op == "upsert":
            values = {"code": case.key(way)} | values
        operations.append({"op": op, "values": values} | ({"id": record["id"]} if op == "update" else {}))
    asked = {"operations": operations} | ({"key": ["code"]} if op == "upsert" else {})
    return _of_rows(office, cases, asked, way, job=job)


def _of_rows(office: Office, cases: Sequence[Case], asked: dict[str, Any], way: str, *, job: bool) -> Found:
    reply = office["cora"].post(f"/records/{VISIT}/bulk", asked | {"background": job})
    assert reply.status == (202 if job else 200), reply
    rows = (
        [one | one.get("details", {}) | {"id": one["record_id"]} for one in _rows(office, reply)]
        if job
        else reply.body["results"]
    )
    return {
        case.violation: refusal(row["problems"])
        if row["status"] == "refused"
        else kept(office, case, row["id"], row["problems"], way)
        for case, row in zip(cases, rows, strict=True)
    }


def _rows(office: Office, reply: Reply) -> list[Any]:
    while run_due(office.installation, JOB_KINDS):
        pass
    rows: list[Any] = office["cora"].get(f"/jobs/{reply.body['job']['id']}/rows", limit=200).body["items"]
    return rows


def by_key(office: Office, case: Case, way: str, *, there: bool) -> Outcome:
    if there:
        existing(office, case, way)
    values = {"code": case.key(way)} | case.values(way, office.ids, whole=not there)
    return came_of(
        office, case, office["cora"].put(f"/records/{VISIT}/by-key", {"key": ["code"], "values": values}), way
    )


def file(office: Office, cases: Sequence[Case], way: str, *, kind: str, there: bool) -> Found:
    """Send all cases as one file, in which rows of a record stand below its first."""
    records = [{"code": case.key(way)} | case.before | case.values(way, office.ids) for case in cases]
    if there:
        for case in cases:
            existing(office, case, way)
    heads = list(dict.fromkeys(name for one in records for name in one if name != "lines"))
    columns = list(dict.fromkeys(name for one in records for row in one["lines"] for name in row))
    rows: list[list[object]] = [[*heads, *(f"lines/{name}" for name in columns)]]
    for one in records:
        for number, row in enumerate(one["lines"]):
            head = [one.get(name) if not number else None for name in heads]
            rows.append([*head, *(row.get(name) for name in columns)])
    how: dict[str, Any] = {"mode": "upsert", "key": ["code"], "clear_blanks": True} if there else {}
    content = xlsx(rows) if kind == "xlsx" else _csv(rows)
    told = imported(office, "cora", VISIT, content, f"visits.{kind}", all_or_nothing=False, **how)
    return {case.violation: _of_row(office, case, one, way) for case, one in zip(cases, told["rows"], strict=True)}


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def _of_row(office: Office, case: Case, row: Mapping[str, Any], way: str) -> Outcome:
    """Return what a file tells, with the row of each finding as its place in the record."""
    details = row.get("details", row)
    told = [one | {"pointer": _pointer(one, details["row"])} for one in details["findings"]]
    if row["outcome"] == "failed":
        return refusal(told)
    return kept(office, case, row["record_id"], told, way)


def _pointer(finding: Mapping[str, Any], head: int) -> str:
    table, _, name = finding["field"].partition(".")
    return f"/{table}/{finding['row'] - head}/{name}" if name else f"/{table}"


def restore(office: Office, case: Case, way: str) -> Outcome:
    """Make a record what it was when that was still allowed."""
    admin, name = office["admin"], case.restored
    site = admin.create(SITE, code=case.key(way), name="once", open=True, frozen=False)
    old = case.values(way, office.ids, whole=False)
    old |= {"site": site["id"]} if "site" in old else {}
    if name in {"code", "slip", "starts"}:
        old[name] = {"starts": "2026-07-01"}.get(name, "OLD")
        old |= {"ends": "2026-07-02"} if name == "starts" else {}
    record = existing(office, case, way, **old)
    now = {**dict.fromkeys(old), "code": case.key(way), "site": None}
    record = admin.change(VISIT, record, **now)
    if name in {"open", "frozen"}:
        admin.change(SITE, site, **{name: name == "frozen"})
    else:
        admin.create(VISIT, **{**good(f"{case.key(way)}B"), **old})
    path = f"/records/{VISIT}/{record['id']}/restore"
    return came_of(office, case, office["cora"].post(path, {"version": 1}, if_match=f'"{record["version"]}"'), way)


def automation(office: Office, cases: Sequence[Case], way: str, *, there: bool) -> Found:
    """Knock: an automation does what the case says."""
    numbers = {one.violation: number for number, one in enumerate(every_case())}
    return {case.violation: _knocked(office, case, numbers[case.violation], way, there=there) for case in cases}


def _knocked(office: Office, case: Case, number: int, way: str, *, there: bool) -> Outcome:
    key = case.key(way)
    if there:
        existing(office, case, way)
    sent = case.values(way, office.ids)
    rows = [{name: row.get(name) for name in ("item", "count")} for row in sent["lines"]]
    knock = {"case": str(number), "target": key, "way": "alter" if there else "make", "site": sent.get("site")}
    reply = office["admin" if "@dark" in case.sent.values() else "cora"].post(
        f"/records/{KNOCK}", {"values": knock | {"lines": rows}}
    )
    return _by_automation(office, case, reply, sent["code"], way)


def _by_automation(office: Office, case: Case, reply: Reply, code: object, way: str) -> Outcome:
    if reply.status >= 400:
        reasons = [one["params"] for one in reply.body["problems"]]
        return Outcome(frozenset((one["at"], one["code"]) for one in reasons))
    return _by_code(office, case, reply, code, way)


def _by_code(office: Office, case: Case, reply: Reply, code: object, way: str) -> Outcome:
    if reply.status >= 400:
        return refusal(reply.body["problems"])
    found = office["admin"].list(VISIT, filter={"field": "code", "op": "eq", "value": code}).body["items"]
    return kept(office, case, found[0]["id"], (), way)


def hook(office: Office, case: Case, way: str) -> Outcome:
    """Deliver the record as another system does."""
    settings = replace(office.installation.settings, webhook_secrets={"gate": SECRET})
    office.app.extensions["formwork"] = replace(office.installation, settings=settings)
    names = [name for several in PAYLOAD.values() for name in several]
    sent = {name: value for name, value in case.values(way, office.ids).items() if name in names or name == "colour"}
    body = json.dumps(sent).encode()
    moment = str(int(office.clock.moment.timestamp()))
    headers = {"X-Formwork-Timestamp": moment, "X-Formwork-Signature": sign(SECRET, moment, body)}
    reply = office.another().send(
        "POST", "/hooks/gate.take", headers=headers, data=body, content_type="application/json"
    )
    if reply.status == 422 and reply.code == "invalid":
        return refusal(reply.body["problems"])
    return _by_automation(office, case, reply, sent.get("code"), way)


def public(office: Office, cases: Sequence[Case], way: str) -> Found:
    """Send it as a stranger does who has a link."""
    link = {"form": "gate.visit", "title": "Gate", "puzzle": False}
    token = office["admin"].post("/public-links", link).body["token"]
    return {case.violation: _as_stranger(office, case, token, way) for case in cases}


def _as_stranger(office: Office, case: Case, token: str, way: str) -> Outcome:
    values = case.values(way, office.ids)
    reply = office.another().post(f"/public/{token}", {"values": values})
    return _by_code(office, case, reply, values.get("code"), way)


def submit(office: Office, case: Case, way: str) -> Outcome:
    record = office["cora"].create(VISIT, **case.values(way, office.ids))
    return came_of(office, case, office["cora"].try_move("submit", VISIT, record), way)


def bulk_submit(office: Office, cases: Sequence[Case], way: str, *, job: bool) -> Found:
    ids = [office["cora"].create(VISIT, **case.values(way, office.ids))["id"] for case in cases]
    return _of_rows(office, cases, {"action": "submit", "ids": ids}, way, job=job)


def bulk_hand_in(office: Office, cases: Sequence[Case], way: str, *, job: bool) -> Found:
    """Create and hand in with one operation."""
    operations = [{"op": "create", "values": case.values(way, office.ids), "submit": True} for case in cases]
    return _of_rows(office, cases, {"operations": operations}, way, job=job)


WAYS = (
    Way("create", ("new",), "new", one_by_one(create)),
    Way("check of a new record", ("new",), "new", one_by_one(check_new)),
    Way("change", (), "change", one_by_one(change)),
    Way("change on an older version", (), "change", one_by_one(merge)),
    Way("check of a change", (), "change", one_by_one(check_change)),
    *(
        Way(
            f"bulk {op}{' of what is there' if there else ''}{' as a job' if job else ''}",
            ("by key",) if op == "upsert" else (),
            "change" if there else "new",
            partial(bulk, op=op, there=there, job=job),
        )
        for op, there in (("create", False), ("update", True), ("upsert", False), ("upsert", True))
        for job in (False, True)
    ),
    Way("by key", ("by key",), "new", one_by_one(partial(by_key, there=False))),
    Way("by key of what is there", ("by key",), "change", one_by_one(partial(by_key, there=True))),
    *(
        Way(
            f"{kind} file{' by key' if there else ''}",
            ("files", "by key") if there else ("files",),
            "change" if there else "new",
            partial(file, kind=kind, there=there),
        )
        for kind in ("xlsx", "csv")
        for there in (False, True)
    ),
    Way("restoring a version", ("restore",), "restore", one_by_one(restore)),
    Way("automation that creates", ("automation",), "new", partial(automation, there=False), tells=False),
    Way(
        "automation that changes",
        ("automation", "automation that changes"),
        "change",
        partial(automation, there=True),
        tells=False,
    ),
    Way("incoming webhook", ("hook",), "new", one_by_one(hook), tells=False),
    Way("public form", ("public",), "new", public, tells=False),
    Way("submission", (), "submit", one_by_one(submit)),
    *(
        Way(f"bulk submission{' as a job' if job else ''}", (), "submit", partial(bulk_submit, job=job))
        for job in (False, True)
    ),
    *(
        Way(f"bulk creation with submission{' as a job' if job else ''}", (), "submit", partial(bulk_hand_in, job=job))
        for job in (False, True)
    ),
)
"""Every path of the matrix."""
