"""The entry for people and for CI keeps its promises: it explains itself, leaves out what is done, and counts truly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.checks.sources import ROOT
from tests.house.conftest import Write
from tools.places import STATIC
from tools.serve import benches, needs_browser
from tools.stamps import digest_of, is_fresh, mark
from tools.steps import Command, Outcome, Step, StepFailed, run_all, run_lanes, run_step, summary
from tools.tally import Tally, read_report
from tools.ui_budget import first_form_bytes

COMMANDS = ("run", "test", "check", "format", "bench", "e2e", "docs")


def python(program: str) -> Command:
    return Command([sys.executable, "-c", program])


def test_it_explains_itself_with_nothing_but_the_standard_library() -> None:
    words = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import dev; dev.main([])",
    ]

    done = subprocess.run(words, capture_output=True, text=True, check=True)

    assert all(f"\n    {command} " in done.stdout for command in COMMANDS)


def test_ci_runs_the_whole_suite_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert lines[-1] == "exec python3 dev.py test"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def test_a_stamp_is_fresh_only_for_the_same_contents(write: Write, tmp_path: Path) -> None:
    file = write("a.txt", "one")
    mark("step", digest_of([file]), tmp_path)
    before = is_fresh("step", digest_of([file]), tmp_path)

    write("a.txt", "two")

    assert before
    assert not is_fresh("step", digest_of([file]), tmp_path)
    assert not is_fresh("other", digest_of([file]), tmp_path)


def test_a_report_is_counted_with_errors_as_failures(write: Write) -> None:
    suites = '<testsuite tests="5" failures="1" errors="1" skipped="1"/><testsuite tests="2" failures="0"/>'
    file = write("report.xml", f"<testsuites>{suites}</testsuites>")

    assert read_report(file) == Tally(passed=4, failed=2, skipped=1)


def test_a_report_that_was_never_written_counts_nothing(tmp_path: Path) -> None:
    assert read_report(tmp_path / "none.xml") == Tally()


def test_a_failed_step_shows_what_it_printed(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run_step(Step("try", lambda: [python("print('why'); raise SystemExit(3)")]))

    assert not outcome.ok
    assert "why" in capsys.readouterr().out


def test_a_good_step_is_silent_about_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run_step(Step("try", lambda: [python("print('noise')")]))

    assert outcome.ok
    assert "noise" not in capsys.readouterr().out


def test_a_step_that_cannot_be_done_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> list[Command]:
        raise StepFailed("sudo apt-get install it")

    outcome = run_step(Step("try", work))

    assert not outcome.ok
    assert "sudo apt-get install it" in capsys.readouterr().out


def test_preparation_ends_at_the_first_failure_and_checks_go_on() -> None:
    lane = [Step("bad", lambda: [python("raise SystemExit(1)")]), Step("next", list)]

    prepared = run_lanes([lane, [Step("beside", list)]])
    checked = run_all([lane])

    assert [(one.title, one.ok) for one in prepared] == [("bad", False), ("beside", True)]
    assert [(one.title, one.ok) for one in checked] == [("bad", False), ("next", True)]


def test_the_closing_line_counts_tests_and_failed_steps(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [
        Outcome("lint", ok=False, seconds=1.0),
        Outcome("tests", ok=False, seconds=2.0, tally=Tally(passed=7, failed=2)),
        Outcome("more tests", ok=True, seconds=3.0, tally=Tally(passed=3)),
    ]

    code = summary("dev.py test", outcomes, 6.0)

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "10 passed, 3 failed in 6.0s"


def test_a_clean_run_ends_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    code = summary("dev.py test", [Outcome("tests", ok=True, seconds=1.0, tally=Tally(passed=7))], 1.0)

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed in 1.0s"


def test_benches_are_found_by_name(write: Write, tmp_path: Path) -> None:
    write("how_many_saves_a_second.py", "")
    write("how_long_is_a_publish.py", "")

    assert [file.stem for file in benches([], tmp_path)] == ["how_long_is_a_publish", "how_many_saves_a_second"]
    assert [file.stem for file in benches(["how_long_is_a_publish"], tmp_path)] == ["how_long_is_a_publish"]
    with pytest.raises(StepFailed, match="bench/ has no other"):
        benches(["other"], tmp_path)


def test_a_bench_in_a_browser_is_known_by_its_imports(write: Write, tmp_path: Path) -> None:
    write("quick.py", "from _figures import table\n")
    write("seen.py", "from _browser import serving\n")

    found = {file.stem: needs_browser(file) for file in benches([], tmp_path)}

    assert found == {"quick": False, "seen": True}


def test_the_first_form_is_measured_with_all_that_it_loads_at_once(write: Write, tmp_path: Path) -> None:
    chunks = {
        "main": {
            "file": "main.js",
            "isEntry": True,
            "imports": ["shared"],
            "css": ["main.css"],
            "dynamicImports": ["late"],
        },
        "shared": {"file": "shared.js", "imports": ["main"]},
        "late": {"file": "late.js", "name": "form"},
    }
    write(".vite/manifest.json", json.dumps(chunks))
    for file in ("main.js", "shared.js", "main.css", "late.js"):
        write(file, "x")
    one = first_form_bytes(tmp_path) // 3

    assert first_form_bytes(tmp_path) == 3 * one
    assert first_form_bytes(tmp_path, ("form",)) == 4 * one


def test_the_built_ui_goes_where_the_server_looks() -> None:
    settings = (ROOT / "admin_ui" / "vite.config.ts").read_text(encoding="utf-8")

    assert 'outDir: "../engine/static"' in settings
    assert ROOT / "engine" / "static" == STATIC
