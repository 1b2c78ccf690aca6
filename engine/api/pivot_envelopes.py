"""What a pivot is asked with."""

from marshmallow import Schema, fields, validate

from engine.definition.pivot import FUNCTIONS, GRAINS, MOST_AXES, MOST_VALUES, TOTALS

_PATH = validate.Length(max=200)


class AxisSchema(Schema):
    """What rows or columns are apart by; `by` takes dates by stretches of the calendar."""

    field = fields.String(required=True, validate=validate.Length(min=1, max=200))
    by = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(GRAINS))


class ValueSchema(Schema):
    """What stands in each cell: a function of a field; `count` without a field counts records."""

    fn = fields.String(required=True, validate=validate.OneOf(FUNCTIONS))
    field = fields.String(load_default="", validate=_PATH)


class PivotSchema(Schema):
    """Records summed up by rows and columns.

    What is null is as the `view` has it. `totals` says which there are: of `rows`, of `columns`, and of the `groups` within them.
    `sort` orders rows by a value (`sum:amount`, a minus for descending) instead of by what they stand for.
    """

    view = fields.String(load_default="")
    q = fields.String(load_default="", validate=validate.Length(max=200))
    filter = fields.Raw(load_default=None, allow_none=True)
    rows = fields.List(
        fields.Nested(AxisSchema), load_default=None, allow_none=True, validate=validate.Length(max=MOST_AXES)
    )
    columns = fields.List(
        fields.Nested(AxisSchema), load_default=None, allow_none=True, validate=validate.Length(max=MOST_AXES)
    )
    values = fields.List(
        fields.Nested(ValueSchema), load_default=None, allow_none=True, validate=validate.Length(1, MOST_VALUES)
    )
    totals = fields.List(
        fields.String(validate=validate.OneOf(TOTALS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=3),
    )
    sort = fields.String(load_default=None, allow_none=True, validate=_PATH)


class PivotLineSchema(Schema):
    """A row or a column: the values that it stands for, from the outermost on (none: the total), what they are called, and the filter of its records."""

    keys = fields.List(fields.Raw())
    labels = fields.List(fields.String())
    where = fields.List(fields.Dict(), allow_none=True)


class PivotAxisSchema(Schema):
    """An axis with its title, and the type of its field."""

    name = fields.String()
    field = fields.String()
    by = fields.String(allow_none=True)
    title = fields.String()
    type = fields.String()


class PivotSideSchema(Schema):
    """All rows, or all columns, in their order."""

    axes = fields.List(fields.Nested(PivotAxisSchema))
    lines = fields.List(fields.Nested(PivotLineSchema))


class PivotFigureSchema(Schema):
    """One of the values of each cell: what it is called, and how it is written."""

    name = fields.String()
    fn = fields.String()
    field = fields.String()
    title = fields.String()
    type = fields.String()
    scale = fields.Integer()


class PivotAnswerSchema(Schema):
    """A pivot: `cells` has for each row, for each column the values in their order, or null where there is no record."""

    rows = fields.Nested(PivotSideSchema)
    columns = fields.Nested(PivotSideSchema)
    values = fields.List(fields.Nested(PivotFigureSchema))
    totals = fields.List(fields.String())
    sort = fields.String()
    cells = fields.List(fields.List(fields.List(fields.Raw(), allow_none=True)))
