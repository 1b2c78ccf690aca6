"""Text of several lines."""

from engine.definition.field_types.aspects import NO_FUNCTIONS, PRESENCE
from engine.definition.field_types.text import Text


class LongText(Text):
    """Several lines of text."""

    name = "long_text"
    title = {"zh-CN": "多行文本", "en": "Long text"}
    docs = {"zh-CN": "多行文字，保留换行。", "en": "Several lines of text; line breaks are kept."}
    control = "long_text"
    operators = ("contains", *PRESENCE)
    functions = NO_FUNCTIONS
    sortable = False
    wide = True
    listed = False
    settings = frozenset()
    longest = 20_000
