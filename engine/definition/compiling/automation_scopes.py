"""What the expressions of one automation may name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import shape_key
from engine.expressions import RecordOf, Scope, Type

PAYLOAD = "PAYLOAD"
RECORD = "RECORD"
_WITH_OLD = frozenset({"change", "field_change"})


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose expressions they are: the record that triggers (None: there is none), and what a webhook brings."""

    bench: Workbench
    document: Document
    entity: Entity | None
    trigger: str
    payload: tuple[Field, ...] = ()

    def scope(self, each: str = "") -> Scope:
        """Return what an expression sees: the record or the current row, PAYLOAD, and OLD where something changed."""
        scopes, module = self.bench.full_scopes, self.document.module
        plain = scopes.each(self.entity, each, module) if self.entity else scopes.derived(module)
        old = plain.old if self.trigger in _WITH_OLD else None
        return replace(plain, names={**plain.names, **self._payload()}, shapes=self._shapes(), old=old)

    def of_found(self, target: Entity, each: str = "", *, where: bool = False) -> Scope:
        """Return what is seen of a record that is looked for: its own fields, and RECORD for the one that triggers."""
        names = dict(self.bench.scopes.target_names(target.key)) | self._payload()
        if self.entity is not None:
            names[RECORD] = RecordOf(f"{shape_key(self.entity, each)}*" if each else self.entity.key)
        if where:
            return Scope(names, self._shapes(), calendars=self.bench.full_scopes.calendars)
        here = self.scope(each)
        return replace(here, names=names)

    def _payload(self) -> dict[str, Type]:
        return {PAYLOAD: RecordOf(self._payload_shape)} if self.payload else {}

    def _shapes(self) -> Mapping[str, Mapping[str, Type]]:
        shapes = self.bench.full_scopes.shapes
        if not self.payload:
            return shapes
        return {**shapes, self._payload_shape: {one.name: _type(one) for one in self.payload}}

    @property
    def _payload_shape(self) -> str:
        return f"{self.document.key}#payload"


def _type(field: Field) -> Type:
    return field.expression_type or FIELD_TYPES[field.type].expression_type("", "")
