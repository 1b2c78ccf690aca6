"""Tell how long people wait at big forms, in Chromium: until the form is painted, from a key to its frame, for a save.

The main thread's milliseconds are processor time: they say what a change of the program did when the machine has other work.

A form of 300 fields with 60 formulas on three tabs; a table of 2,000 rows with a formula and totals; ten rows with 200 rows inside each.
Run: python3 dev.py bench how_fast_is_a_big_form
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from _big_forms import (
    DEEP,
    FIRST_NUMBER,
    LAST_NUMBER,
    LINES,
    LONG,
    WIDE,
    deep_values,
    documents,
    long_values,
    wide_values,
)
from _browser import Visit, Wait, serving, visiting
from _figures import percentile

TIMES = 5
"""How often something is opened or saved."""
TYPING = "123456789.12\b\b\b\b\b\b\b\b\b\b\b\b" * 3
NEW = "[data-testid=new-record]"
EDIT = ".fw-page-head .fw-button-primary"
SAVE = ".fw-page-dock .fw-button-primary"
READ = ".record-main"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that people wait for; `most` is the aim in seconds for the percentile that is named."""

    what: str
    waits: Sequence[Wait]
    most: float
    percent: int = 50

    def cells(self) -> Iterator[str]:
        """Yield what stands in a line of the table."""
        seconds = [wait.seconds for wait in self.waits]
        reached = percentile(seconds, self.percent)
        yield from (self.what, str(len(seconds)))
        yield from (f"{1000 * percentile(seconds, percent):.0f}" for percent in (50, 95))
        yield f"{1000 * percentile([wait.busy for wait in self.waits], 50):.0f}"
        yield from (f"p{self.percent} < {1000 * self.most:.0f} ms", "yes" if reached < self.most else "no")


def main() -> None:
    print("| what one waits for | times | p50 ms | p95 ms | main thread ms | aim | met |")
    print("|---|--:|--:|--:|--:|---|---|")
    with serving(documents()) as address, visiting(address) as visit:
        for measure in (wide, long, deep):
            for answer in measure(visit):
                print(f"| {' | '.join(answer.cells())} |", flush=True)


def wide(visit: Visit) -> Iterator[Answer]:
    """A form of 300 fields."""
    record = visit.create(WIDE, wide_values())
    first, last = f"input#f-{FIRST_NUMBER}", f"input#f-{LAST_NUMBER}"
    yield Answer("300 fields: a new form, by its address", opened(visit, "/r/big.wide/new", first), 1)
    yield Answer("300 fields: a new form, by a click in the list", clicked(visit, "/v/big.wide_list", NEW, first), 1)
    yield Answer(
        "300 fields: a filled one to edit, by its address", opened(visit, f"/r/{WIDE}/{record}/edit", first), 1
    )
    yield Answer("300 fields: a key that 15 formulas hang on", visit.type(first, TYPING), 0.05, 95)
    visit.page.get_by_role("tab").last.click()
    yield Answer("300 fields: a key in the last section", visit.type(last, TYPING), 0.05, 95)
    yield Answer("300 fields: save a change", saved(visit, WIDE, record, first), 3)


def long(visit: Visit) -> Iterator[Answer]:
    """A table of 2,000 rows."""
    record = visit.create(LONG, long_values())
    first = "[data-list=lines] input[id$=-count]"
    yield Answer("2,000 rows: read, by the address", opened(visit, f"/r/{LONG}/{record}", "[data-list=lines] td"), 1.5)
    yield Answer("2,000 rows: to edit, by the address", opened(visit, f"/r/{LONG}/{record}/edit", first), 1.5)
    yield Answer("2,000 rows: to edit, by a click", clicked(visit, f"/r/{LONG}/{record}", EDIT, first), 1.5)
    yield Answer("2,000 rows: a key that two totals hang on", visit.type(first, TYPING), 0.05, 95)
    yield Answer("2,000 rows: save a change", saved(visit, LONG, record, first), 3)


def deep(visit: Visit) -> Iterator[Answer]:
    """Ten rows with 200 inside each."""
    record = visit.create(DEEP, deep_values())
    line, first = "[data-fold]", "[data-list=lines] [data-list$=items] input[id$=-count]"
    yield Answer("10 x 200 rows: to edit, by the address", opened(visit, f"/r/{DEEP}/{record}/edit", line), 1.5)
    yield Answer("10 x 200 rows: open a row", clicked(visit, f"/r/{DEEP}/{record}/edit", line, first), 1.5)
    yield Answer("10 x 200 rows: a key that three totals hang on", visit.type(first, TYPING), 0.05, 95)
    for number in range(1, LINES):
        visit.page.locator("[data-fold]").nth(number).click()
    yield Answer("10 x 200 rows: the same with all ten open", visit.type(first, TYPING), 0.05, 95)
    yield Answer("10 x 200 rows: save a change", saved(visit, DEEP, record, first, before=lambda: unfold(visit)), 3)


def opened(visit: Visit, path: str, wanted: str) -> list[Wait]:
    """Open an address again and again; the first time, in which the browser fetches the UI, is left out."""
    return [visit.open(path, wanted) for _ in range(TIMES + 1)][1:]


def clicked(visit: Visit, path: str, selector: str, wanted: str) -> list[Wait]:
    """Click again and again, each time from the page at `path`."""

    def once() -> Wait:
        visit.page.goto(visit.address + path)
        return visit.click(selector, wanted)

    return [once() for _ in range(TIMES)]


def saved(visit: Visit, entity: str, record: str, box: str, before: Callable[[], None] = lambda: None) -> list[Wait]:
    """Change a number and save, again and again: until the record is shown for reading."""

    def once(number: int) -> Wait:
        visit.page.goto(f"{visit.address}/r/{entity}/{record}/edit")
        before()
        visit.page.locator(box).first.fill(str(100 + number))
        return visit.click(SAVE, READ)

    return [once(number) for number in range(TIMES)]


def unfold(visit: Visit) -> None:
    """Open the first row."""
    visit.page.locator("[data-fold]").first.click()


if __name__ == "__main__":
    main()
