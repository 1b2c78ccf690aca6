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


class AutomationFailed(Invalid):
    """An automation could not do its part, so what triggered it was undone; `chain` are the automations that led to it."""

    def __init__(self, key: str, title: Mapping[str, str], chain: Iterable[str], problems: Iterable[Problem]) -> None:
        super().__init__(problems, "automation_failed")
        self.params = {"automation": key, "title": dict(title), "chain": " → ".join(chain), "count": len(self.problems)}


class NotFound(FormworkError):
    """There is no such thing, or the actor may not know that there is."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__("not_found", {"kind": kind, "key": key})


class Forbidden(FormworkError):
    """The actor may not do this; `reason` is the code of the rule that decided, `title` what people call the subject."""

    def __init__(
        self, action: str, subject: str, reason: str = "no_grant", title: Mapping[str, str] | None = None
    ) -> None:
        told = {"action_title": _ACTIONS.get(action, action), "reason_text": _REASONS.get(reason, reason)}
        codes = {"action": action, "subject": subject, "reason": reason}
        super().__init__("forbidden", codes | told | {"subject_title": title or subject})


_ACTIONS: Mapping[str, Mapping[str, str]] = {
    "read": {"zh-CN": "查看", "en": "see"},
    "create": {"zh-CN": "新建", "en": "create"},
    "update": {"zh-CN": "修改", "en": "change"},
    "delete": {"zh-CN": "删除", "en": "delete"},
    "submit": {"zh-CN": "提交", "en": "hand in"},
    "withdraw": {"zh-CN": "撤回", "en": "withdraw"},
    "void": {"zh-CN": "作废", "en": "void"},
    "publish": {"zh-CN": "发布", "en": "publish"},
    "import": {"zh-CN": "导入", "en": "import"},
    "export": {"zh-CN": "导出", "en": "export"},
    "comment": {"zh-CN": "评论", "en": "comment on"},
    "share": {"zh-CN": "共享", "en": "share"},
    "close_period": {"zh-CN": "关账", "en": "close periods"},
    "reopen_period": {"zh-CN": "反关账", "en": "reopen periods"},
    "press": {"zh-CN": "按此按钮", "en": "press this button"},
    "call": {"zh-CN": "调用", "en": "call"},
}
_REASONS: Mapping[str, Mapping[str, str]] = {
    "no_grant": {"zh-CN": "您的角色没有这项权限", "en": "none of your roles allows it"},
    "outside_scope": {"zh-CN": "这条记录不在您的数据范围内", "en": "your roles allow it on other records only"},
    "admins_only": {"zh-CN": "只有管理员可以", "en": "it is for administrators"},
    "ledger_is_written_by_postings": {"zh-CN": "台账只由单据过账写入", "en": "ledgers are written by documents only"},
    "not_yours": {"zh-CN": "只有作者本人可以", "en": "it is for who wrote it"},
    "not_a_document": {"zh-CN": "只有单据可以这样做", "en": "only documents have this"},
    "cross_site": {"zh-CN": "请求来自另一个网站", "en": "the request came from another site"},
    "signature": {"zh-CN": "签名不正确或已过期", "en": "the signature is wrong or too old"},
    "csrf_token": {"zh-CN": "页面已过期，请刷新", "en": "the page is out of date, reload it"},
}


class SignInRequired(FormworkError):
    """Nobody is signed in, or the session has ended."""

    def __init__(self) -> None:
        super().__init__("sign_in_required")


class Stale(FormworkError):
    """Somebody changed it meanwhile: the given version is not the current one."""

    def __init__(self, given: int, current: int) -> None:
        super().__init__("stale", {"given": given, "current": current})


class MergeConflict(FormworkError):
    """Somebody changed the same fields meanwhile; `problems` has one finding for each, with the three values."""

    def __init__(self, given: int, current: int, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        super().__init__("merge_conflict", {"given": given, "current": current, "count": len(found)}, found)


class VersionRequired(FormworkError):
    """A change must say which version it was made on."""

    def __init__(self) -> None:
        super().__init__("version_required")


class Conflict(FormworkError):
    """The present state does not allow this (already decided, in use, key used for something else ...)."""


class NotSetUp(Conflict):
    """The installation has no publication yet: nobody has set it up."""

    def __init__(self) -> None:
        super().__init__("not_set_up")


class KeyMissing(FormworkError):
    """An encrypted value cannot be read or written: its key (`key`, empty: any at all) is not among those of the settings."""

    def __init__(self, key: str) -> None:
        super().__init__("key_missing", {"key": key})


class FileStoreAway(FormworkError):
    """What keeps the contents of files does not answer (`file_store_away`) or refuses (`file_store_refused`); `reason` is its word for it."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__("file_store_refused" if refused else "file_store_away", {"reason": reason})


class Misconfigured(FormworkError):
    """The settings ask for what cannot be had."""


class TooLarge(FormworkError):
    """More bytes than allowed."""

    def __init__(self, limit: int, size: int | None = None) -> None:
        super().__init__("too_large", {"limit": limit, "size": size, "megabytes": f"{limit / 2**20:.3g}"})


class LinkClosed(FormworkError):
    """A public link gives nothing any more: `expired`, `full` or `full_today`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"public_link_{reason}", {"reason": reason})


class TooMany(FormworkError):
    """Too many requests in a short time."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many_requests", {"retry_after": retry_after})


class Busy(FormworkError):
    """Somebody else holds the lock for longer than one waits."""

    def __init__(self) -> None:
        super().__init__("busy")
