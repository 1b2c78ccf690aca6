"""What roles are called."""

from engine.definition import Configuration
from engine.definition.model import Text


def role_title(configuration: Configuration, key: str) -> Text:
    """Return the title of a role or project role by its qualified name; what no module declares is called by its name."""
    module = configuration.modules.get(key.partition(".")[0])
    roles = (*module.roles, *module.project_roles) if module else ()
    return next((one.title for one in roles if one.key == key), {"zh-CN": key})
