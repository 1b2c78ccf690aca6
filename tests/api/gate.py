"""The gate of the matrix: one entity with a rule of every kind, and what each violation sends to it (`rules_on_every_path.json`)."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from engine.definition.schemas import address
from tests.api.office import PASSWORD, Office

CASES = Path(__file__).parent / "rules_on_every_path.json"
MODULES_OF_RULES = Path(__file__).parents[1] / "modules_of_rules"
VISIT, SITE, KNOCK = "gate.visit", "gate.site", "gate.knock"
ROW = {"item": "@own", "count": 1}
PAYLOAD = {
    "decimal": ("amount", "spent", "half", "fee", "margin"),
    "date": ("day", "starts", "ends"),
    "boolean": ("urgent", "locked"),
    "text": ("code", "title", "site", "slip", "kind", "reason", "kept", "cleared", "ignored", "fixed", "stamp"),
}
"""What a delivery of the webhook may hold, by type."""


@dataclass(frozen=True, slots=True)
class Case:
    """One violation: what is sent over a good record, and what must come of it.

    `found` are pointers and codes of what refuses; where nothing does, `stored` has values by path. `kind` says where it can
    happen: everywhere, to `new` records, to `change`s, at `submit`. `paths` has what must be otherwise on some of them, each with a reason.
    """

    violation: str
    sent: Mapping[str, Any]
    found: Sequence[Sequence[str]] = ()
    stored: Mapping[str, Any] = field(default_factory=dict)
    warned: Sequence[Sequence[str]] = ()
    kind: str = "any"
    before: Mapping[str, Any] = field(default_factory=dict)
    restored: str = ""
    paths: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def cannot(self, group: str) -> bool:
        """Say whether a path has no way to send this: an effect that changes sets no rows."""
        no_rows = group == "automation that changes" and "lines" in self.sent
        return no_rows or "cannot" in self.paths.get(group, {})

    def expected(self, group: str) -> "Outcome":
        """Return what must come of it on a path."""
        told = self.paths.get(group, {})
        found = told.get("found", () if "stored" in told else self.found)
        stored = told.get("stored", self.stored)
        return Outcome(_pairs(found), {} if found else dict(stored), _pairs(told.get("warned", self.warned)))

    def values(self, way: str, ids: Mapping[str, str], *, whole: bool = True) -> dict[str, Any]:
        """Return what one path sends: with `whole`, a record that is good but for the violation."""
        base = good(self.key(way)) if whole else {}
        sent = _named(self.sent, ids, self.key(way))
        return {**base, **sent}

    def key(self, way: str) -> str:
        """Return a code that only this violation on this path has."""
        return f"{way.replace(' ', '')[:3].upper()}{crc32((way + self.violation).encode()) % 10**7:07}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a cell: what refused it, or values that were asked for, by path, and what was warned of."""

    found: frozenset[tuple[str, str]] = frozenset()
    stored: Mapping[str, Any] = field(default_factory=dict)
    warned: frozenset[tuple[str, str]] = frozenset()


def _pairs(given: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    return frozenset((at, code) for at, code in given)


def cases() -> list[Case]:
    """Return every violation."""
    return [Case(**one) for one in json.loads(CASES.read_text(encoding="utf-8"))]


def good(key: str) -> dict[str, Any]:
    """Return a record that nothing is wrong with."""
    return {"code": key, "title": "x", "lines": [ROW | {"item": key}]}


def _named(value: Any, ids: Mapping[str, str], key: str) -> Any:
    """Return values with ids for names (`@open`) and the case's own key for `@own`."""
    if isinstance(value, Mapping):
        return {name: _named(one, ids, key) for name, one in value.items()}
    if isinstance(value, list):
        return [_named(one, ids, key) for one in value]
    if isinstance(value, str) and value.startswith("@"):
        return key + value[4:] if value.startswith("@own") else ids[value[1:]]
    return value


def write_gate(folder: Path) -> Path:
    """Write the modules with one automation for each violation that a formula can say, and the webhook; return the folder."""
    shutil.copytree(MODULES_OF_RULES, folder, dirs_exist_ok=True)
    into = folder / "gate" / "automations"
    into.mkdir()
    for name, document in _automations():
        (into / f"{name}.json").write_text(
            json.dumps({"$schema": address("automation"), "name": name, "title": name, **document}), encoding="utf-8"
        )
    return folder


def _automations() -> Iterator[tuple[str, Any]]:
    for number, case in enumerate(cases()):
        if case.cannot("automation") or case.kind == "submit":
            continue
        told = {name: formula(name, value) for name, value in case.sent.items() if name != "lines"}
        if case.kind != "change":
            rows = {"each": "lines", "set": {"item": "item", "count": "count"}}
            made = {
                "type": "create",
                "entity": "visit",
                "set": {"code": "target", "title": "'x'", **told, "lines": rows},
            }
            yield f"make_{number}", _on_knock(f"case = '{number}' AND way = 'make'", made)
        if case.kind != "new" and told:
            told |= {"site": "RECORD.site"} if "site" in told else {}
            changed = {"type": "update", "entity": "visit", "where": "code = RECORD.target", "set": told}
            yield f"alter_{number}", _on_knock(f"case = '{number}' AND way = 'alter'", changed)
    kinds = {name: kind for kind, several in PAYLOAD.items() for name in several}
    payload = {"type": "object", "properties": {name: _schema(name, kind) for name, kind in kinds.items()}}
    told = {name: f"PAYLOAD.{name}" for name in kinds}
    made = {"type": "create", "entity": "visit", "set": told | {"lines": {"set": {"item": "'of ' & PAYLOAD.code"}}}}
    yield "take", {"on": {"type": "webhook", "secret": "gate", "payload": payload}, "do": [made]}


def _schema(name: str, kind: str) -> dict[str, Any]:
    more = {"decimal": {"type": "string", "format": "decimal"}, "date": {"type": "string", "format": "date"}}
    return {"title": name} | more.get(kind, {"type": "string" if kind == "text" else kind})


def _on_knock(when: str, effect: dict[str, Any]) -> dict[str, Any]:
    return {"entity": "knock", "on": {"type": "create"}, "when": when, "do": [effect]}


def formula(name: str, value: object) -> str:
    """Return the expression that gives a JSON value to a field; what is pointed at comes from what triggers."""
    kind = next((kind for kind, several in PAYLOAD.items() if name in several), "text")
    if value is None:
        return "BLANK"
    if name == "site":
        return "site"
    if kind == "date":
        year, month, day = str(value).split("-")
        return f"DATE({int(year)}, {int(month)}, {int(day)})"
    return {"boolean": str(value).upper(), "decimal": str(value)}.get(kind, f"'{value}'")


def furnish_gate(office: Office) -> dict[str, str]:
    """Add the clerk, the sites and what another has already; return ids by short names."""
    admin = office["admin"]
    ids = {}
    given = {"login": "cora", "name": "Cora", "password": PASSWORD, "roles": ["gate.clerk"]}
    ids["cora"] = admin.post("/accounts", given).body["id"]
    for name in ("open", "shut", "frozen", "dark"):
        site = {"code": name.upper(), "name": name, "open": name != "shut", "frozen": name == "frozen"}
        ids[name] = admin.create(SITE, **site)["id"]
    taken = {"code": "TAKEN", "slip": "TAKEN", "site": ids["open"], "day": "2026-05-05", "starts": "2026-05-01"}
    admin.create(VISIT, **{**good("TAKEN"), **taken, "ends": "2026-05-10"})
    return ids
