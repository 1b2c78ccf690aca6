"""Texts in one language."""

from collections.abc import Mapping


def in_language(text: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or in the documents' own where it was not translated."""
    return text.get(language) or text.get("zh-CN", "")
