"""What the search takes and gives."""

from marshmallow import Schema, fields, validate


class SearchedSchema(Schema):
    """What is searched for: `q` in the entities (`shop.order,shop.item`) and modules named, or in all."""

    q = fields.String(required=True, validate=validate.Length(max=200))
    entity = fields.String(load_default="", validate=validate.Length(max=2000))
    module = fields.String(load_default="", validate=validate.Length(max=2000))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class PartSchema(Schema):
    """A part of a text; `hit` says that a word of the search stands there."""

    text = fields.String(required=True)
    hit = fields.Boolean(required=True)


class PassageSchema(Schema):
    """Where words stand: the path of the field, its title, and a piece of the text in parts."""

    field = fields.String(required=True)
    title = fields.String(required=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)


class FoundRecordSchema(Schema):
    """One record that was found."""

    entity = fields.String(required=True)
    entity_title = fields.String(required=True)
    module = fields.String(required=True)
    id = fields.String(required=True)
    title = fields.String(required=True)
    passages = fields.List(fields.Nested(PassageSchema), required=True)


class FoundSchema(Schema):
    """A page of what was found."""

    items = fields.List(fields.Nested(FoundRecordSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    has_more = fields.Boolean(required=True)
