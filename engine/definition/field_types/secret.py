"""What is written and never read back."""

from engine.definition.field_types.aspects import NO_FUNCTIONS, PRESENCE, ColumnKind
from engine.definition.field_types.masks import DOTS
from engine.definition.field_types.text import Text
from engine.definition.model import Field
from engine.problems import Problem


class Secret(Text):
    """A password or key for another system: encrypted where it is stored, shown as dots, asked only whether it is there."""

    name = "secret"
    title = {"zh-CN": "密文", "en": "Secret"}
    docs = {
        "zh-CN": "加密保存、从不读出的文字；读到的只是圆点，把圆点写回表示不变。",
        "en": "Text that is encrypted and never read back: it reads as dots, and dots sent back change nothing.",
    }
    control = "password"
    settings = frozenset()
    keywords = Text.keywords | {"writeOnly"}
    operators = PRESENCE
    functions = NO_FUNCTIONS
    sortable = False
    computable = False
    worded = False
    names_record = False
    listed = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text that is only written."""
        return super().json_form(field) | {"writeOnly": True}

    def column(self, field: Field) -> ColumnKind:
        """Store it encrypted, never twice the same."""
        return ColumnKind("sealed", length=self.limit(field), random=True)

    def is_guarded(self, field: Field) -> bool:
        """Say yes."""
        return True

    def keeps(self, value: object) -> bool:
        """Say whether the dots came back."""
        return value == DOTS

    def to_json(self, value: object) -> object:
        """Return dots."""
        return DOTS

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return dots."""
        return DOTS

    def from_text(self, text: str, field: Field) -> object:
        """Refuse: a secret does not stand in a cell."""
        return Problem("not_from_a_cell")

    def mask(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return dots."""
        return DOTS
