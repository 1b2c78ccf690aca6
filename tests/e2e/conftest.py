"""A browser, and sites for it to visit. Every page is watched: a console error or a request to another host fails the test."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.api.stages import PostgreSQLCopies, SQLiteCopies
from tests.e2e.site import Ground, Site
from tests.e2e.visitors import Visitor
from tests.e2e.watching import PATIENCE

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=PATIENCE)

Copies = SQLiteCopies | PostgreSQLCopies


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        told = os.environ.get("FORMWORK_CHROMIUM", "/usr/bin/chromium")
        opened = playwright.chromium.launch(executable_path=told, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def sqlite_copies(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> SQLiteCopies:
    return SQLiteCopies(ground, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def postgresql_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def postgresql_copies(postgresql_ground: Ground, postgres_folder: str) -> PostgreSQLCopies:
    return PostgreSQLCopies(postgresql_ground, postgres_folder)


@pytest.fixture
def site(ground: Ground, sqlite_copies: SQLiteCopies) -> Iterator[Site]:
    """A site of the test's own, on SQLite."""
    with sqlite_copies.copy() as url, ground.open(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def showroom(ground: Ground, sqlite_copies: SQLiteCopies) -> Iterator[Site]:
    """A site for tests that only look."""
    with sqlite_copies.copy() as url, ground.open(url) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def either_site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site of the test's own; the test runs once for each kind of database."""
    own = "" if request.param == "sqlite" else "postgresql_"
    ground: Ground = request.getfixturevalue(f"{own}ground")
    copies: Copies = request.getfixturevalue(f"{request.param}_copies")
    with copies.copy() as url, ground.open(url) as opened:
        yield opened


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens browsers: `visitors(site, "clerk")` is one of its own with somebody signed in. At the end nothing may have gone wrong in any."""
    opened: list[Visitor] = []

    def open_browser(site: Site, login: str = "", **looks: Any) -> Visitor:
        visitor = Visitor(browser, site.address, **looks)
        opened.append(visitor)
        if login:
            visitor.sign_in(login)
        return visitor

    yield open_browser
    for visitor in opened:
        visitor.close()
    assert [line for visitor in opened for line in visitor.watch.seen] == []
