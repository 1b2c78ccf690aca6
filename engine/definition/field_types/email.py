"""Addresses of mail."""

import re

from engine.definition.field_types.aspects import malformed
from engine.definition.field_types.text import Text
from engine.definition.model import Field

_MAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?\Z")


class Email(Text):
    """One address of mail; its domain is kept in small letters."""

    name = "email"
    title = {"zh-CN": "邮箱", "en": "E-mail"}
    docs = {"zh-CN": "一个邮箱地址；域名存为小写。", "en": "One address of mail; the domain is kept in small letters."}
    control = "email"
    json_format = "email"
    longest = 254

    def coerce(self, value: object, field: Field) -> object:
        """Accept `name@domain.tld`."""
        text = super().coerce(value.strip() if isinstance(value, str) else value, field)
        if not isinstance(text, str):
            return text
        if not _MAIL.match(text) or ".." in text or text.startswith(".") or ".@" in text:
            return malformed(text, "邮箱地址，如 name@example.com", "an address, such as name@example.com")
        name, _, domain = text.rpartition("@")
        return f"{name}@{domain.lower()}"

    def mask(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Leave the first letter and the domain, unless the field says otherwise."""
        name, _, domain = str(value).rpartition("@")
        return super().mask(value, field, language) if "mask" in field.settings else f"{name[:1]}•••@{domain}"

    def example(self, field: Field) -> object:
        """Return an address."""
        return "name@example.com"
