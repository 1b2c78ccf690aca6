"""The shapes of requests about files of records."""

from marshmallow import Schema, fields, validate

_PATH = validate.Length(max=200)
_SHEET = validate.Range(0, 500)


class ImportColumnSchema(Schema):
    """One column of a file and the field that it is for."""

    column = fields.Integer(required=True, validate=validate.Range(0, 1000))
    field = fields.String(required=True, validate=_PATH)
    by = fields.String(load_default="", validate=_PATH)
    rounded = fields.Boolean(load_default=False)


class ImportLookSchema(Schema):
    """One sheet: where its titles stand and which sub-table it has the rows of."""

    sheet = fields.Integer(required=True, validate=_SHEET)
    header = fields.Integer(load_default=1, validate=validate.Range(1, 1000))
    table = fields.String(load_default="", validate=_PATH)


class ImportSheetSchema(ImportLookSchema):
    """One sheet with what its columns are for."""

    columns = fields.List(fields.Nested(ImportColumnSchema), required=True, validate=validate.Length(max=1000))


class ImportPreviewSchema(Schema):
    """Look at a file again, with other titles."""

    file = fields.String(required=True, validate=_PATH)
    sheets = fields.List(fields.Nested(ImportLookSchema), required=True, validate=validate.Length(max=50))


class ImportSchema(Schema):
    """What is done with a file."""

    file = fields.String(required=True, validate=_PATH)
    sheets = fields.List(fields.Nested(ImportSheetSchema), required=True, validate=validate.Length(min=1, max=50))
    mode = fields.String(load_default="create", validate=validate.OneOf(("create", "update", "upsert")))
    key = fields.List(fields.String(validate=_PATH), load_default=list, validate=validate.Length(max=8))
    all_or_nothing = fields.Boolean(load_default=True)
    clear_blanks = fields.Boolean(load_default=False)
    submit = fields.Boolean(load_default=False)


class ExportSchema(Schema):
    """Which list goes into a file: the same words as those of a list, `ids` for chosen records, and what kind of file.

    `rows` says what becomes of sub-tables: nothing, sheets of their own, or a line of the record for each row.
    """

    view = fields.String(load_default="", validate=_PATH)
    filter = fields.Raw(load_default=None, allow_none=True)
    sort = fields.String(load_default="", validate=validate.Length(max=2000))
    q = fields.String(load_default="", validate=_PATH)
    fields_ = fields.String(load_default="", data_key="fields", validate=validate.Length(max=20_000))
    ids = fields.List(fields.String(validate=_PATH), load_default=list, validate=validate.Length(max=1000))
    format = fields.String(load_default="xlsx", validate=validate.OneOf(("xlsx", "csv")))
    rows = fields.String(load_default="none", validate=validate.OneOf(("none", "sheets", "repeated")))
