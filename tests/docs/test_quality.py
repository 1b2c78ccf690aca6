"""The numbers in the README are those that a command counts."""

import pytest

from tools.places import ROOT
from tools.quality import READMES, table, written_into


@pytest.mark.parametrize(("name", "language"), READMES.items())
def test_the_quality_section_has_the_numbers_of_now(name: str, language: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")

    made = written_into(written, language)

    assert table(language) in written, "run python3 dev.py docs"
    assert written == made
