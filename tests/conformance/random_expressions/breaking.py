"""Texts that were well typed, with a token lost, doubled, swapped or foreign: both parsers must say the same of them."""

import re
from random import Random

_TOKEN = re.compile(r"\s+|\d+(?:\.\d+)?|'[^']*'|\"[^\"]*\"|\w+|<>|<=|>=|!=|.", re.DOTALL)
_FOREIGN = (
    "(", ")", ",", ".", "%", "'", '"', "“", "#", "@", "NOT", "IN", "AND", "OLD", "OLD.net", "ITEM", "nosuch", "lines.nosuch", "MEASURE", "LOOKUP('x')", "1.2.3",
    "99999999999999999999999999999", "BLANK", "=", "<", "（", "，", "²", "٣", "ª", "\u200b", "SUM()", "ROUND(1, 2, 3)", "lines", "true", "{", "\\", "🙂",
)  # fmt: skip


def broken(text: str, rng: Random) -> str:
    """Return the text with one to three changes."""
    tokens = _TOKEN.findall(text)
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(tokens))
        way = rng.randrange(4)
        if way == 0 and len(tokens) > 1:
            del tokens[at]
        elif way == 1:
            tokens.insert(at, tokens[at])
        elif way == 2:
            other = rng.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        else:
            tokens.insert(at, rng.choice(_FOREIGN))
    return "".join(tokens)
