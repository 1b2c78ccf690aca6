"""Whether a screen is fit to be looked at: by assistive technology, on a phone, in its language."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}

# Texts that are keys of the translation files and not their words.
UNTRANSLATED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const code = walker.currentNode.parentElement.closest("code, pre, textarea, script, style");
    if (code === null && /^[a-z_]+(\\.(?!json$)[a-z_]+)+$/.test(text)) found.push(text);
  }
  return found;
}"""

# What stands still under the pointer may scroll in itself; the page may not.
SIDEWAYS = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"

# Visible things to press whose box is smaller than a thumb needs; links inside a sentence are not buttons.
SMALL = """() => [...document.querySelectorAll("button, [role=tab], select, input:not([type=checkbox]):not([type=radio])")]
  .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.closest("[inert], .fw-hidden") === null)
  .map((one) => [one.getAttribute("aria-label") ?? one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && (box.height < 43.5 || box.width < 43.5))
  .map(([name, box]) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def faults(page: Page, *, phone: bool) -> list[str]:
    """Return what is wrong with the screen that is open."""
    found = [
        f"axe {one['id']}: {[' '.join(map(str, node['target'])) for node in one['nodes']][:3]}"
        for one in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        if one["impact"] in GRAVE
    ]
    found += [f"untranslated: {text}" for text in page.evaluate(UNTRANSLATED)]
    if phone:
        wide = page.evaluate(SIDEWAYS)
        found += [f"scrolls {wide} px sideways"] if wide > 0 else []
        found += [f"too small for a thumb: {name}" for name in page.evaluate(SMALL)]
    return found
