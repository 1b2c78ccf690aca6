"""Files that belong to a record."""

from fnmatch import fnmatch

from engine.definition.field_types.aspects import PRESENCE, ColumnKind, whole, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.multi_select import count_problems
from engine.definition.model import Field
from engine.expressions import ListOf, RecordOf, Type
from engine.problems import Problem

_KEYS = frozenset({"id", "name", "size", "media_type"})


class Attachment(FieldType):
    """A list of files: objects with `id`, `name`, `size` in bytes and `media_type`; an empty list is blank.

    What a client says about a file is only as good as the client: the services replace it by what was stored.
    """

    name = "attachment"
    title = {"zh-CN": "附件", "en": "Attachment"}
    docs = {
        "zh-CN": '文件列表；accept 限定类型（".pdf"、"image/*"），max_size 限定字节数，max_count 限定个数。',
        "en": 'Files; `accept` narrows kinds (".pdf", "image/*"), `max_size` bytes of each, `max_count` how many.',
    }
    control = "attachment"
    json_type = "array"
    settings = frozenset({"accept", "max_size", "max_count"})
    keywords = frozenset({"items", "minItems", "maxItems"})
    operators = PRESENCE
    sortable = False
    wide = True
    listed = False
    names_record = False
    maskable = False
    holds_files = True
    told = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a list of files."""
        texts: dict[str, object] = {key: {"type": "string"} for key in ("id", "name", "media_type")}
        properties = texts | {"size": {"type": "integer", "minimum": 0}}
        items = {"type": "object", "required": ["id", "name", "size"], "properties": properties}
        return {"type": "array", "items": items | {"additionalProperties": False}}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return list of files, so that they can be counted."""
        return ListOf(RecordOf("system.file"))

    def column(self, field: Field) -> ColumnKind:
        """Store the list as JSON."""
        return ColumnKind("json")

    def coerce(self, value: object, field: Field) -> object:
        """Accept a list of files."""
        if not isinstance(value, list) or not all(_is_file(one) for one in value):
            return wrong_type("文件列表", "a list of files")
        return [dict(one) for one in value] or None

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check kind, size and count."""
        files = value if isinstance(value, list) else []
        most = whole(field, "max_count")
        many = (Problem("too_many_items", params={"limit": most, "count": len(files)}),)
        found = [problem.under(f"/{at}") for at, one in enumerate(files) for problem in self._one(one, field)]
        return (*found, *count_problems(len(files), field), *(many if most is not None and len(files) > most else ()))

    def accepted(self, field: Field) -> tuple[str, ...]:
        """Return the kinds of file that the field takes; none named means any."""
        accept = field.settings.get("accept")
        return tuple(str(kind) for kind in accept) if isinstance(accept, (list, tuple)) else ()

    def _one(self, file: dict[str, object], field: Field) -> list[Problem]:
        name, limit, found = str(file["name"]), whole(field, "max_size"), []
        kinds = self.accepted(field)
        if kinds and not any(_is_kind(kind, file) for kind in kinds):
            found.append(Problem("file_kind_refused", params={"name": name, "accept": list(kinds)}))
        if limit is not None and isinstance(file["size"], int) and file["size"] > limit:
            found.append(Problem("file_too_big", params={"name": name, "limit": limit, "size": file["size"]}))
        return found

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the names of the files."""
        return ", ".join(str(one["name"]) for one in value) if isinstance(value, list) else ""

    def from_text(self, text: str, field: Field) -> object:
        """Refuse: files do not travel in a cell."""
        return Problem("not_from_a_cell")

    def example(self, field: Field) -> object:
        """Return no file."""
        return []


def _is_file(value: object) -> bool:
    if not isinstance(value, dict) or not set(value) <= _KEYS:
        return False
    size = value.get("size")
    texts = all(isinstance(value.get(key, ""), str) for key in ("id", "name", "media_type"))
    return texts and bool(value.get("id")) and "name" in value and isinstance(size, int) and size >= 0


def _is_kind(kind: str, file: dict[str, object]) -> bool:
    if kind.startswith("."):
        return str(file["name"]).lower().endswith(kind.lower())
    return fnmatch(str(file.get("media_type", "")).lower(), kind.lower())
