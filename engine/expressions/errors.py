"""The error of an evaluation: it is shown to the person, never turned into a blank."""

from collections.abc import Mapping

from engine.errors import FormworkError
from engine.expressions.tree import Span


class ExpressionError(FormworkError):
    """A formula has no value: division by zero, overflow, a text that is no number ...

    `span` is the place in the formula's text, None until the evaluator knows it.
    """

    def __init__(self, code: str, params: Mapping[str, object] | None = None, span: Span | None = None) -> None:
        super().__init__(code, params)
        self.span = span
