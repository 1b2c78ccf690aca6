"""What sets of documents come to, each worked out once: saving a draft, looking at it and publishing it ask for the same.

Installations in one process that run the same documents share what they compile to. It never changes.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import cast

from engine.definition import Compilation, compilation

KEPT = 8
"""How many sets stay in memory: those of a few drafts, and what they are compared with."""

_kept: OrderedDict[str, Compilation] = OrderedDict()
_lock = threading.Lock()


def compiled_once(documents: Mapping[str, object]) -> Compilation:
    """Return what documents come to. They must be JSON; the order of their members counts, as it does in a form.

    Whoever asks may go on changing what was handed in: a copy is compiled.
    """
    written = json.dumps(documents)
    digest = hashlib.sha256(written.encode()).hexdigest()
    with _lock:
        if digest in _kept:
            _kept.move_to_end(digest)
            return _kept[digest]
    made = compilation(cast("dict[str, object]", json.loads(written)))
    with _lock:
        _kept[digest] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
