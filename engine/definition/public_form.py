"""What of a form may be offered to people without an account, compiled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.definition.choices import Text
from engine.expressions import Compiled


@dataclass(frozen=True, slots=True)
class PublicQuery:
    """What strangers may look up: records whose fields `by` all have the values that are told, and of these the fields in `show`."""

    by: tuple[str, ...]
    show: tuple[str, ...]
    where: Compiled | None = None


@dataclass(frozen=True, slots=True)
class PublicForm:
    """What of a form strangers with a link may fill: the paths in `fields` and nothing else; `values` are set for them."""

    fields: tuple[str, ...] = ()
    values: Mapping[str, Compiled] = field(default_factory=dict)
    intro: Text = field(default_factory=dict)
    done: Text = field(default_factory=dict)
    query: PublicQuery | None = None
