"""A desk over the public API of an application in the same process: what scenarios do is what a person's browser does."""

import json
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from wsgiref.types import WSGIApplication

from engine.adapters.wsgi_browser import Reply, WSGIBrowser
from engine.services.scenarios import ADMIN, ENTRY_WORD, Finding, Refused, Sight, Waiting

_API = "/api/v1"
_PAGE = "200"
_START = "start"
_NOTHING_TO_DECIDE = "no_task"


class ApiDesk:
    """Everybody's browser, each signed in when first used; messages are read in `language`. `pass_time` moves the clock.

    `ask_limits` does what a worker would do meanwhile.
    """

    def __init__(
        self,
        app: WSGIApplication,
        language: str = "zh-CN",
        *,
        pass_time: Callable[[date], None] | None = None,
        ask_limits: Callable[[], object] | None = None,
    ) -> None:
        self._app, self._language, self._pass_time, self._ask_limits = app, language, pass_time, ask_limits
        self._browsers: dict[str, WSGIBrowser] = {}
        self._lock = threading.Lock()

    def employ(self, login: str, roles: Sequence[str], department: str | None, *, admin: bool) -> str:
        """Give a person an account; the administrator who is there from the start is changed."""
        given: dict[str, object] = {"roles": list(roles), "department_id": department, "is_admin": admin}
        if login == ADMIN:
            own = str(self._ask(ADMIN, "GET", "/session")["person"]["id"])
            if roles or department:
                self._ask(ADMIN, "PATCH", f"/accounts/{own}", given | {"is_admin": True})
            return own
        given |= {"login": login, "name": login, "password": ENTRY_WORD}
        return str(self._ask(ADMIN, "POST", "/accounts", given)["id"])

    def department(self, code: str) -> str:
        """Found a department."""
        return str(self._ask(ADMIN, "POST", "/departments", {"code": code, "name": code})["id"])

    def lead(self, department: str, person: str) -> None:
        """Make a person the head of a department."""
        self._ask(ADMIN, "PATCH", f"/departments/{department}", {"head_id": person})

    def create(self, who: str, entity: str, values: Mapping[str, object]) -> Sight:
        """Create a record."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return _sight(self._ask(who, "POST", f"/records/{entity}", {"values": values}, headers=headers))

    def update(self, who: str, entity: str, record: str, values: Mapping[str, object]) -> Sight:
        """Change a record on the version that the person sees."""
        return _sight(self._change(who, "PATCH", f"/records/{entity}/{record}", {"values": values}))

    def delete(self, who: str, entity: str, record: str) -> None:
        """Delete a record."""
        self._change(who, "DELETE", f"/records/{entity}/{record}", None)

    def move(self, who: str, verb: str, entity: str, record: str, comment: str) -> Sight:
        """Submit, withdraw or void a document."""
        return _sight(
            self._change(
                who, "POST", f"/records/{entity}/{record}", {"comment": comment} if comment else {}, f"/{verb}"
            )
        )

    def decide(self, who: str, verb: str, entity: str, record: str, to: str, comment: str) -> None:
        """Decide from the person's own seat. Raises Refused `no_task` where nobody asks the person."""
        seat = self._ask(who, "GET", f"/records/{entity}/{record}/approval")["my_seat"]
        if seat is None:
            raise Refused(_NOTHING_TO_DECIDE, [Finding(_NOTHING_TO_DECIDE, says=f"{who}: /my_seat = null")])
        body: dict[str, object] = {"comment": comment}
        if verb == "return":
            body["targets"] = [to or _START]
        elif verb == "transfer":
            body["to"] = to
        headers = {"If-Match": f'"{seat["rev"]}"', "Idempotency-Key": uuid.uuid4().hex}
        self._ask(who, "POST", f"/tasks/{seat['id']}/{verb}", body, headers=headers)

    def close(self, who: str, verb: str, ledger: str, told: Mapping[str, object]) -> None:
        """Close or reopen a period of a ledger."""
        self._ask(who, "POST", f"/closings/{ledger}/{verb}", told, headers={"Idempotency-Key": uuid.uuid4().hex})

    def read(self, who: str, entity: str, record: str) -> Sight:
        """Read a record."""
        return _sight(self._ask(who, "GET", f"/records/{entity}/{record}"))

    def waiting(self, who: str, entity: str, record: str) -> tuple[Waiting, ...]:
        """Return who is asked about a document now."""
        seats = self._ask(who, "GET", f"/records/{entity}/{record}/approval")["seats"]
        return tuple(Waiting(seat["node"], seat["user"]["id"]) for seat in seats if seat["status"] == "pending")

    def measure(self, who: str, key: str, where: Mapping[str, object]) -> str | None:
        """Return the total of a measure."""
        total = self._ask(who, "GET", f"/measures/{key}", query={"where": json.dumps(where)})["total"]
        return None if total is None else str(total)

    def alerts(self, who: str, key: str, where: Mapping[str, object]) -> tuple[str, ...]:
        """Return what is raised, as it stands in the answer beside the figure."""
        if self._ask_limits is not None:
            self._ask_limits()
        found = self._ask(who, "GET", f"/measures/{key}", query={"where": json.dumps(where)})["alerts"]
        return tuple(sorted(str(one["limit"]) for one in found))

    def told(self, who: str) -> tuple[str, ...]:
        """Return the texts of the newest notices."""
        return tuple(str(one["text"]) for one in self._ask(who, "GET", "/notifications")["items"])

    def wait_until(self, day: date) -> None:
        """Let time go on. Where nobody may move the clock, nothing happens by it."""
        if self._pass_time is not None:
            self._pass_time(day)

    def count(self, who: str, entity: str, where: Sequence[object]) -> int:
        """Count page by page, as somebody would who scrolls to the end."""
        query = {"limit": _PAGE} | ({"filter": json.dumps({"and": list(where)})} if where else {})
        found, cursor = 0, ""
        while True:
            page = self._ask(who, "GET", f"/records/{entity}", query=query | ({"cursor": cursor} if cursor else {}))
            found += len(page["items"])
            cursor = page["next_cursor"]
            if not cursor:
                return found

    def _change(self, who: str, method: str, path: str, body: object, action: str = "") -> Any:
        """Send a change on the version that is there now, as somebody would who has just opened the record."""
        version = self._ask(who, "GET", path)["version"]
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": uuid.uuid4().hex}
        return self._ask(who, method, path + action, body, headers=headers)

    def _ask(
        self,
        who: str,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        browser = self._browser(who)
        told = {"X-CSRF-Token": browser.cookies.get("formwork_csrf", ""), "Accept-Language": self._language}
        return _done(browser.send(method, _API + path, body, query=query, headers=told | dict(headers or {})))

    def _browser(self, who: str) -> WSGIBrowser:
        with self._lock:
            if who not in self._browsers:
                browser = WSGIBrowser(self._app)
                _done(browser.send("POST", f"{_API}/session", {"login": who, "password": ENTRY_WORD}))
                self._browsers[who] = browser
            return self._browsers[who]


def _done(reply: Reply) -> Any:
    """Return what was answered. Raises Refused with every reason that an error body gives."""
    if reply.status < 400:
        return reply.body
    body = reply.body or {}
    itself = Finding(body.get("code", ""), says=" ".join(filter(None, (body.get("title"), body.get("detail")))))
    raise Refused(itself.code, [*(_finding(one) for one in body.get("problems", ())), itself])


def _sight(record: Mapping[str, Any]) -> Sight:
    warnings = tuple(_finding(one) for one in record.get("warnings", ()))
    return Sight(record["id"], record.get("status") or "", record["values"], warnings)


def _finding(problem: Mapping[str, Any]) -> Finding:
    params = problem.get("params", {})
    return Finding(
        code=problem["code"],
        pointer=problem.get("pointer", ""),
        says=problem.get("detail", ""),
        rule=str(params.get("rule", "")),
        severity=problem.get("severity", "error"),
    )
