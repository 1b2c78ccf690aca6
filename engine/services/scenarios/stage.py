"""The stage of a scenario: a database with the modules published and one administrator, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

from engine.errors import Invalid
from engine.problems import errors
from engine.services import folders, publications
from engine.services.installation import Installation
from engine.services.setup import system_context
from engine.storage import head
from engine.storage.accounts import Accounts

ADMIN = "admin"
ENTRY_WORD = "for scenarios only"
"""What everybody signs in with; the database lives no longer than the scenario."""


def documents_of(folder: Path) -> Mapping[str, object]:
    """Return the documents of a folder of modules, or of one module with those that it needs beside it.

    Raises Invalid with every file that cannot be read.
    """
    documents, unreadable = folders.read_folder(folder)
    if errors(unreadable):
        raise Invalid(unreadable)
    parent = folder.parent if (folder / "module.json").exists() else folder
    return folders.with_required(parent, documents)


def set_stage(installation: Installation, documents: Mapping[str, object]) -> None:
    """Publish documents into an empty database and add an administrator. Raises Invalid with every problem."""
    ctx = system_context(installation)
    with installation.database.writing() as tx:
        before = head.take_for_publishing(tx)
        publications.publish_documents(installation, ctx, tx, before, documents, "stage of scenarios")
        Accounts(tx).add(ADMIN, ADMIN, installation.hasher.hash(ENTRY_WORD), now=ctx.now, is_admin=True)
