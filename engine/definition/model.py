"""The frozen values that documents compile to. Every other room reads these and never a document.

Names are those of `docs/reference/definitions.md`. A *qualified name* is `module.name`; the rows of a sub-table are
`module.entity/sub_table`, those inside its rows `module.entity/sub_table/inner`. Expressions are kept compiled (`Compiled`), with their text inside.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, cast

from engine.definition.among_records import Acyclic as Acyclic  # noqa: PLC0414  # named here for everybody
from engine.definition.among_records import NoOverlap as NoOverlap  # noqa: PLC0414  # named here for everybody
from engine.definition.among_records import Unique as Unique  # noqa: PLC0414  # named here for everybody
from engine.definition.charter import Charter
from engine.definition.choices import Option as Option  # noqa: PLC0414  # named here for everybody
from engine.definition.choices import OptionSet as OptionSet  # noqa: PLC0414  # named here for everybody
from engine.definition.choices import Text as Text  # noqa: PLC0414  # named here for everybody
from engine.definition.closing import Closing
from engine.definition.limit import Limit as Limit  # noqa: PLC0414  # named here for everybody
from engine.definition.measure import Aggregate as Aggregate  # noqa: PLC0414  # named here for everybody
from engine.definition.measure import Dimension as Dimension  # noqa: PLC0414  # named here for everybody
from engine.definition.measure import Measure as Measure  # noqa: PLC0414  # named here for everybody
from engine.definition.pivot import Pivot
from engine.definition.public_form import PublicForm as PublicForm  # noqa: PLC0414  # named here for everybody
from engine.definition.public_form import PublicQuery as PublicQuery  # noqa: PLC0414  # named here for everybody
from engine.definition.rollup import Rollup
from engine.definition.splits import Split
from engine.expressions import Compiled, Type

_T = TypeVar("_T")

EntityKind = Literal["master", "document", "ledger"]
Access = Literal["hidden", "mask", "read", "write"]
Severity = Literal["warn", "block"]
WhenHidden = Literal["keep", "clear", "ignore"]
"""What becomes of a value that is not shown: it stays; it is blanked; it stays, and what is sent for it is not taken."""
OnDelete = Literal["restrict", "nullify", "cascade"]
ScopeKind = Literal["all", "own", "department", "my_projects", "where"]
WidgetKind = Literal["kpi", "chart", "table"]
ChartKind = Literal["bar", "line", "pie", "stacked"]
NumberFormat = Literal["number", "money", "percent"]


@dataclass(frozen=True, slots=True)
class Series:
    """How a series number is made: literal text, `{field.path}`, `{yyyy}`, `{yy}`, `{mm}`, `{dd}`, `{seq:4}`.

    Everything of the pattern but `{seq}` is the key of the counter, so that a new year or project starts anew.
    """

    pattern: str
    policy: Literal["gap_free", "unique"] = "gap_free"
    start: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One value of an entity, or of a row of one of its sub-tables.

    `id` never changes and names the column; `name` may. `schema` is the JSON Schema of the value and `settings` is its
    `x-field`, for what only the field's own type understands. `computed` fields (formula) are stored and never typed in;
    a `lookup` is read through a reference and never stored; a `copy` is filled from a reference when that changes; `follow` is the compiled
    path of either.
    """

    id: str
    name: str
    title: Text
    type: str
    required: bool = False
    read_only: bool = False
    help: Text = field(default_factory=dict)
    schema: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    series: Series | None = None
    to: str = ""
    to_tree: bool = False
    """Whether records of what is pointed at lie below one another."""
    targets: tuple[tuple[str, str], ...] = ()
    """Of a dynamic reference: pairs of what an entity is called as long as it lives, and its qualified name."""
    on_delete: OnDelete = "restrict"
    filter: Compiled | None = None
    scale: int | None = None
    default: Compiled | None = None
    formula: Compiled | None = None
    copy: str = ""
    lookup: str = ""
    follow: Compiled | None = None
    rollup: Rollup | None = None
    visible: Compiled | None = None
    against: Compiled | None = None
    """The path of the value that the type compares its own with."""
    required_when: Compiled | None = None
    read_only_when: Compiled | None = None
    when_hidden: WhenHidden = "keep"
    index: bool = False
    unique: bool = False
    fields: tuple["Field", ...] = ()
    min_rows: int = 0
    max_rows: int | None = None
    expression_type: Type | None = None
    kept_on_reverse: bool = False
    """In a ledger: a reverse entry has the same value, not the one with the other sign (a rate, a price)."""

    is_table: bool = field(init=False, compare=False, repr=False)
    """Whether the value is rows of their own table."""
    is_stored: bool = field(init=False, compare=False, repr=False)
    """Whether the value has a column."""
    is_derived: bool = field(init=False, compare=False, repr=False)
    """Whether the definition says how the value comes about."""
    _by_name: Mapping[str, "Field"] = field(init=False, compare=False, repr=False)
    _kept: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what is asked of every field of every record."""
        derived = self.formula is not None or self.rollup is not None or bool(self.lookup)
        object.__setattr__(self, "is_table", self.type == "sub_table")
        object.__setattr__(self, "is_stored", not self.lookup and not self.is_table)
        object.__setattr__(self, "is_derived", derived or bool({"formula", "rollup"} & self.settings.keys()))
        object.__setattr__(self, "_by_name", {child.name: child for child in reversed(self.fields)})

    def field(self, name: str) -> "Field | None":
        """Return the field of a row by name."""
        return self._by_name.get(name)

    def once(self, key: object, make: Callable[["Field"], _T]) -> _T:
        """Return what follows from the field alone and is asked for with every record, as `Entity.once` does."""
        if key not in self._kept:
            self._kept[key] = make(self)
        return cast(_T, self._kept[key])


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold on one record. With `each` (`lines`, `lines.items`), it is asked for every row of that sub-table.

    `on` holds `save` and `submit`; `target` is the path of the field that the finding is shown at; `holes` are the
    expressions of the message (in every language), by the text between the braces.
    """

    name: str
    check: Compiled
    message: Text
    severity: Severity = "block"
    on: tuple[str, ...] = ("save", "submit")
    target: str = ""
    each: str = ""
    when: Compiled | None = None
    id: str = ""
    holes: Mapping[str, Compiled] = field(default_factory=dict)
    in_database: bool = False
    """Whether the database itself refuses what does not hold."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What a document writes to a ledger.

    At `submit` it is reserved, when the document takes effect it becomes effective, when the document leaves approval
    otherwise it is released, and voiding writes the reverse. With `each`, one entry a row; `when` limits it. With `split`,
    one entry for each row that a share falls to.
    """

    id: str
    name: str
    to: str
    values: Mapping[str, Compiled]
    each: str = ""
    when: Compiled | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    """The fields of the ledger that `values` are for."""
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Says that an entity has people: which sub-table, and in it which user and which project role."""

    table: str
    user: str
    role: str


@dataclass(frozen=True, slots=True)
class CalendarFields:
    """Says that the records of an entity are calendars of working days, and which fields hold what.

    `week` has the working days of the week ("1" is Monday), `from_year` and `to_year` the years covered; the rows of `table` are
    the dates that differ: `kind` says whether `date` is worked, by being TRUE or by having the value `working`.
    """

    week: str
    from_year: str
    to_year: str
    table: str
    date: str
    kind: str
    working: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """What is stored."""

    module: str
    id: str
    name: str
    title: Text
    kind: EntityKind
    display: str
    fields: tuple[Field, ...]
    description: Text = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    unique: tuple[Unique, ...] = ()
    no_overlap: tuple[NoOverlap, ...] = ()
    acyclic: tuple[Acyclic, ...] = ()
    postings: tuple[Posting, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    team: Team | None = None
    calendar: CalendarFields | None = None
    charter: Charter | None = None
    closing: Closing | None = None
    parent: str = ""
    leaf_only: bool = False
    order: tuple[str, ...] = ()
    """Names of the fields with a formula or a lookup, row ones as `lines.amount`, each after what it reads."""
    key: str = field(init=False, compare=False, repr=False)
    """The qualified name."""
    _kept: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    _by_name: Mapping[str, Field] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what is asked for all the time."""
        object.__setattr__(self, "key", f"{self.module}.{self.name}")
        object.__setattr__(self, "_by_name", {child.name: child for child in reversed(self.fields)})

    def once(self, key: object, make: Callable[["Entity"], _T]) -> _T:
        """Return what follows from the entity alone and is asked for with every record: made once, under a key of who asks."""
        if key not in self._kept:
            self._kept[key] = make(self)
        return cast(_T, self._kept[key])

    def field(self, name: str) -> Field | None:
        """Return a field by name."""
        return self._by_name.get(name)

    def at(self, path: str) -> Field | None:
        """Return the field at `name`, `table.name` or deeper."""
        first, *rest = path.split(".")
        found = self.field(first)
        for name in rest:
            found = found.field(name) if found else None
        return found

    @property
    def tables(self) -> tuple[Field, ...]:
        """Return the sub-tables of the record itself; `engine.definition.rows` has those at every depth."""
        return tuple(child for child in self.fields if child.is_table)


@dataclass(frozen=True, slots=True)
class FormItem:
    """A node of a form: `section` and `tab` hold items, `tabs` holds tabs, `field` shows one field.

    `note` and `heading` say their `title` (a note in its `tone`), `divider` only parts.

    `span` counts twelfths of the width; `columns` of a sub-table are the names of the fields to show.
    """

    kind: Literal["section", "tabs", "tab", "field", "note", "divider", "heading"]
    name: str = ""
    title: Text = field(default_factory=dict)
    field: str = ""
    span: int = 4
    columns: tuple[str, ...] = ()
    items: tuple["FormItem", ...] = ()
    visible: Compiled | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How one record is drawn."""

    module: str
    id: str
    name: str
    title: Text
    entity: str
    items: tuple[FormItem, ...]
    public: PublicForm | None = None

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table view; `total` is an aggregate shown in the last line."""

    field: str
    width: int | None = None
    total: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """How many records are shown. `sort` names fields, a minus for descending.

    A view with a `pivot` sums them up; its columns are those of the records behind a cell.
    """

    module: str
    id: str
    name: str
    title: Text
    entity: str
    kind: str
    columns: tuple[Column, ...]
    filter: Compiled | None = None
    sort: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    pivot: Pivot | None = None

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class Flow:
    """An approval as written, and what `engine.workflow` needs to compile it.

    `project` is the path from the record to the one whose team answers project roles; empty is the record itself.
    """

    module: str
    id: str
    name: str
    title: Text
    entity: str
    document: Mapping[str, object]
    conditions: Mapping[str, Compiled]
    """Compiled conditions of branches, by the JSON Pointer of their `when`."""
    project: str = ""
    titles: Mapping[str, Text] = field(default_factory=dict)
    """What steps are called, by id; `step/branch` is a branch of a step."""

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do. `scope` is all, own, department, my_projects, or `where` with an expression; `shared` is never written.

    `fields` narrows single fields (`lines.rate`) to hidden, masked or read; a field that is not named may be written.
    """

    role: str
    entity: str
    actions: frozenset[str]
    scope: ScopeKind | Literal["shared"] = "all"
    where: Compiled | None = None
    fields: Mapping[str, Access] = field(default_factory=dict)
    origin: str = ""
    """Where it is written: the path of the document, `#`, and the JSON Pointer in it."""


@dataclass(frozen=True, slots=True)
class Widget:
    """One part of a dashboard: `kpi`, `chart` or `table` of measures by dimensions; `levels` colour a value."""

    name: str
    title: Text
    kind: WidgetKind
    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    chart: ChartKind = "bar"
    width: int = 4
    format: NumberFormat = "number"
    levels: tuple[tuple[str, str], ...] = ()
    """Pairs of a lower bound (a decimal as text) and a tone: ok, warn, alert."""
    limit: int = 12
    id: str = ""


@dataclass(frozen=True, slots=True)
class DashboardFilter:
    """A choice above a dashboard that narrows a dimension in all of its widgets."""

    dimension: str
    title: Text
    to: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Measures on one page."""

    module: str
    id: str
    name: str
    title: Text
    filters: tuple[DashboardFilter, ...]
    widgets: tuple[Widget, ...]

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A test of a configuration, kept as written; `services/scenarios` plays it."""

    module: str
    name: str
    title: Text
    document: Mapping[str, object]

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody's part. A project role is held in the team of one record, any other everywhere."""

    module: str
    name: str
    title: Text

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu: a view, a dashboard, or a page of the product (`departments`, `accounts`, `closings`)."""

    title: Text
    kind: Literal["view", "dashboard", "page"]
    target: str


@dataclass(frozen=True, slots=True)
class Module:
    """A folder of definitions."""

    name: str
    version: str
    title: Text
    icon: str = ""
    requires: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    project_roles: tuple[Role, ...] = ()
    menu: tuple[MenuItem, ...] = ()
