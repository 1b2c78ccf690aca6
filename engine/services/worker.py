"""The worker inside the server's process: it does jobs slice by slice in a thread of its own."""

import logging
import threading
from collections.abc import Callable

from engine.services.installation import Installation
from engine.services.jobs import Kinds, run_due

_log = logging.getLogger("formwork.worker")
PAUSE_SECONDS = 1.0
BREATH_SECONDS = 0.02
"""Between two slices others get their turn to write, which on SQLite waits for the first free moment."""


def start_thread(installation: Installation, kinds: Kinds) -> Callable[[], None]:
    """Do jobs in a thread of this process; return what stops it."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                idle = not run_due(installation, kinds)
            except Exception:
                # The job's lease ends, and it is begun again; after some attempts it fails.
                _log.exception("a job could not be done")
                idle = True
            stop.wait(PAUSE_SECONDS if idle else BREATH_SECONDS)

    threading.Thread(target=work, name="formwork-worker", daemon=True).start()
    return stop.set
