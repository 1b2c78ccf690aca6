"""Values of records: taking them in, computing what follows from them, judging them. Pure; the caller brings the world."""

from engine.definition.values.accept import Values, accept, dump, from_expression, is_computed, schema_default
from engine.definition.values.charters import charter_problems
from engine.definition.values.compute import compute, failed
from engine.definition.values.entries import Entry, entries, entries_to
from engine.definition.values.fill import fill
from engine.definition.values.hidden import Hidden, hidden_fields, ignored, is_under, without_ignored
from engine.definition.values.lookups import with_lookups
from engine.definition.values.refresh import refreshed
from engine.definition.values.rollups import as_value, average, of_nothing
from engine.definition.values.rules import check_rules, filled_text, refused_by, shown_value
from engine.definition.values.settle import Settled, settle
from engine.definition.values.states import (
    FieldState,
    completeness,
    field_state,
    is_visible,
    read_only_changes,
)
from engine.definition.values.together import together

__all__ = [
    "Entry",
    "FieldState",
    "Hidden",
    "Settled",
    "Values",
    "accept",
    "as_value",
    "average",
    "charter_problems",
    "check_rules",
    "completeness",
    "compute",
    "dump",
    "entries",
    "entries_to",
    "failed",
    "field_state",
    "fill",
    "filled_text",
    "from_expression",
    "hidden_fields",
    "ignored",
    "is_computed",
    "is_under",
    "is_visible",
    "of_nothing",
    "read_only_changes",
    "refreshed",
    "refused_by",
    "schema_default",
    "settle",
    "shown_value",
    "together",
    "with_lookups",
    "without_ignored",
]  # fmt: skip
