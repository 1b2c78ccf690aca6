"""Settings: what an installation is told from outside, through environment variables named FORMWORK_*."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """One value for each setting.

    Sizes are bytes, durations seconds. `modules_dir` is read once, when an empty database gets its first publication.
    """

    database_url: str = "sqlite:///var/formwork.sqlite"
    files_store: str = "disk"
    files_dir: Path = Path("var/files")
    s3_endpoint: str = ""
    s3_bucket: str = ""
    s3_region: str = ""
    s3_prefix: str = ""
    s3_access_key: str = field(default="", repr=False)
    s3_secret_key: str = field(default="", repr=False)
    s3_path_style: bool = False
    modules_dir: Path = field(default_factory=lambda: _shipped("modules"))
    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    timezone: str = "Asia/Shanghai"
    language: str = "zh-CN"
    max_upload: int = 20 * _MIB
    session_lifetime: int = 12 * 3600
    secure_cookies: bool = False
    sign_in_limit: str = "10 per minute"
    public_limit: str = "60 per minute"
    limits_storage: str = field(default="memory://", repr=False)
    embedded_worker: bool = True
    mail_url: str = ""
    keep_deleted_days: int = 90
    keep_unfinished_days: int = 30
    webhook_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


def _shipped(folder: str) -> Path:
    """Return a folder that comes with the product: inside the package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / folder
    return inside if inside.exists() else Path(__file__).parent.parent / folder


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of an environment; what is not set keeps its default.

    Without FORMWORK_SECRET_KEY a key is drawn at each start, so sessions end with the process.
    Raises ValueError when a number or a switch cannot be read.
    """
    given = os.environ if environment is None else environment
    known = {
        name.removeprefix("FORMWORK_").lower(): value for name, value in given.items() if name.startswith("FORMWORK_")
    }
    read = {name: _read(name, known[name]) for name in Settings.__dataclass_fields__ if name in known}
    return Settings(**read | {"webhook_secrets": _secrets(known)})


def _secrets(known: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets of webhooks by the names that configurations use: each is a variable of its own."""
    prefix = "webhook_secret_"
    return {name.removeprefix(prefix): value for name, value in known.items() if name.startswith(prefix)}


def _read(name: str, text: str) -> Any:
    kind = Settings.__dataclass_fields__[name].type
    if name == "encryption_keys":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind is int:
        return int(text)
    if kind is Path:
        return Path(text)
    if kind is bool:
        if text.lower() not in _SWITCHES:
            raise ValueError(f"FORMWORK_{name.upper()} must be one of {', '.join(_SWITCHES)}")
        return _SWITCHES[text.lower()]
    return text


_SWITCHES = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
