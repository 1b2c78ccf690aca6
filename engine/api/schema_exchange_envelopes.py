"""The shape of a request to make an entity of a JSON Schema."""

from marshmallow import Schema, fields, validate


class SchemaImportSchema(Schema):
    """A JSON Schema and where its entity goes."""

    module = fields.String(required=True, validate=validate.Length(max=63))
    schema = fields.Raw(required=True)
    name = fields.String(load_default="", validate=validate.Regexp(r"([a-z][a-z0-9_]{0,62})?\Z"))
    title = fields.String(load_default="", validate=validate.Length(max=200))
    formats = fields.Boolean(load_default=False)
    keep = fields.Boolean(load_default=False)
