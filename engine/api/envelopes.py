"""The shapes of fixed requests, as marshmallow reads them; records themselves are judged by their field types."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

_NAME = validate.Length(min=1, max=200)


class SignInSchema(Schema):
    """What a person types to sign in."""

    login = fields.String(required=True, validate=_NAME)
    password = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=500))


class PreferencesSchema(Schema):
    """What a person may change about the own account."""

    language = fields.String(required=True, validate=validate.OneOf(("zh-CN", "en")))


class ListSchema(Schema):
    """The query of a list. `filter` is a JSON condition, `sort` names fields with a minus for descending."""

    view = fields.String(load_default="")
    filter = fields.String(load_default="")
    sort = fields.String(load_default="")
    q = fields.String(load_default="", validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    cursor = fields.String(load_default="")
    expand = fields.String(load_default="")
    fields_ = fields.String(load_default="", data_key="fields")
    columns = fields.String(load_default="")


class ReadSchema(Schema):
    """What comes with a record: the records that some of its references point at."""

    expand = fields.String(load_default="")


class RecordSchema(Schema):
    """A record as it is sent: `values` by field name, sub-tables as lists of rows.

    `finishes`: what the sender began in this form and kept under `/unfinished` is done with.
    """

    values = fields.Dict(keys=fields.String(), required=True)
    finishes = fields.Boolean(load_default=False)


class CheckSchema(RecordSchema):
    """A record to be judged without storing it."""

    id = fields.String(load_default=None, allow_none=True)
    moment = fields.String(load_default="save", validate=validate.OneOf(("save", "submit")))


class AggregateSchema(Schema):
    """Groups and what to work out for each of them."""

    group = fields.List(fields.String(), load_default=list, validate=validate.Length(max=4))
    values = fields.List(fields.Dict(), required=True, validate=validate.Length(min=1, max=20))
    filter = fields.Raw(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 10000))


class OptionsSchema(Schema):
    """What a reference picker asks for."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200))
    field = fields.String(load_default="")
    record = fields.String(load_default="")
    ids = fields.String(load_default="")


class JobsSchema(Schema):
    """Which page of the jobs."""

    cursor = fields.String(load_default="")
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class JobRowsSchema(Schema):
    """Which rows of a job: all of them, or those with one outcome."""

    outcome = fields.String(load_default="")
    cursor = fields.Integer(load_default=-1)
    limit = fields.Integer(load_default=200, validate=validate.Range(1, 1000))


class CommentSchema(Schema):
    """Words that go with an action."""

    comment = fields.String(load_default="", validate=validate.Length(max=2000))


class UpsertSchema(RecordSchema):
    """A record with the names of the fields that it is found by."""

    key = fields.List(fields.String(), required=True, validate=validate.Length(1, 10))


class ClosePeriodSchema(Schema):
    """A period of a ledger's books: `part` is the id of the record that has books of its own, empty where all share them."""

    part = fields.String(load_default="", validate=validate.Length(max=200))
    period = fields.String(required=True, validate=validate.Length(1, 20))
    anyway = fields.Boolean(load_default=False)


class ReopenPeriodSchema(Schema):
    """A period that is to be opened again, and why."""

    part = fields.String(load_default="", validate=validate.Length(max=200))
    period = fields.String(required=True, validate=validate.Length(1, 20))
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class BulkSchema(Schema):
    """Many records: `operations` row by row, or one `action` for `ids` or for all that a list would show."""

    operations = fields.List(fields.Dict(), load_default=None, allow_none=True)
    action = fields.String(load_default="", validate=validate.OneOf(("", "update", "delete", "submit")))
    ids = fields.List(fields.String(), load_default=None, allow_none=True)
    filter = fields.Raw(load_default=None, allow_none=True)
    q = fields.String(load_default="", validate=validate.Length(max=200))
    view = fields.String(load_default="")
    everything = fields.Boolean(load_default=False)
    values = fields.Dict(keys=fields.String(), load_default=dict)
    reason = fields.String(load_default="", validate=validate.Length(max=2000))
    key = fields.List(fields.String(), load_default=list, validate=validate.Length(max=10))
    mode = fields.String(load_default="each_alone", validate=validate.OneOf(("each_alone", "all_or_nothing")))
    dry_run = fields.Boolean(load_default=False)
    background = fields.Boolean(load_default=None, allow_none=True)

    @validates_schema
    def _one_way(self, data: dict[str, Any], **_: object) -> None:
        """Refuse a request that says nothing of which records, so that none means all by mistake."""
        chosen = data["ids"] is not None or data["filter"] or data["q"] or data["view"] or data["everything"]
        if data["operations"] is None and not (data["action"] and chosen):
            told = "Send `operations`, or an `action` with `ids`, `filter`, `q`, `view` or `everything`."
            raise ValidationError(told, "operations")


class HistorySchema(Schema):
    """Which page of a history."""

    cursor = fields.Integer(load_default=0, validate=validate.Range(min=0))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class VersionSchema(Schema):
    """Which version of a record."""

    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class BinSchema(Schema):
    """Which page of a recycle bin; `q` is looked for in titles."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    cursor = fields.String(load_default="")
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class ConfirmSchema(Schema):
    """What one types so that nothing goes by mistake."""

    confirm = fields.String(required=True, validate=validate.Length(max=2000))


class ReasonSchema(Schema):
    """Why something is done."""

    reason = fields.String(load_default="", validate=validate.Length(max=2000))


class ReturnSchema(CommentSchema):
    """Where to send an approval back to."""

    targets = fields.List(fields.String(), required=True, validate=validate.Length(min=1, max=20))
    resume = fields.String(load_default="redo_path", validate=validate.OneOf(("redo_path", "back_to_me")))


class TransferSchema(CommentSchema):
    """Whom to hand a decision to."""

    to = fields.String(required=True, validate=_NAME)


class TasksSchema(Schema):
    """Which box of the inbox."""

    box = fields.String(load_default="todo", validate=validate.OneOf(("todo", "done", "started", "copied")))
    q = fields.String(load_default="", validate=validate.Length(max=200))
    cursor = fields.String(load_default="")
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class MeasureSchema(Schema):
    """Along which dimensions, and where: `where` is a JSON object of dimension and value."""

    by = fields.String(load_default="")
    where = fields.String(load_default="")
    limit = fields.Integer(load_default=500, validate=validate.Range(1, 10000))
    cursor = fields.String(load_default="")


class AccountSchema(Schema):
    """An account, whole or in part."""

    login = fields.String(validate=_NAME)
    name = fields.String(validate=_NAME)
    password = fields.String(load_only=True, validate=validate.Length(min=8, max=500))
    department_id = fields.String(allow_none=True)
    superior_id = fields.String(allow_none=True)
    language = fields.String(validate=validate.OneOf(("zh-CN", "en")))
    roles = fields.List(fields.String())
    is_admin = fields.Boolean()
    active = fields.Boolean()


class DepartmentSchema(Schema):
    """A department, whole or in part."""

    code = fields.String(validate=_NAME)
    name = fields.String(validate=_NAME)
    parent_id = fields.String(allow_none=True)
    head_id = fields.String(allow_none=True)


class SearchSchema(Schema):
    """A search among people."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    ids = fields.String(load_default="")


class NoticesSchema(Schema):
    """Which page of notifications."""

    cursor = fields.String(load_default="")
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class AutomationsSchema(Schema):
    """Whose automations."""

    module = fields.String(load_default="")


class RunsSchema(AutomationsSchema):
    """Which runs of automations."""

    automation = fields.String(load_default="")
    result = fields.String(load_default="", validate=validate.OneOf(("", "done", "failed", "refused")))
    record = fields.String(load_default="")
    cursor = fields.String(load_default="")
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class DocumentSchema(Schema):
    """One document of a draft; null takes the document away."""

    document = fields.Dict(required=True, allow_none=True)


class PublishSchema(Schema):
    """Why a draft is published."""

    note = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class RegionsSchema(Schema):
    """Which regions: `under` is the code of one, "0" for the provinces, empty for all."""

    under = fields.String(load_default="", validate=validate.Regexp("^([0-9]{6}|0)?$"))
