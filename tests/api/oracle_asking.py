"""Asking the API as each person of the oracle's company: every answer is compared, and read for what the person may not see."""

import json
import re
from collections import Counter
from collections.abc import Mapping

from tests.api.office import Office, Reply
from tests.api.oracle_company import COMPANY
from tests.api.oracle_words import GONE, JOB, SITE, THING, Oracle, Row, tokens

KEYS: Mapping[str, str] = {"job": JOB, "thing": THING, "site": SITE}
TOKENS = tokens(COMPANY.rows.values())
_TOKEN = re.compile(r"[a-z]+_[a-z]+_\d+_end|\d+\.(?:7\d\d|17|29)(?!\d)")
COUNTED: Counter[str] = Counter()


class Asked:
    """One person at work, with the oracle at the side: every answer is read for values that the person may not see."""

    def __init__(self, office: Office, login: str) -> None:
        self.office, self.login = office, login
        self.person = office[login]
        self.oracle = Oracle(COMPANY, COMPANY.humans[login])

    def rows(self, entity: str) -> list[Row]:
        return [row for row in COMPANY.of(entity) if row.key not in GONE]

    def readable(self, entity: str, *by: str) -> list[Row]:
        return [row for row in self.oracle.readable(entity, by) if row.key not in GONE]

    def agrees(self, what: str, found: object, expected: object, *about: object) -> None:
        COUNTED[what] += 1
        assert found == expected, (what, self.login, sorted(self.oracle.human.roles), *about)

    def get(self, path: str, **query: object) -> Reply:
        return self.scan(self.person.get(path, **query), path)

    def scan(self, reply: Reply, *about: object) -> Reply:
        """Refuse an answer that tells what the person may not see."""
        text = reply.body.decode("utf-8", "replace") if isinstance(reply.body, bytes) else json.dumps(reply.body)
        assert reply.status != 500, (self.login, reply, about)
        for value in set(_TOKEN.findall(text)) & set(TOKENS):
            row, path = TOKENS[value]
            COUNTED["values read"] += 1
            assert self._may_know(row, path), (self.login, sorted(self.oracle.human.roles), value, row.key, about, text)
        COUNTED["answers scanned"] += 1
        return reply

    def _may_know(self, row: Row, path: str) -> bool:
        if self.oracle.level_of(row, path) in ("read", "write"):
            return True
        if path != "name" or row.entity == "job":
            return False
        # What a record is called is told to who sees it pointed at, unless the person's own roles close it.
        closed = self.oracle.may_any(row.entity, "read") and not self.oracle.asks_by(row.entity, path)
        return not closed and any(one.values[row.entity] == row.key for one in self.oracle.readable("job"))


def ids(asked: Asked, rows: list[Row]) -> list[str]:
    return sorted(asked.office.ids[row.key] for row in rows)
