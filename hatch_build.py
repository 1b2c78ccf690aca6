"""Build hook: a wheel carries the built UI, the modules and the schemas, so that `pip install .` gives a whole engine."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))


class FormworkHook(BuildHookInterface[Any]):
    """Builds the UI when the tree has none, and puts modules/ and schemas/ into the package."""

    def dependencies(self) -> list[str]:
        """Return what the build itself needs: Node from PyPI when a UI is to be built and the system's is too old."""
        from tools import node_side

        return [node_side.WHEEL] if self._must_build() and not node_side.system_node_will_do() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add to the wheel; an editable installation reads everything from the tree and needs nothing."""
        if version == "editable":
            return
        if self._must_build():
            self._build()
        for name in ("modules", "schemas"):
            if (ROOT / name).is_dir():
                build_data["force_include"][str(ROOT / name)] = f"engine/{name}"

    def _must_build(self) -> bool:
        return not (ROOT / "engine" / "static" / "index.html").is_file()

    def _build(self) -> None:
        from tools import node_side

        for words in (("ci", "--no-audit", "--no-fund"), ("run", "build")):
            command = node_side.npm(*words)
            subprocess.run(command.words, cwd=node_side.UI, env=command.environment(), check=True)
