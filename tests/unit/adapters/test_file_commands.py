"""`formwork files`: on the command line, with an installation on the disk."""

from pathlib import Path

import pytest

from engine.cli import main


def test_commands_tell_what_they_found_by_their_exit_code(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("FORMWORK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("FORMWORK_FILES_DIR", str(tmp_path / "files"))
    left = tmp_path / "files" / "ab" / "cd" / f"abcd{'0' * 60}"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")

    # The file is younger than no days at all.
    codes = [main(["files", *words, "--days", "-1"]) for words in (["verify"], ["sweep"], ["verify"])]
    codes.append(main(["--language", "en", "files", "move", "disk", "s3"]))

    told = capsys.readouterr()
    assert codes == [1, 0, 0, 2]
    assert told.out.splitlines().count(f"orphaned {left.name} 4") == 2
    assert "FORMWORK_S3_BUCKET" in told.err
    assert not left.exists()
