"""Text with headings, lists and links, kept as HTML that can do no harm."""

from html import unescape
from re import compile as pattern

import nh3

from engine.definition.field_types.aspects import NO_FUNCTIONS, PRESENCE
from engine.definition.field_types.text import Text
from engine.definition.model import Field

_TAGS = {
    "a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_BLOCK = pattern(r"<(?:br|/p|/li|/h[1-4]|/tr|/blockquote|/pre|hr)[^>]*>")
_TAG = pattern(r"<[^>]*>")


class RichText(Text):
    """Formatted text. What a browser could run is taken out before it is stored (nh3, an allow list of tags)."""

    name = "rich_text"
    title = {"zh-CN": "富文本", "en": "Rich text"}
    docs = {
        "zh-CN": "带格式的文字，以 HTML 保存；服务器只保留无害的标签与属性。",
        "en": "Formatted text, kept as HTML; the server keeps harmless tags and attributes only.",
    }
    control = "rich_text"
    settings = frozenset()
    keywords = frozenset({"maxLength"})
    operators = PRESENCE
    functions = NO_FUNCTIONS
    sortable = False
    computable = False
    worded = False
    told = True
    wide = True
    listed = False
    names_record = False
    longest = 200_000

    def coerce(self, value: object, field: Field) -> object:
        """Accept HTML and return it harmless; without a word in it, it is blank."""
        text = super().coerce(value, field)
        if not isinstance(text, str):
            return text
        clean = nh3.clean(
            text, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
        )
        return clean if plain_text(clean) else None

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the words without their format."""
        return plain_text(str(value))

    def example(self, field: Field) -> object:
        """Return a formatted word."""
        return "<p>示例 <strong>文字</strong></p>"


def plain_text(html: str) -> str:
    """Return the words of clean HTML, a line for each block."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", html))).strip()
