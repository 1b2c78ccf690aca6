"""Translations: texts by `file#pointer`."""

from collections.abc import Iterable, Mapping

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench, entries
from engine.definition.near import meant
from engine.paths import resolve, split


def translations(documents: Iterable[Document]) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return module -> `file#pointer` -> language -> text."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for document in documents:
        texts = found.setdefault(document.module, {})
        for _, key, text in entries(document.body.get("texts"), "/texts"):
            texts.setdefault(key, {})[document.name] = str(text)
    return found


def check_locale(bench: Workbench, document: Document, bodies: Mapping[str, object]) -> None:
    """Note translations of texts that do not exist. `bodies` are the documents as they came, by path."""
    for at, key, _ in entries(document.body.get("texts"), "/texts"):
        file, _, pointer = key.partition("#")
        body = bodies.get(f"{document.module}/{file}")
        if body is None:
            bench.report(document, at, "locale_file", name=file, hint=meant(file, _files(document, bodies)))
        elif not _is_text(body, pointer):
            # The name that went, if the text stood in a part that was broken, is one of the pointer's.
            name = next((token for token in split(pointer) if token in bench.lost), key.replace(".", "/"))
            bench.report(document, at, "locale_pointer", name=name, key=key)


def _files(document: Document, bodies: Mapping[str, object]) -> list[str]:
    prefix = f"{document.module}/"
    return [path.removeprefix(prefix) for path in bodies if path.startswith(prefix)]


def _is_text(body: object, pointer: str) -> bool:
    try:
        return isinstance(resolve(body, pointer), str)
    except KeyError:
        return False
