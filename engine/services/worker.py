"""The background work: jobs slice by slice, messages to the outside, and what automations are due by the clock.

Each has a thread of its own, so that a mail server that does not answer holds nothing else up. `formwork serve` has them in
its process, `formwork worker` in one without a server; several may work beside each other.
"""

import logging
import threading
from collections.abc import Callable, Mapping

from engine.errors import NotSetUp
from engine.services import chores, outbox
from engine.services.automations import timers
from engine.services.installation import Installation
from engine.services.jobs import Kinds, run_due
from engine.services.limits import asking

_log = logging.getLogger("formwork.worker")
PAUSE_SECONDS = 1.0
BREATH_SECONDS = 0.02
"""Between two pieces of work others get their turn to write, which on SQLite waits for the first free moment."""


def start_threads(installation: Installation, kinds: Kinds) -> Callable[[], None]:
    """Do the background work in threads of this process; return what stops it."""
    stop = threading.Event()
    work: Mapping[str, Callable[[], object]] = {
        "jobs": lambda: run_due(installation, kinds),
        "outbox": lambda: outbox.drain(installation),
        "timers": lambda: timers.tick(installation),
        # One pass a second: whoever writes without end has his limits asked once for all that came meanwhile.
        "limits": lambda: asking.tick(installation) and None,
        "chores": lambda: chores.tick(installation),
    }
    for name, piece in work.items():
        threading.Thread(target=repeat, args=(piece, stop), name=f"formwork-{name}", daemon=True).start()
    return stop.set


def repeat(piece: Callable[[], object], stop: threading.Event) -> None:
    """Do a piece of work again and again, with a pause when there was none."""
    while not stop.is_set():
        try:
            idle = not piece()
        except NotSetUp:
            # A server may be started before its installation is set up, and finds work as soon as it is.
            idle = True
        except Exception:
            # What was half done is undone, and is due again.
            _log.exception("background work was broken off")
            idle = True
        stop.wait(PAUSE_SECONDS if idle else BREATH_SECONDS)
