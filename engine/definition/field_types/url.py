"""Addresses of the web."""

import re
from urllib.parse import urlsplit

from engine.definition.field_types.aspects import malformed
from engine.definition.field_types.text import Text
from engine.definition.model import Field
from engine.problems import Problem

_UNWRITTEN = re.compile(r"[\s<>\"\\^`{|}]")


class Url(Text):
    """An address that begins with http or https: nothing that a click could run."""

    name = "url"
    title = {"zh-CN": "网址", "en": "URL"}
    docs = {"zh-CN": "以 http:// 或 https:// 开头的网址。", "en": "An address that begins with http:// or https://."}
    control = "url"
    json_format = "uri"
    settings = frozenset()
    longest = 2000

    def coerce(self, value: object, field: Field) -> object:
        """Accept an absolute address with a host."""
        text = super().coerce(value.strip() if isinstance(value, str) else value, field)
        if not isinstance(text, str):
            return text
        return text if _is_address(text) else malformed(text, "以 http:// 或 https:// 开头的网址", "an http(s) address")

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take any words: a filter asks for parts of an address too."""
        return Text.coerce(self, value, field)

    def from_text(self, text: str, field: Field) -> object:
        """Accept an address as it is."""
        return self.coerce(text.strip(), field)

    def from_expression(self, value: object, field: Field) -> object:
        """Keep what is an address."""
        found = self.coerce(value, field) if isinstance(value, str) else None
        return None if isinstance(found, Problem) else found

    def example(self, field: Field) -> object:
        """Return an address."""
        return "https://example.com/a"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not _UNWRITTEN.search(text) and _port(text)
        )
    except ValueError:
        return False


def _port(text: str) -> bool:
    port = urlsplit(text).port
    return port is None or port > 0
