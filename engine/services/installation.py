"""What one running installation has: its database, what stands behind the ports, and its configurations."""

from dataclasses import dataclass, field

from engine.services.configurations import Configurations
from engine.services.happenings import Follow, follow_nothing
from engine.services.ports import Caller, Clock, FileStore, Mailer, NullCaller, PasswordHasher
from engine.services.workbooks import NullWorkbooks, Workbooks
from engine.settings import Settings
from engine.storage.database import Database


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that a use case is given beside its context; `app.create_app` puts it together."""

    settings: Settings
    database: Database
    clock: Clock
    hasher: PasswordHasher
    files: FileStore
    mailer: Mailer
    workbooks: Workbooks = field(default_factory=NullWorkbooks)
    configurations: Configurations = field(default_factory=Configurations)
    caller: Caller = field(default_factory=NullCaller)
    follow: Follow = follow_nothing
