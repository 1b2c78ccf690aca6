"""The shapes of requests about public forms and their links."""

from marshmallow import Schema, fields, validate

_TEXT = validate.Length(max=200)
_MOST = validate.Range(1, 1_000_000)


class SolutionSchema(Schema):
    """A puzzle and what solves it."""

    puzzle = fields.String(load_default="", validate=_TEXT)
    counter = fields.String(load_default="", validate=_TEXT)


class AnswerSchema(Schema):
    """What somebody filled in."""

    values = fields.Dict(required=True)
    solution = fields.Nested(SolutionSchema, load_default=dict)


class ChoicesSchema(Schema):
    """Which field asks, and what was typed."""

    field = fields.String(required=True, validate=_TEXT)
    q = fields.String(load_default="", validate=_TEXT)
    ids = fields.String(load_default="", validate=_TEXT)


class QuerySchema(Schema):
    """The exact values to look for."""

    values = fields.Dict(required=True)


class LinkSchema(Schema):
    """A new link: which form, how it is called, and its limits; null is none."""

    form = fields.String(required=True, validate=_TEXT)
    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
    password = fields.String(load_default="", validate=_TEXT)
    most = fields.Integer(load_default=None, allow_none=True, validate=_MOST)
    most_a_day = fields.Integer(load_default=None, allow_none=True, validate=_MOST)
    puzzle = fields.Boolean(load_default=True)


class LinkChangeSchema(Schema):
    """What is changed of a link."""

    title = fields.String(validate=validate.Length(min=1, max=200))
    expires_at = fields.AwareDateTime(allow_none=True)
    password = fields.String(validate=_TEXT)
    most = fields.Integer(allow_none=True, validate=_MOST)
    most_a_day = fields.Integer(allow_none=True, validate=_MOST)
    puzzle = fields.Boolean()
    active = fields.Boolean()
