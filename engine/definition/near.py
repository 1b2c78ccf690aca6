"""What somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def near(word: object, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known words that look most like `word`, best first."""
    return get_close_matches(str(word), sorted(set(known)), n=count, cutoff=0.6)


def meant(word: object, known: Iterable[str]) -> dict[str, str]:
    """Return a hint by language, empty where nothing is near: it follows the sentence of a problem."""
    found = near(word, known)
    if not found:
        return {"zh-CN": "", "en": ""}
    return {"zh-CN": f"是否想写：{'、'.join(found)}？", "en": f"Did you mean {' or '.join(found)}?"}
