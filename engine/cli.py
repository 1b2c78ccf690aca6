"""The command line: thin, every command is one use case."""

import argparse
import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import waitress

from engine.adapters import logs
from engine.adapters.file_stores import STORES, file_store
from engine.adapters.workbooks import FileWorkbooks
from engine.app import create_app, create_installation, play_folder, start_worker
from engine.definition import check_documents
from engine.errors import Conflict, FormworkError, Invalid
from engine.problems import Problem, describe, errors, wording
from engine.services import bpmn_exchange, dmn_exchange, file_care, folders, schema_exchange, setup, verifying
from engine.services.imports.entity_from_file import propose
from engine.services.scenarios import report
from engine.settings import Settings, from_environment


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code: 0 done, 1 problems found, 2 refused."""
    words = parser().parse_args(argv)
    try:
        return int(words.command(words, from_environment()))
    except FormworkError as error:
        text = wording(error.code, error.params, words.language)
        print(f"{text.text} {text.remedy}".strip(), file=sys.stderr)
        _print_problems(error.problems, words.language)
        return 2


def check(words: argparse.Namespace, _settings: Settings) -> int:
    """Print every problem of a folder of definitions."""
    folder = Path(words.folder)
    documents, problems = folders.read_folder(folder)
    parent = folder.parent if (folder / "module.json").exists() else folder
    found = (*problems, *check_documents(folders.with_required(parent, documents)))
    _print_problems(found, words.language)
    blocking = len(errors(found))
    print(f"{len(documents)} documents, {blocking} problems, {len(found) - blocking} warnings")
    return 1 if blocking else 0


def setup_command(words: argparse.Namespace, settings: Settings) -> int:
    """Make a database ready: the modules' first publication, an administrator, and on request a demo company."""
    installation = create_installation(settings)
    for line in setup.set_up(
        installation, demo=words.demo, password=words.password or os.environ.get("FORMWORK_ADMIN_PASSWORD", "")
    ):
        print(line)
    return 0


def publish(words: argparse.Namespace, settings: Settings) -> int:
    """Publish a folder of modules into the database."""
    installation = create_installation(settings)
    for line in setup.publish_folder(installation, Path(words.folder), words.note):
        print(line)
    return 0


def run_scenarios(words: argparse.Namespace, _settings: Settings) -> int:
    """Play the scenarios of a folder of modules against a fresh database and print what went wrong."""
    outcomes = list(play_folder(Path(words.folder), words.only))
    for line in report(outcomes, words.language):
        print(line)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def verify(words: argparse.Namespace, settings: Settings) -> int:
    """Compare roll-ups and trees, kept totals, or the index of the search with working them out anew, and print what has drifted; mend it on request."""
    installation = create_installation(settings)
    found = verifying.repair(installation, words.what) if words.repair else verifying.verify(installation, words.what)
    for line in found:
        print(line)
    print(f"{len(found)} differences{', mended' if words.repair and found else ''}")
    return 1 if found and not words.repair else 0


def files_verify(words: argparse.Namespace, settings: Settings) -> int:
    """Compare the store of files with what is known of files, and print what is missing, changed, or there for nobody."""
    found = file_care.verify(create_installation(settings), content=words.content, grace=timedelta(days=words.days))
    return 1 if _print_findings(found) else 0


def files_sweep(words: argparse.Namespace, settings: Settings) -> int:
    """Remove the contents that nobody holds, and print them."""
    _print_findings(file_care.sweep(create_installation(settings), timedelta(days=words.days)))
    return 0


def files_move(words: argparse.Namespace, settings: Settings) -> int:
    """Copy every content from one store into another; again, it goes on where it was."""
    counts: Counter[str] = Counter()
    for one in file_care.move(file_store(settings, words.source), file_store(settings, words.target)):
        counts[one.outcome] += 1
        if one.outcome != "there":
            print(f"{one.outcome} {one.digest} {one.size}")
    print(", ".join(f"{counts[name]} {name}" for name in ("copied", "there", "damaged")))
    return 1 if counts["damaged"] else 0


def _print_findings(found: Iterator[file_care.Finding]) -> int:
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.kind] += 1
        print(" ".join([one.kind, one.digest, str(one.size), *one.held_by]))
    print(", ".join(f"{counts[name]} {name}" for name in ("missing", "changed", "orphaned")))
    return counts.total()


def serve(words: argparse.Namespace, settings: Settings) -> int:
    """Serve the product, with the background work in threads of its own."""
    logs.configure()
    installation = create_installation(settings)
    if settings.embedded_worker:
        start_worker(installation)
    server = waitress.create_server(
        create_app(installation), host=words.host, port=words.port, threads=words.threads, ident=None
    )
    # It listens from here on: whoever opens the address now is answered, though perhaps a moment later.
    print(f"Formwork: http://{words.host}:{server.effective_port}", flush=True)
    server.run()
    return 0


def work(_words: argparse.Namespace, settings: Settings) -> int:
    """Do the background work until the process is told to stop; what is half done then is undone and comes again."""
    logs.configure()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    end = start_worker(create_installation(settings))
    stop.wait()
    end()
    return 0


def entity_from_excel(words: argparse.Namespace, _settings: Settings) -> int:
    """Write the entity, form and table that an Excel or CSV file proposes into a module's folder."""
    folder, file = Path(words.module), Path(words.file)
    with file.open("rb") as content:
        found = propose(FileWorkbooks(), content, file.name, folder.name, name=words.name, title=words.title)
    taken = [path for path in found.documents if (folder.parent / path).exists()]
    if taken:
        raise Conflict("entity_exists", {"name": found.name, "path": taken[0]})
    for path, document in found.documents.items():
        target = folder.parent / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(target)
    for column in found.columns:
        print(f"  {column.title}: {column.name} ({column.type})")
    return 0


def schema_import(words: argparse.Namespace, _settings: Settings) -> int:
    """Write the entity, form and table that a JSON Schema becomes, and print what became of each of its parts."""
    out = Path(words.out or words.module)
    try:
        schema = json.loads(Path(words.file).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Invalid([Problem("charter_unusable", "", {"reason": str(error)[:200]})]) from error
    found = schema_exchange.propose(schema, out.name, name=words.name, formats=words.formats)
    _write_new(out.parent, found.documents)
    for line in schema_exchange.report(found, words.language):
        print(f"  {line['pointer']}: {line['text']}")
    return 0


def schema_export(words: argparse.Namespace, _settings: Settings) -> int:
    """Print the JSON Schema of an entity of a folder of modules, or with `--ui` the hints for drawing it."""
    documents, _ = folders.read_folder(Path(words.folder))
    found = schema_exchange.export_of(documents, words.entity)
    print(json.dumps(found["ui_schema" if words.ui else "schema"], ensure_ascii=False, indent=2))
    return 0


def bpmn_import(words: argparse.Namespace, _settings: Settings) -> int:
    """Write the flow that a BPMN file becomes and the file itself into a module's folder, and print what became of each element on request."""
    out = Path(words.module)
    documents = folders.read_folder(out.parent)[0] if words.module else {}
    said = {"name": words.name, "entity": words.entity, "process": words.process}
    module = out.name if words.module else "module"
    said["entity"] = said["entity"] or ("" if words.module else "document")
    found, made = bpmn_exchange.propose(Path(words.file).read_bytes(), module, documents, **said)
    if words.module:
        _write_new(out.parent, made)
    lines = bpmn_exchange.report(found, words.language)
    for line in lines if words.report or not words.module else ():
        print(f"  {line['fate']:6} {line['kind']} {line['id']} {line['name']}: {line['text']}")
    counts = Counter(line["fate"] for line in lines)
    print(", ".join(f"{counts[fate]} {fate}" for fate in ("runs", "needs", "passes", "kept")))
    return 0


def bpmn_export(words: argparse.Namespace, _settings: Settings) -> int:
    """Write a flow of a module's folder as BPMN 2.0 to standard output."""
    folder = Path(words.module)
    data = bpmn_exchange.export_of(folders.read_folder(folder.parent)[0], f"{folder.name}.{words.flow}")
    sys.stdout.buffer.write(data)
    return 0


def dmn_import(words: argparse.Namespace, _settings: Settings) -> int:
    """Write the decision tables of a DMN file into a module's folder and print what became of each element."""
    out = Path(words.module)
    found, made = dmn_exchange.propose(Path(words.file).read_bytes(), out.name)
    _write_new(out.parent, made)
    for line in dmn_exchange.report(found, words.language):
        print(f"  {line['fate']:6} {line['kind']} {line['id']} {line['name']}: {line['text']}")
    return 0


def dmn_export(words: argparse.Namespace, _settings: Settings) -> int:
    """Write a decision table of a module's folder as DMN to standard output."""
    folder = Path(words.module)
    data = dmn_exchange.export_of(folders.read_folder(folder.parent)[0], f"{folder.name}.{words.decision}")
    sys.stdout.buffer.write(data)
    return 0


def _write_new(folder: Path, documents: Mapping[str, Mapping[str, object]]) -> None:
    """Write documents, each into a file that is not there yet, and print where."""
    for path, document in documents.items():
        target = folder / path
        if target.exists():
            raise Conflict("entity_exists", {"name": str(document["name"]), "path": path})
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(target)


def _print_problems(problems: Sequence[Problem], language: str) -> None:
    for problem in problems:
        text = describe(problem, language)
        place = f"{problem.file}#{problem.pointer}" + (
            f" [{problem.span[0]}:{problem.span[1]}]" if problem.span else ""
        )
        print(f"{place} {problem.severity} {problem.code}: {text.text}\n    {text.remedy}")


def _schema_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("schema", help="entities from and to JSON Schema").add_subparsers(
        required=True, metavar="what"
    )
    one = group.add_parser("import", help="make an entity, its form and its table of a JSON Schema")
    one.add_argument("file")
    one.add_argument("module", help="the folder of the module that gets the documents")
    one.add_argument("--out", default="", help="another folder for the documents")
    one.add_argument("--name", default="", help="of the entity; else made from the title of the schema")
    one.add_argument("--formats", action="store_true", help="make `format` a demand and not only a note")
    one.set_defaults(command=schema_import)
    one = group.add_parser("export", help="print an entity as JSON Schema 2020-12")
    one.add_argument("folder", help="of modules")
    one.add_argument("entity", help="module.name")
    one.add_argument("--ui", action="store_true", help="print the hints for drawing it (uiSchema) instead")
    one.set_defaults(command=schema_export)


def _bpmn_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("bpmn", help="flows from and to BPMN 2.0").add_subparsers(required=True, metavar="what")
    one = group.add_parser("import", help="make a flow of a BPMN file and keep the file beside it")
    one.add_argument("file")
    one.add_argument(
        "module",
        nargs="?",
        default="",
        help="the folder of the module that gets them; without it, print the report alone",
    )
    one.add_argument("--report", action="store_true", help="print what became of each element")
    one.add_argument("--name", default="", help="of the flow; else made from the name of the process")
    one.add_argument("--entity", default="", help="that the flow approves; else the only document without a flow")
    one.add_argument("--process", default="", help="the id of the process, where the file has several")
    one.set_defaults(command=bpmn_import)
    one = group.add_parser("export", help="print a flow as BPMN 2.0, in the file that it came from")
    one.add_argument("module", help="the folder of the module")
    one.add_argument("flow", help="its name")
    one.set_defaults(command=bpmn_export)


def _dmn_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("dmn", help="decision tables from and to DMN").add_subparsers(
        required=True, metavar="what"
    )
    one = group.add_parser("import", help="make decision tables of a DMN file, each with the file beside it")
    one.add_argument("file")
    one.add_argument("module", help="the folder of the module that gets them")
    one.set_defaults(command=dmn_import)
    one = group.add_parser("export", help="print a decision table as DMN 1.3, in the file that it came from")
    one.add_argument("module", help="the folder of the module")
    one.add_argument("decision", help="its name")
    one.set_defaults(command=dmn_export)


def _file_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("files", help="the store of files: verify, sweep, move").add_subparsers(
        required=True, metavar="what"
    )
    one = group.add_parser("verify", help="print what is missing, changed, or there for nobody")
    one.add_argument("--content", action="store_true", help="read every byte and compare it with its digest")
    one.set_defaults(command=files_verify)
    two = group.add_parser("sweep", help="remove what is there for nobody")
    two.set_defaults(command=files_sweep)
    for each in (one, two):
        each.add_argument("--days", type=int, default=1, help="what nobody holds counts when it is older (1)")
    one = group.add_parser("move", help="copy every file from one store into another; again, it goes on where it was")
    one.add_argument("source", choices=STORES)
    one.add_argument("target", choices=STORES)
    one.set_defaults(command=files_move)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    words = argparse.ArgumentParser(
        "formwork", description="A low-code workflow engine. Settings come from FORMWORK_* variables."
    )
    words.add_argument("--language", choices=("zh-CN", "en"), default=os.environ.get("FORMWORK_LANGUAGE", "zh-CN"))
    commands = words.add_subparsers(required=True, metavar="command")
    one = commands.add_parser("check", help="print every problem of a folder of definitions")
    one.add_argument("folder")
    one.set_defaults(command=check)
    one = commands.add_parser("setup", help="make a database ready")
    one.add_argument("--demo", action="store_true", help="with a demo company")
    one.add_argument("--password", default="", help="of the administrator; drawn and printed when not given")
    one.set_defaults(command=setup_command)
    one = commands.add_parser("publish", help="publish a folder of modules")
    one.add_argument("folder")
    one.add_argument("--note", required=True)
    one.set_defaults(command=publish)
    one = commands.add_parser("scenarios", help="play the scenarios of a folder of modules")
    one.add_argument("folder")
    one.add_argument("--only", default="", help="those whose name contains this")
    one.set_defaults(command=run_scenarios)
    one = commands.add_parser("verify", help="compare what is kept of records with working it out anew")
    one.add_argument(
        "what",
        choices=["rollups", "measures", "search"],
        help="roll-ups, what they feed, and trees; kept totals of measures; or the index of the search",
    )
    one.add_argument("--repair", action="store_true", help="write what is right")
    one.set_defaults(command=verify)
    one = commands.add_parser("serve", help="serve the product")
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--threads", type=int, default=8)
    one.set_defaults(command=serve)
    one = commands.add_parser(
        "worker", help="do the background work: jobs, messages, webhooks, automations by the clock"
    )
    one.set_defaults(command=work)
    one = commands.add_parser("entity", help="make entities")
    entity = one.add_subparsers(required=True, metavar="what")
    one = entity.add_parser("from-excel", help="propose an entity, its form and its table from a file's columns")
    one.add_argument("file")
    one.add_argument("module", help="the folder of the module that gets the documents")
    one.add_argument("--name", default="", help="of the entity; else made from the sheet's name")
    one.add_argument("--title", default="", help="of the entity; else the sheet's name")
    one.set_defaults(command=entity_from_excel)
    _schema_commands(commands)
    _bpmn_commands(commands)
    _dmn_commands(commands)
    _file_commands(commands)
    return words


if __name__ == "__main__":
    sys.exit(main())
