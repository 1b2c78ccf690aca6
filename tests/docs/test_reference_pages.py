"""The generated pages say what the code says now."""

from pathlib import Path

import pytest

from tools.reference import PAGES, text_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_generated_page_is_the_one_that_would_be_written_now(page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")

    made = text_of(PAGES[page])

    assert written == made, "run python3 dev.py docs"
