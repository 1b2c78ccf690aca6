"""The first start: tables, an administrator, the first publication, and on request a demo company."""

import importlib
import secrets
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from engine.errors import Invalid
from engine.problems import errors
from engine.services import folders, publications
from engine.services.context import Actor, Context
from engine.services.installation import Installation
from engine.storage import head
from engine.storage.accounts import Accounts

SYSTEM = Actor("system", "Formwork", "system", is_admin=True)
Demo = Callable[[Installation], Iterator[str]]


def system_context(installation: Installation, language: str = "") -> Context:
    """Return the context of what the installation does by itself."""
    return Context(SYSTEM, installation.clock.now(), uuid.uuid4().hex, language or installation.settings.language)


def set_up(installation: Installation, *, demo: bool, password: str = "") -> Iterator[str]:
    """Do what is not done yet, and yield a line for each thing that was. Safe to repeat."""
    yield from _first_publication(installation)
    if demo:
        # The demo company lives outside the engine: it speaks of a business, and the engine does not.
        create = cast(Demo, importlib.import_module("demo.company").create)
        yield from create(installation)
    else:
        yield from _administrator(installation, password)


def publish_folder(installation: Installation, folder: Path, note: str) -> Iterator[str]:
    """Publish the modules of a folder. Raises Invalid with every problem."""
    documents, unreadable = folders.read_folder(folder)
    if errors(unreadable):
        raise Invalid(unreadable)
    ctx = system_context(installation)
    with installation.database.writing() as tx:
        before = head.take_for_publishing(tx)
        done = publications.publish_documents(installation, ctx, tx, before, documents, note)
    yield f"publication {done['number']}: {len(done['plan']['steps'])} steps"


def _first_publication(installation: Installation) -> Iterator[str]:
    with installation.database.reading() as tx:
        if head.number_in_force(tx, writing=False):
            return
    yield from publish_folder(installation, installation.settings.modules_dir, "first publication")


def _administrator(installation: Installation, password: str) -> Iterator[str]:
    with installation.database.writing() as tx:
        if Accounts(tx).admins():
            return
        chosen = password or secrets.token_urlsafe(9)
        Accounts(tx).add(
            "admin", "admin", installation.hasher.hash(chosen), now=installation.clock.now(), is_admin=True
        )
    yield f"log-in: admin / {chosen}"
