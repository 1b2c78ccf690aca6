"""Problem texts: every code that the engine emits has a sentence and a remedy in every language."""

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

from tests.house.checks.imports import imported
from tests.house.checks.sources import called_name, files, place, python

LANGUAGES = {"zh-CN", "en"}
PARTS = ("text", "remedy")

_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")


def incomplete_texts(root: Path) -> list[str]:
    """Return every code with a missing language, sentence or remedy, with uneven parameters, or given twice."""
    found: list[str] = []
    seen: dict[str, str] = {}
    for path, code, entry in _entries(root):
        if code in seen:
            found.append(f"{path}: {code}: also in {seen[code]}")
        seen[code] = path
        found += [f"{path}: {code}: {complaint}" for complaint in _complaints(code, entry)]
    return found


def codes_without_texts(root: Path) -> list[str]:
    """Return every code that engine/ emits, as a literal, and that has no text."""
    known = {code for _, code, _ in _entries(root)}
    return [f"{path}:{line}: {code}" for path, line, code in used_codes(root) if code not in known]


def used_codes(root: Path) -> list[tuple[str, int, str]]:
    """Return the path, line and code of every literal that is passed as the `code` of a problem or refusal."""
    trees = dict(python(root, "engine"))
    classes = _class_takers(list(trees.values()))
    functions = {path: _function_takers(tree, classes) for path, tree in trees.items()}
    return [
        (path, call.lineno, code)
        for path, tree in trees.items()
        for takers in [classes | _imported_takers(path, tree, functions) | functions[path]]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for code in _literal_codes(call, takers)
    ]


def _entries(root: Path) -> Iterator[tuple[str, str, dict[str, dict[str, str]]]]:
    for file in files(root, "engine/texts/problems", ".json"):
        for code, entry in json.loads(file.read_text(encoding="utf-8")).items():
            yield place(root, file), code, entry


def _complaints(code: str, entry: dict[str, dict[str, str]]) -> Iterator[str]:
    if not _CODE.match(code):
        yield "a code is snake_case"
    if set(entry) != LANGUAGES:
        yield f"languages {sorted(entry)}, expected {sorted(LANGUAGES)}"
        return
    for language in sorted(LANGUAGES):
        if set(entry[language]) != set(PARTS) or not all(entry[language][part].strip() for part in PARTS):
            yield f"{language} must have a text and a remedy"
            return
    if _parameters(entry["en"]) != _parameters(entry["zh-CN"]):
        yield "the languages do not use the same parameters"


def _parameters(wording: dict[str, str]) -> set[str]:
    return {name for part in PARTS for _, name, _, _ in string.Formatter().parse(wording[part]) if name}


def _class_takers(trees: list[ast.Module]) -> dict[str, int]:
    """Problem and the refusals, and at which position each takes its code."""
    classes = {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    takers = {"Problem": 0}
    for name in classes:
        owner = _initialiser(name, classes)
        if _is_refusal(name, classes) and owner is not None and (position := _position(owner)) is not None:
            takers[name] = position - 1
    return takers


def _function_takers(tree: ast.Module, classes: dict[str, int]) -> dict[str, int]:
    """The functions of a file that make problems or refusals out of a code that they are given."""
    takers: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and _makes_problems(node, classes):
            position = _position(node)
            if position is not None:
                takers[node.name] = position - (node.args.args[0].arg in {"self", "cls"})
    return takers


def _imported_takers(path: str, tree: ast.Module, functions: dict[str, dict[str, int]]) -> dict[str, int]:
    takers: dict[str, int] = {}
    for _, name in imported(path, tree):
        module, _, function = name.rpartition(".")
        file = module.replace(".", "/")
        for found in (functions.get(f"{file}.py"), functions.get(f"{file}/__init__.py")):
            if found and function in found:
                takers[function] = found[function]
    return takers


def _is_refusal(name: str, classes: dict[str, ast.ClassDef]) -> bool:
    if name == "FormworkError":
        return True
    return name in classes and any(_is_refusal(base, classes) for base in _bases(classes[name]))


def _initialiser(name: str, classes: dict[str, ast.ClassDef]) -> ast.FunctionDef | None:
    if name not in classes:
        return None
    for node in classes[name].body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return node
    return next((found for base in _bases(classes[name]) if (found := _initialiser(base, classes))), None)


def _bases(node: ast.ClassDef) -> list[str]:
    return [base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases]


def _position(node: ast.FunctionDef) -> int | None:
    names = [argument.arg for argument in node.args.args]
    return names.index("code") if "code" in names else None


def _makes_problems(node: ast.FunctionDef, takers: dict[str, int]) -> bool:
    """A function makes problems when it says so, or when it hands its own `code` on to something that takes one."""
    if node.returns is not None and "Problem" in ast.unparse(node.returns):
        return True
    return any(
        isinstance(call, ast.Call)
        and called_name(call) in takers
        and any(isinstance(value, ast.Name) and value.id == "code" for value in call.args)
        for call in ast.walk(node)
    )


def _literal_codes(call: ast.Call, takers: dict[str, int]) -> Iterator[str]:
    name = called_name(call)
    if name == "__init__" and _is_super(call):
        position: int | None = 0
    else:
        position = takers.get(name)
    if position is None:
        return
    values = [keyword.value for keyword in call.keywords if keyword.arg == "code"] or call.args[position : position + 1]
    for value in values:
        for node in (value, *((value.body, value.orelse) if isinstance(value, ast.IfExp) else ())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.match(node.value):
                yield node.value


def _is_super(call: ast.Call) -> bool:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(owner, ast.Call) and called_name(owner) == "super"
