"""Text that is formatted by signs."""

from engine.definition.field_types.long_text import LongText
from engine.definition.model import Field


class Markdown(LongText):
    """Long text in Markdown; it is stored as it was typed and shown formatted."""

    name = "markdown"
    title = {"zh-CN": "Markdown 文本", "en": "Markdown"}
    docs = {
        "zh-CN": "Markdown 格式的长文本，原样保存，显示时排版。",
        "en": "Long text in Markdown: stored as typed, shown formatted.",
    }
    control = "markdown"
    keywords = LongText.keywords | {"contentMediaType"}
    names_record = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text of its media type."""
        return super().json_form(field) | {"contentMediaType": "text/markdown"}

    def example(self, field: Field) -> object:
        """Return a formatted word."""
        return "**示例**"[: self.limit(field)]
