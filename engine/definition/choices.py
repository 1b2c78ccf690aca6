"""Choices: of one field, or of a set that several fields share."""

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]
"""A text by language; `zh-CN` is always there."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select field. A retired one stays readable and cannot be chosen anew."""

    value: str
    title: Text
    color: str = ""
    retired: bool = False
    id: str = ""
    options: tuple["Option", ...] = ()
    """The choices below it, in a set that is a tree."""


@dataclass(frozen=True, slots=True)
class OptionSet:
    """Choices that several fields share."""

    module: str
    id: str
    name: str
    title: Text
    options: tuple[Option, ...]

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"
