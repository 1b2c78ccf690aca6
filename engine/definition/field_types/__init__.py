"""The field types that exist. A new one is a file beside this one and a line in this list."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.definition.field_types.attachment import Attachment
from engine.definition.field_types.boolean import Boolean
from engine.definition.field_types.date import DateType
from engine.definition.field_types.datetime import DatetimeType
from engine.definition.field_types.decimal import DecimalNumber
from engine.definition.field_types.department import Department
from engine.definition.field_types.field_type import ColumnKind, FieldType
from engine.definition.field_types.image import Image
from engine.definition.field_types.integer import Integer
from engine.definition.field_types.long_text import LongText
from engine.definition.field_types.money import Money
from engine.definition.field_types.multi_select import MultiSelect
from engine.definition.field_types.percent import Percent
from engine.definition.field_types.reference import Reference
from engine.definition.field_types.select import Select
from engine.definition.field_types.series import SeriesNumber
from engine.definition.field_types.sub_table import SubTable
from engine.definition.field_types.text import Text
from engine.definition.field_types.time import TimeType
from engine.definition.field_types.tree_parent import TreeParent
from engine.definition.field_types.user import User

FIELD_TYPES: Mapping[str, FieldType] = MappingProxyType(
    {
        field_type.name: field_type
        for field_type in (
            Text(),
            LongText(),
            Integer(),
            DecimalNumber(),
            Money(),
            Percent(),
            Boolean(),
            DateType(),
            TimeType(),
            DatetimeType(),
            Select(),
            MultiSelect(),
            User(),
            Department(),
            Reference(),
            TreeParent(),
            SubTable(),
            Attachment(),
            Image(),
            SeriesNumber(),
        )
    }
)

__all__ = ["FIELD_TYPES", "ColumnKind", "FieldType"]
