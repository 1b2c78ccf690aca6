"""Colours."""

import re

from engine.definition.field_types.aspects import EQUALITY, malformed
from engine.definition.field_types.text import Text, unstorable
from engine.definition.model import Field

_COLOUR = re.compile(r"#[0-9a-f]{6}\Z", re.ASCII)


class Colour(Text):
    """A colour in sRGB, written `#rrggbb`."""

    name = "colour"
    title = {"zh-CN": "颜色", "en": "Colour"}
    docs = {
        "zh-CN": "颜色，如 “#2f6fed”；大写字母存为小写。",
        "en": 'A colour, such as "#2f6fed"; kept in small letters.',
    }
    control = "colour"
    settings = frozenset()
    keywords = frozenset()
    operators = EQUALITY
    worded = False
    names_record = False
    longest = 7

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text of that shape."""
        return {"type": "string", "pattern": "^#[0-9a-f]{6}$"}

    def coerce(self, value: object, field: Field) -> object:
        """Accept six hexadecimal digits."""
        if value == "":
            return None
        if not isinstance(value, str) or unstorable(value) or not _COLOUR.match(value.lower()):
            return malformed(value, "颜色，如 #2f6fed", "a colour, such as #2f6fed")
        return value.lower()

    def from_text(self, text: str, field: Field) -> object:
        """Accept it without the sign too."""
        bare = text.strip()
        return self.coerce(bare if bare.startswith("#") else f"#{bare}", field)

    def example(self, field: Field) -> object:
        """Return a blue."""
        return "#2f6fed"
