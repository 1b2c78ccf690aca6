"""The field types that exist. A new one is a file beside this one and a line in this list."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.definition.field_types.aspects import ColumnKind
from engine.definition.field_types.attachment import Attachment
from engine.definition.field_types.bank_account import BankAccount
from engine.definition.field_types.barcode import Barcode
from engine.definition.field_types.boolean import Boolean
from engine.definition.field_types.capital_amount import CapitalAmount
from engine.definition.field_types.cascade import Cascade
from engine.definition.field_types.colour import Colour
from engine.definition.field_types.credit_code import CreditCode
from engine.definition.field_types.date import DateType
from engine.definition.field_types.date_range import DateRange
from engine.definition.field_types.datetime import DatetimeType
from engine.definition.field_types.datetime_range import DatetimeRange
from engine.definition.field_types.decimal import DecimalNumber
from engine.definition.field_types.department import Department
from engine.definition.field_types.departments import Departments
from engine.definition.field_types.duration import Duration
from engine.definition.field_types.dynamic_reference import DynamicReference
from engine.definition.field_types.email import Email
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.id_document import IdDocument
from engine.definition.field_types.image import Image
from engine.definition.field_types.integer import Integer
from engine.definition.field_types.json import Json
from engine.definition.field_types.local_datetime import LocalDatetime
from engine.definition.field_types.location import Location
from engine.definition.field_types.long_text import LongText
from engine.definition.field_types.markdown import Markdown
from engine.definition.field_types.money import Money
from engine.definition.field_types.multi_select import MultiSelect
from engine.definition.field_types.percent import Percent
from engine.definition.field_types.period import Period
from engine.definition.field_types.phone import Phone
from engine.definition.field_types.progress import Progress
from engine.definition.field_types.quantity import Quantity
from engine.definition.field_types.rating import Rating
from engine.definition.field_types.reference import Reference
from engine.definition.field_types.references import References
from engine.definition.field_types.region import Region
from engine.definition.field_types.rich_text import RichText
from engine.definition.field_types.role import ProjectRoleName, RoleName
from engine.definition.field_types.secret import Secret
from engine.definition.field_types.select import Select
from engine.definition.field_types.series import SeriesNumber
from engine.definition.field_types.signature import Signature
from engine.definition.field_types.snapshot import Snapshot
from engine.definition.field_types.sub_table import SubTable
from engine.definition.field_types.tags import Tags
from engine.definition.field_types.text import Text
from engine.definition.field_types.time import TimeType
from engine.definition.field_types.time_range import TimeRange
from engine.definition.field_types.tree_parent import TreeParent
from engine.definition.field_types.url import Url
from engine.definition.field_types.user import User
from engine.definition.field_types.users import Users
from engine.definition.field_types.uuid import Uuid
from engine.definition.model import Field

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
            RichText(),
            Markdown(),
            Secret(),
            Colour(),
            Url(),
            Email(),
            Phone(),
            IdDocument(),
            CreditCode(),
            BankAccount(),
            Tags(),
            Quantity(),
            CapitalAmount(),
            Rating(),
            Progress(),
            Duration(),
            Period(),
            DateRange(),
            DatetimeRange(),
            TimeRange(),
            LocalDatetime(),
            Cascade(),
            Region(),
            References(),
            DynamicReference(),
            Users(),
            Departments(),
            RoleName(),
            ProjectRoleName(),
            Snapshot(),
            Signature(),
            Location(),
            Barcode(),
            Uuid(),
            Json(),
        )
    }
)


def is_searched(field: Field) -> bool:
    """Say whether a search looks into a field: words that are not encrypted."""
    return FIELD_TYPES[field.type].worded and not FIELD_TYPES[field.type].is_guarded(field)


def is_found(field: Field) -> bool:
    """Say whether the search over all records looks into a field: stored words, or what people know by words; never encrypted."""
    kind = FIELD_TYPES[field.type]
    return field.is_stored and (kind.worded or kind.told) and not kind.is_guarded(field)


__all__ = ["FIELD_TYPES", "ColumnKind", "FieldType", "is_found", "is_searched"]
