"""Filling a form as people do: by the labels that they read."""

from playwright.sync_api import Locator, Page, expect


def field(page: Page, label: str) -> Locator:
    """Return the control under a label; a required field's label ends with a star."""
    return (
        page.get_by_role("main")
        .get_by_label(label, exact=True)
        .or_(page.get_by_role("main").get_by_label(f"{label}*", exact=True))
    )


def fill_field(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it."""
    field(page, label).fill(text)
    field(page, label).blur()


def choose_option(page: Page, label: str, title: str) -> None:
    """Choose from a short list."""
    field(page, label).select_option(label=title)


def choose_reference(page: Page, label: str, text: str, title: str = "") -> None:
    """Search a reference by `text` and take the candidate called `title` (default: the text) with the keyboard."""
    pick(page, field(page, label), text, title or text)


def pick(page: Page, control: Locator, text: str, title: str) -> None:
    """Search with a picker and take a candidate."""
    control.click()
    control.press_sequentially(text)
    expect(page.get_by_role("listbox")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text(title)
    control.press("Enter")
    expect(control).to_have_value(title)


def cell(page: Page, column: str, row: int) -> Locator:
    """Return the control in a cell of a sub-table; rows count from 1."""
    return page.get_by_label(f"{column}，第 {row} 行", exact=True)


def overtype(page: Page, control: Locator, text: str) -> None:
    """Go to a cell and type: what stands there is selected, so it is replaced."""
    control.focus()
    page.keyboard.type(text)


def paste_block(page: Page, control: Locator, block: str) -> None:
    """Copy a block of cells (tabs and line ends, as a spreadsheet gives it) and paste it with the keyboard."""
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    control.focus()
    page.keyboard.press("Control+V")


def shown(page: Page, label: str) -> Locator:
    """Return a value that is only read."""
    return page.get_by_role("main").get_by_role("status", name=label, exact=True)
