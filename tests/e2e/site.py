"""The product as a browser finds it: a server in a thread, on a copy of a database that was prepared once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import argon2
import waitress.server
from waitress import wasyncore

from engine.adapters.api_desk import ApiDesk
from engine.adapters.passwords import Argon2Hasher
from engine.app import JOB_KINDS, create_app, create_installation
from engine.services import scenarios
from engine.services.configurations import Configurations
from engine.services.installation import Installation
from engine.services.jobs import run_due
from engine.services.setup import set_up
from engine.settings import Settings
from tests.e2e.company import Company, found, furnish
from tests.e2e.watching import BEAT, PATIENCE

MODULES = Path(__file__).resolve().parents[2] / "modules"


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: where it is, and the company that lives in its database."""

    address: str
    company: Company
    _installation: Installation

    def work_off(self) -> None:
        """Do the job that was asked for and all that wait, as the worker does: nothing of them happens before a test says so.

        A click is over before its request is: the job may not be there yet, and nobody else would do it when it comes.
        """
        end = time.monotonic() + PATIENCE / 1000
        while not run_due(self._installation, JOB_KINDS):
            assert time.monotonic() < end, "no job has come that could be worked off"
            time.sleep(BEAT / 1000)
        while run_due(self._installation, JOB_KINDS):
            pass

    @property
    def desk(self) -> ApiDesk:
        """Everybody's way to the API without a browser."""
        return self.company.desk


class Ground:
    """What every copy is built on: the modules, compiled once, and the founding of the company."""

    def __init__(self, files: Path) -> None:
        self._files = files
        self._compiled = Configurations()
        self._ids: dict[str, str] = {}

    def prepare(self, url: str) -> None:
        """Make an empty database the one to copy: the modules published, the company founded and furnished."""
        installation = self._installation(url, self._compiled)
        scenarios.set_stage(installation, scenarios.documents_of(MODULES))
        company = found(ApiDesk(create_app(installation)))
        furnish(company)
        self._ids = company.ids
        installation.database.close()

    def prepare_demo(self, url: str) -> None:
        """Make an empty database that of the demo company."""
        installation = self._installation(url, self._compiled)
        for _line in set_up(installation, demo=True):
            pass
        installation.database.close()

    @contextmanager
    def open(self, url: str) -> Iterator[Site]:
        """Serve a copy until the block ends."""
        own = Configurations()
        # A later publication of this copy is not one of the others': only what is there from the start is shared.
        own._kept.update(self._compiled._kept)
        installation = self._installation(url, own)
        app = create_app(installation)
        server = waitress.server.create_server(
            app, host="127.0.0.1", port=0, threads=8, ident=None, clear_untrusted_proxy_headers=True
        )
        thread = threading.Thread(target=server.run, name="server of a browser test")
        thread.start()
        try:
            yield Site(
                f"http://127.0.0.1:{server.effective_port}", Company(ApiDesk(app), dict(self._ids)), installation
            )
        finally:
            # In the loop's own thread: closed from outside, it would still look at what is gone.
            # An answer that is just leaving may have woken it before: then the trigger is closed already.
            with suppress(OSError):
                server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
            thread.join()
            server.task_dispatcher.shutdown()
            installation.database.close()

    def _installation(self, url: str, compiled: Configurations) -> Installation:
        # These tests are about what people see: the cheapest hash will do, and nobody is slowed down at the door.
        cheap = Argon2Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        settings = Settings(
            database_url=url, files_dir=self._files, modules_dir=MODULES, sign_in_limit="100000 per minute"
        )
        return replace(create_installation(settings, hasher=cheap), configurations=compiled)
