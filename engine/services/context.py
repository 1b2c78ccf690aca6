"""Who asks, when, and in which language: what every use case is given."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, as far as permissions care. `roles` are qualified names.

    `is_given` says whether something may be shared with the person; without knowing one has to ask.
    """

    id: str
    name: str
    login: str = ""
    language: str = "zh-CN"
    is_admin: bool = False
    department_id: str | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    is_given: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """One request.

    `now` is aware. `idempotency_key` with `fingerprint` (a digest of what was asked) makes a repeated request answer what
    the first one answered. `via` says what the change came through where it was not a person at a form (`bulk`, `import` ...), and
    `on_behalf` whom it was done for.
    """

    actor: Actor
    now: datetime
    request_id: str
    language: str = "zh-CN"
    idempotency_key: str = ""
    fingerprint: str = ""
    via: str = ""
    on_behalf: str = ""
