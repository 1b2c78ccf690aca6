"""The attacks: each sends what nobody should send, and every answer must be an answer."""

import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from random import Random
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from tests.fuzz.documents import definitions, expressions
from tests.fuzz.site import Site, allowed, chosen, entities, plain
from tests.unit.definition.strategies import ANYTHING

Attack = Callable[[Site, Random, int], None]
_WORDS = (
    "", "x", "name", "code", "id", "status", "-code", "project", "project.code", "a.b.c.d", "version", "created_at", "lines", "lines.amount", "null", "%", "'", '"', "\\",
    "\x00", "\ud7ff", "💣", "1e999", "-1", "0", "9" * 40, "9" * 400, "true", "[]", "{}", "2026-02-30", "0000-00-00", "a" * 5000, "../../x", "<b>", "id; DROP TABLE x", "(" * 300,
)  # fmt: skip
_EXPRESSIONS = (
    "1 = 1", "code = 'x'", "name <> BLANK", "1/0 = 1", "code = 1", "created_at > NOW()", "(" * 200, "NOT " * 300 + "TRUE", "1" + "+1" * 3000 + " > 0", "'" + "x" * 9990 + "' = code",
    "ROUNDUP(" * 60 + "1" + ")" * 60 + " = 1", "REPEAT('x', 1000000) = code", "9" * 29 + " = 1", "code IN ()", "SUM(SEQUENCE(1, 100000)) = 1", "MATCHES(code, '" + "*a" * 90 + "')", "status = 'draft' AND",
    "code = '\x00'", "DATE(9999, 12, 31) + 1 = TODAY()", "POWER(10, 99) = 1", "SUMEACH(SEQUENCE(1,10000), SUMEACH(SEQUENCE(1,10000), ITEM)) > 1", "ME = ME", "version = 1", "LEN(code) / 0 = 1",
)  # fmt: skip
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("If-Match", ('"1"', '"0"', "*", "1", '"x"', 'W/"1"', '"' + "9" * 50 + '"', '"1", "2"', '"-1"')),
    ("Idempotency-Key", ("k", "", "x" * 5000, "ключ".encode().decode("latin-1"), "a b")),
    ("Accept-Language", ("zh-CN", "xx", "en;q=2", ";;;", "*", "x" * 3000, "de-DE,zh;q=0.5,*;q=0")),
    ("Content-Type", ("application/json", "text/plain", "application/xml", "multipart/form-data", "application/json; charset=utf-16", "/", "x" * 300)),
    ("Accept", ("text/html", "*/*", "application/xml", "")),
    ("Range", ("bytes=0-1", "bytes=9-1", "bytes=a-b")),
    ("If-None-Match", ('"1"', "*", "x")),
    ("X-CSRF-Token", ("", "x", "é")),
    ("Origin", ("null", "http://elsewhere", "x")),
    ("X-Request-Id", ("x", "\x7f" * 10, "x" * 5000)),
    ("Content-Encoding", ("gzip", "br")),
)  # fmt: skip


def _drawn(strategy: st.SearchStrategy[Any], number: int, count: int, use: Callable[[Any], None]) -> None:
    """Give so many values of a strategy to `use`; the number decides which."""

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )
    @given(strategy)
    def draw(value: Any) -> None:
        use(value)

    # Some operations have nothing wrong that could be sent to them.
    with suppress(Unsatisfiable):
        draw()


def openapi(site: Site, rng: Random, count: int) -> None:
    """Send what the OpenAPI document allows, and what it does not, to every kind of operation."""
    operations = _operations(site)
    for _ in range(max(1, count // 5)):
        method, path, operation = rng.choice(operations[rng.choice(tuple(operations))])
        strategy = operation.as_strategy(generation_mode=rng.choice(list(schemathesis.GenerationMode)))
        _drawn(
            strategy,
            rng.randrange(2**32),
            5,
            lambda case, method=method, path=path: _send(site, rng, method, path, case),
        )


def _send(site: Site, rng: Random, method: str, path: str, case: Any) -> None:
    given_path = path
    for name, value in (case.path_parameters or {}).items():
        text = chosen(rng, site) if rng.random() < 0.6 else str(value)
        given_path = given_path.replace(
            f"{{{name}}}", text.replace("/", "%2F").replace("?", "%3F").replace("#", "%23") or "x"
        )
    query = {
        key: value if isinstance(value, str) else json.dumps(value, default=str)
        for key, value in dict(case.query or {}).items()
    }
    headers = {
        key: str(value).encode("ascii", "replace").decode()
        for key, value in dict(case.headers or {}).items()
        if key.lower() != "cookie"
    }
    body = None if type(case.body).__name__ == "NotSet" else case.body
    more: dict[str, Any] = {"query": query, "headers": headers}
    if isinstance(body, (bytes, str)):
        more |= {"data": body, "content_type": case.media_type or "application/json"}
    elif body is not None:
        more |= {"data": json.dumps(body, default=str), "content_type": "application/json"}
    site.ask(rng.choice(site.people), method, given_path, **more)


def records(site: Site, rng: Random, count: int) -> None:
    """Send any JSON as a record of any entity, most often under the names of its fields."""
    keys = entities(site)
    for _ in range(max(1, count // 10)):
        entity = rng.choice(keys)
        names = _fields(site, entity)
        strategy = st.dictionaries(st.sampled_from(names) | st.text(max_size=6), ANYTHING, max_size=10) | ANYTHING
        _drawn(strategy, rng.randrange(2**32), 10, lambda values, entity=entity: _write(site, rng, entity, values))


def _write(site: Site, rng: Random, entity: str, values: Any) -> None:
    person = rng.choice(site.people)
    body = {"data": json.dumps({"values": values}, default=str), "content_type": "application/json"}
    way = rng.randrange(6)
    if way == 0:
        site.ask(person, "patch", f"/records/{entity}/{chosen(rng, site)}", headers={"If-Match": '"1"'}, **body)
    elif way == 1:
        site.ask(person, "post", f"/records/{entity}/check", **body)
    elif way == 2:
        many = {"data": json.dumps(values, default=str), "content_type": "application/json"}
        site.ask(
            person,
            rng.choice(("post", "put", "patch")),
            f"/records/{entity}{rng.choice(('', '/bulk', '/by-key', '/aggregate'))}",
            **many,
        )
    else:
        site.ask(person, "post", f"/records/{entity}", **body)


def queries(site: Site, rng: Random, count: int) -> None:
    """Ask for lists with filters, orders, cursors, groups and pages that make no sense."""
    keys = entities(site)
    for _ in range(count):
        entity = rng.choice(keys)
        words = (*_WORDS, *_fields(site, entity))
        query: dict[str, Any] = {}
        for name in rng.sample(
            (
                "filter",
                "sort",
                "cursor",
                "limit",
                "search",
                "fields",
                "expand",
                "where",
                "group",
                "view",
                "under",
                "page",
                "bin",
            ),
            rng.randrange(1, 4),
        ):
            query[name] = rng.choice(words)
        if rng.random() < 0.5:
            query["filter"] = _filter(rng, words)
        path = rng.choice(("", "", "", "/totals", "/options", "/recycle_bin", "/template"))
        site.ask(rng.choice(site.people), "get", f"/records/{entity}{path}", query=query)
        if rng.random() < 0.3:
            body = {
                "group": [rng.choice(words)],
                "by": rng.choice(words),
                "values": [rng.choice(words)],
                "filter": _filter(rng, words),
            }
            site.ask(rng.choice(site.people), "post", f"/records/{entity}/aggregate", body=_some(rng, body))
            site.ask(
                rng.choice(site.people),
                "post",
                f"/exports/{entity}",
                body=_some(rng, body | {"columns": [rng.choice(words)], "format": rng.choice(words)}),
            )


def _filter(rng: Random, words: tuple[str, ...]) -> Any:
    if rng.random() < 0.4:
        return rng.choice(_EXPRESSIONS)
    one = {
        "path": rng.choice(words),
        "field": rng.choice(words),
        "operator": rng.choice(("=", "in", "contains", "<", "between", "under", "is_blank", "x", "")),
        "value": rng.choice((*words, None, 1, [], [[]], {}, 1.5, True)),
    }
    nested: Any = rng.choice(
        (
            [one],
            {"all": [one]},
            {"any": [one, one]},
            {"not": one},
            one,
            [rng.choice(words), "=", rng.choice(words)],
            {rng.choice(words): rng.choice(words)},
        )
    )
    for _ in range(rng.choice((0, 0, 1, 60))):
        nested = {rng.choice(("all", "any")): [nested]}
    return nested


def _some(rng: Random, body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if rng.random() < 0.7}


def headers(site: Site, rng: Random, count: int) -> None:
    """Send headers and bodies that are broken."""
    keys = entities(site)
    bodies = (
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b'{"values": ' * 500,
        b"[" * 100_000,
        b"0" * 5000,
        b'{"a":1e999999}',
        b'{"values": {"name": "\\ud800"}}',
        b'{"values": NaN}',
        b"1" * 6000,
    )
    for _ in range(count):
        given_headers = {name: rng.choice(values) for name, values in rng.sample(_HEADERS, rng.randrange(1, 4))}
        kind = given_headers.pop("Content-Type", "application/json")
        entity = rng.choice(keys)
        path = rng.choice(
            (
                f"/records/{entity}",
                f"/records/{entity}/{chosen(rng, site)}",
                "/draft",
                "/files",
                "/publications",
                "/tasks",
                f"/imports/{entity}/files",
                "/schemas/imports",
                "/nosuch",
            )
        )
        method = rng.choice(("get", "post", "patch", "put", "delete", "head", "options", "brew"))
        site.ask(
            rng.choice(site.people), method, path, headers=given_headers, data=rng.choice(bodies), content_type=kind
        )


def imports(site: Site, rng: Random, count: int) -> None:
    """Upload files that are random, cut off or changed, and go on with what was taken."""
    keys = entities(site)
    for _ in range(count):
        entity, person = rng.choice(keys), rng.choice(site.people[:2])
        template = person.send("GET", f"/records/{entity}/template")
        start = template.body if isinstance(template.body, bytes) else b"code,name\r\nA,B\r\n"
        content = _spoilt(rng, start if rng.random() < 0.6 else _csv(rng, _fields(site, entity)))
        name = rng.choice(("x.xlsx", "x.csv", "x.xls", "x", "x.txt", "\u202egpj.xlsx"))
        reply = site.ask(
            person,
            "post",
            f"/imports/{entity}/files",
            data={"file": (io.BytesIO(content), name)},
            content_type="multipart/form-data",
        )
        if reply is None or reply.status >= 300:
            continue
        file = reply.body.get("file") or reply.body.get("id")
        body = {
            "file": file,
            "sheet": rng.choice((0, "x", None)),
            "columns": rng.choice((reply.body.get("sheets"), [], {}, None)),
            "key": rng.choice(([], ["code"], "x")),
        }
        for step in ("preview", "checks", "runs"):
            site.ask(person, "post", f"/imports/{entity}/{step}", body=_some(rng, plain(body)))
        site.ask(
            person,
            "post",
            "/imports/entities",
            data={"file": (io.BytesIO(content), name)},
            content_type="multipart/form-data",
        )


def _csv(rng: Random, names: list[str]) -> bytes:
    lines = [names[:6], *([rng.choice(_WORDS) for _ in range(6)] for _ in range(4))]
    return "\r\n".join(",".join(line) for line in lines).encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace")


def _spoilt(rng: Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(rng.choice((0, 1, 5, 200))):
        if made:
            made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made[: rng.randrange(len(made) + 1)] if made and rng.random() < 0.3 else made) or rng.randbytes(300)


@cache
def _cached_fields(_site: int, _entity: str) -> list[str]:
    return []


def _fields(site: Site, entity: str) -> list[str]:
    known = _cached_fields(id(site), entity)
    if not known:
        installation = site.office.installation
        with installation.database.reading() as tx:
            known += [field.name for field in installation.configurations.at(tx, 1).configuration.entity(entity).fields]
    return known


@cache
def _made(_site: int) -> dict[str, list[tuple[str, str, Any]]]:
    return {}


def _operations(site: Site) -> dict[str, list[tuple[str, str, Any]]]:
    """Return the operations by what they are, so that the many paths of entities do not hide the few others."""
    known = _made(id(site))
    if not known:
        document = site.people[0].get("/openapi.json").body
        kept = set(Random(1).sample(entities(site), 6))
        document["paths"] = {
            path: item
            for path, item in document["paths"].items()
            if "/records/" not in path or path.split("/")[4] in kept
        }
        schema = schemathesis.openapi.from_dict(document)
        for result in schema.get_all_operations():
            operation = result.ok()
            method, path = operation.method, operation.path.removeprefix("/api/v1")
            if allowed(method, path):
                kind = path if "/records/" not in path else "/records" + path.partition(path.split("/")[2])[2]
                known.setdefault(f"{method} {kind}", []).append((method, path, operation))
    return known


ATTACKS: Mapping[str, Attack] = {
    "openapi": openapi,
    "records": records,
    "queries": queries,
    "headers": headers,
    "imports": imports,
    "definitions": definitions,
    "expressions": expressions,
}
