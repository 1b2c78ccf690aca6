"""Whether the installation works."""

from typing import Any

from engine.services.installation import Installation
from engine.storage.head import number_in_force


def health(installation: Installation) -> dict[str, Any]:
    """Return the publication in force; the database had to answer for that."""
    with installation.database.reading() as tx:
        return {"status": "ok", "publication": number_in_force(tx, writing=False) or 0}
