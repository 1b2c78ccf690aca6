"""Approvals as card trees: as drawn by an admin, and as a record's approval stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition import Configuration
from engine.definition.model import Flow
from engine.projection.texts import in_language

_ENDS: Mapping[str, Mapping[str, str]] = {
    "start": {"zh-CN": "发起", "en": "Start"},
    "end": {"zh-CN": "结束", "en": "End"},
}
_STATES = {
    "done": "done",
    "present": "current",
    "blocked": "current",
    "rejected": "returned",
    "ahead": "future",
    "skipped": "skipped",
}


def title_of(flow: Flow, node: str, language: str, fallback: str = "") -> str:
    """Return what a step is called; `node/branch` names a branch."""
    text = flow.titles.get(node) or _ENDS.get(node)
    return (in_language(text, language) if text else "") or fallback or node.rpartition("/")[2]


def flow_cards(configuration: Configuration, flow: Flow, language: str) -> list[dict[str, Any]]:
    """Return the drawn tree of a flow, with the rules that find its people in words."""
    cards = _Cards(configuration, flow, language)
    start, end = cards.plain("start", "start"), cards.plain("end", "end")
    return [start, *cards.steps(flow.document.get("steps")), end]


class _Cards:
    def __init__(self, configuration: Configuration, flow: Flow, language: str) -> None:
        self._configuration = configuration
        self._flow = flow
        self._language = language

    def plain(self, name: str, kind: str) -> dict[str, Any]:
        return {
            "name": name,
            "title": title_of(self._flow, name, self._language),
            "type": kind,
            "state": "future",
            "people": [],
        }

    def steps(self, steps: object) -> list[dict[str, Any]]:
        return [self._step(step) for step in steps if isinstance(step, Mapping)] if isinstance(steps, Sequence) else []

    def _step(self, step: Mapping[str, Any]) -> dict[str, Any]:
        name = str(step.get("id") or step.get("name"))
        card = self.plain(name, str(step.get("type")))
        rules = step.get("by") or step.get("to") or []
        card["rules"] = [self._rule(rule) for rule in rules]
        card["mode"] = step.get("mode", "any") if step.get("type") == "approve" else None
        if "branches" in step:
            card["branches"] = [self._branch(name, branch) for branch in step["branches"]]
        return card

    def _branch(self, node: str, branch: Mapping[str, Any]) -> dict[str, Any]:
        name = str(branch.get("id") or branch.get("name"))
        title = title_of(self._flow, f"{node}/{name}", self._language)
        told = {
            "name": name,
            "title": title,
            "taken": None,
            "when": branch.get("when", ""),
            "default": branch.get("default") is True,
        }
        return told | {"steps": self.steps(branch.get("steps"))}

    def _rule(self, rule: Mapping[str, Any]) -> dict[str, str]:
        kind, value = next((str(key), value) for key, value in rule.items() if key != "weight")
        known = {**self._configuration.roles, **self._configuration.project_roles}
        own = f"{self._flow.module}.{value}"
        role = known.get(str(value)) or known.get(own)
        return {"kind": kind, "value": in_language(role.title, self._language) if role else str(value)}


def standing_cards(
    flow: Flow, cards: Sequence[Mapping[str, Any]], names: Mapping[str, str], language: str
) -> list[dict[str, Any]]:
    """Return the cards of a running approval, as `path_view` gives them, with titles and people's names."""
    return [_standing(flow, card, names, language) for card in cards]


def _standing(flow: Flow, card: Mapping[str, Any], names: Mapping[str, str], language: str) -> dict[str, Any]:
    node = str(card["node"])
    shown: dict[str, Any] = {
        "name": node,
        "title": title_of(flow, node, language, str(card["title"])),
        "type": card["type"],
        "state": _STATES[card["status"]],
        "people": [
            {
                "id": seat["user"],
                "name": names.get(seat["user"], seat["user"]),
                "status": seat["status"],
                "at": seat["at"],
                "comment": seat["comment"],
            }
            for seat in card["seats"]
        ],
    }
    if "branches" in card:
        shown["branches"] = [
            {
                "name": branch["name"],
                "title": title_of(flow, f"{node}/{branch['name']}", language, branch["title"]),
                "taken": branch["taken"],
                "steps": standing_cards(flow, branch["steps"], names, language),
            }
            for branch in card["branches"]
        ]
    return shown
