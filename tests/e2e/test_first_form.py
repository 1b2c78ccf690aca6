"""What a browser has to fetch before somebody on a building site can fill the first form."""

from collections.abc import Callable

from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

LIMIT = 250_000

FETCHED = """() => performance.getEntriesByType("resource")
  .filter((one) => /\\.(js|css)$/.test(new URL(one.name).pathname))
  .map((one) => [new URL(one.name).pathname, one.encodedBodySize])"""


def test_the_first_form_needs_at_most_250_kilobytes(showroom: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(showroom, "clerk")
    fresh = visitors(showroom)
    fresh.context.add_cookies(clerk.context.cookies())

    page = fresh.go("/r/day_labour.day_sheet/new")
    fetched = dict(page.evaluate(FETCHED))

    assert any(name.endswith(".css") for name in fetched)
    assert 50_000 < sum(fetched.values()) <= LIMIT, fetched
