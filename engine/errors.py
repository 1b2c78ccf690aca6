"""Exceptions: what a use case refuses, with typed values and no knowledge of HTTP.

`code` is the name of a text in `texts/problems/`; `params` fill it; `problems` are the single findings.
"""

from collections.abc import Iterable, Mapping

from engine.problems import Problem


class FormworkError(Exception):
    """A refusal that a person can understand and mend."""

    def __init__(self, code: str, params: Mapping[str, object] | None = None, problems: Iterable[Problem] = ()) -> None:
        super().__init__(code, dict(params or {}))
        self.code = code
        self.params: Mapping[str, object] = dict(params or {})
        self.problems: tuple[Problem, ...] = tuple(problems)


class Invalid(FormworkError):
    """What was sent breaks rules; every broken rule is in `problems`."""

    def __init__(self, problems: Iterable[Problem], code: str = "invalid") -> None:
        found = tuple(problems)
        super().__init__(code, {"count": len(found)}, found)


class NotFound(FormworkError):
    """There is no such thing, or the actor may not know that there is."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__("not_found", {"kind": kind, "key": key})


class Forbidden(FormworkError):
    """The actor may not do this; `reason` is the code of the rule that decided."""

    def __init__(self, action: str, subject: str, reason: str = "no_grant") -> None:
        super().__init__("forbidden", {"action": action, "subject": subject, "reason": reason})


class SignInRequired(FormworkError):
    """Nobody is signed in, or the session has ended."""

    def __init__(self) -> None:
        super().__init__("sign_in_required")


class Stale(FormworkError):
    """Somebody changed it meanwhile: the given version is not the current one."""

    def __init__(self, given: int, current: int) -> None:
        super().__init__("stale", {"given": given, "current": current})


class VersionRequired(FormworkError):
    """A change must say which version it was made on."""

    def __init__(self) -> None:
        super().__init__("version_required")


class Conflict(FormworkError):
    """The present state does not allow this (already decided, in use, key used for something else ...)."""


class TooLarge(FormworkError):
    """More bytes than allowed."""

    def __init__(self, limit: int, size: int | None = None) -> None:
        super().__init__("too_large", {"limit": limit, "size": size})


class TooMany(FormworkError):
    """Too many requests in a short time."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many_requests", {"retry_after": retry_after})


class Busy(FormworkError):
    """Somebody else holds the lock for longer than one waits."""

    def __init__(self) -> None:
        super().__init__("busy")
