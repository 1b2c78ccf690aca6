"""Which file store an installation has, by its settings."""

from engine.adapters.files import DiskFiles
from engine.errors import Misconfigured
from engine.services.ports import FileStore
from engine.settings import Settings

STORES = ("disk", "s3")
_NEEDED = ("s3_bucket", "s3_access_key", "s3_secret_key")


def file_store(settings: Settings, kind: str = "") -> FileStore:
    """Return the store of one kind, else the one that the settings choose; nothing is asked of it yet.

    Raises Misconfigured for what is not known, not complete or not installed.
    """
    chosen = kind or settings.files_store
    if chosen == "disk":
        return DiskFiles(settings.files_dir)
    if chosen != "s3":
        raise Misconfigured("file_store_unknown", {"store": chosen, "known": list(STORES)})
    if missing := [f"FORMWORK_{name.upper()}" for name in _NEEDED if not getattr(settings, name)]:
        raise Misconfigured("s3_settings_missing", {"settings": missing})
    try:
        from engine.adapters.s3_files import S3Files
    except ImportError as error:
        raise Misconfigured("s3_not_installed", {"package": error.name or "boto3"}) from error
    return S3Files(settings)
