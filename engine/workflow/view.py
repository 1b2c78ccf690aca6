"""The drawn tree with the present place in it: what people see of a running instance."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.workflow.program import END, Card, Node, Program
from engine.workflow.state import ENDED, Activation, Seat, State

OUTCOMES = {"passed": "done", "auto_passed": "done", "rejected": "rejected"}


def path_view(program: Program, state: State, seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Return the cards from start to end as plain JSON.

    A card: `node`, `type`, `title`, `status`, `round`, `automatic`, `seats` (all rounds, the oldest first) and, on branch and
    parallel cards, `branches` of `name`, `title`, `taken` (True, False, or None where it is not decided) and `steps`. `status`
    is done, present, blocked, rejected, ahead, or skipped for what is not come to any more.
    """
    return _View(program, state, seats).cards()


class _View:
    def __init__(self, program: Program, state: State, seats: Iterable[Seat]) -> None:
        self.program = program
        self.state = state
        self.seats: dict[str, list[Seat]] = {}
        for seat in sorted(seats, key=lambda seat: seat.id):
            self.seats.setdefault(seat.node, []).append(seat)
        self.latest: Mapping[str, Activation] = {entry.node: entry for entry in state.activations}

    def cards(self) -> list[dict[str, Any]]:
        start = self._card(Card(self.program.start))
        end = self._card(Card(END)) | {"status": self._end_status()}
        return [start, *(self._card(card) for card in self.program.outline), end]

    def _end_status(self) -> str:
        if self.state.status in ("approved", "voided"):
            return "done"
        return "skipped" if self.state.status in ENDED else "ahead"

    def _card(self, card: Card, *, passed_by: bool = False) -> dict[str, Any]:
        node = self.program.nodes[card.node]
        entry = self.latest.get(card.node)
        shown: dict[str, Any] = {
            "node": node.name,
            "type": node.kind,
            "title": node.title,
            "status": self._status(entry, passed_by=passed_by),
            "round": entry.round if entry else None,
            "automatic": entry is not None and entry.outcome == "auto_passed",
            "seats": [_seat(seat) for seat in self.seats.get(node.name, [])],
        }
        if node.kind == "parallel" and shown["status"] == "done" and not self._joined(node):
            shown["status"] = "skipped" if self.state.status in ENDED else "present"
        if node.branches:
            shown["branches"] = [
                self._branch(node, entry, index, cards, passed_by=passed_by)
                for index, cards in enumerate(card.branches)
            ]
        return shown

    def _joined(self, node: Node) -> bool:
        return node.pair in self.latest

    def _status(self, entry: Activation | None, *, passed_by: bool) -> str:
        if entry is None:
            return "skipped" if passed_by or self.state.status in ENDED else "ahead"
        if entry.outcome is None:
            return "blocked" if entry.blocked else "present"
        return OUTCOMES[entry.outcome]

    def _branch(
        self, node: Node, entry: Activation | None, index: int, cards: tuple[Card, ...], *, passed_by: bool
    ) -> dict[str, Any]:
        branch = node.branches[index]
        taken = None if entry is None else node.kind == "parallel" or entry.branch == branch.name
        aside = passed_by or taken is False
        return {
            "name": branch.name,
            "title": branch.title,
            "taken": taken,
            "steps": [self._card(card, passed_by=aside) for card in cards],
        }


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "id": seat.id,
        "user": seat.user,
        "origin_user": seat.origin_user,
        "on_behalf_of": seat.on_behalf_of,
        "kind": seat.kind,
        "status": seat.status,
        "round": seat.round,
        "rev": seat.rev,
        "at": seat.at.isoformat(),
        "comment": seat.comment,
    }
