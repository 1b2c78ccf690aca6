"""One OpenAPI 3.1 document: the fixed part is flask-smorest's, the addresses of every entity are made from definitions."""

from typing import Any

from flask import Blueprint, Response, current_app, json, jsonify, render_template_string

from engine.api.requests import context, installation
from engine.services import catalogue, health

blueprint = Blueprint("openapi", __name__, url_prefix="/api/v1")

_GENERIC = "/api/v1/records/{entity}"

_PAGE = """<!doctype html><html lang="{{ language }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Formwork API</title><link rel="stylesheet" href="{{ url_for('openapi.style') }}"></head><body><header><h1>Formwork API</h1>
<p>OpenAPI {{ spec.openapi }} · <a href="{{ url_for('openapi.document') }}">openapi.json</a></p></header><main>
{% for tag, calls in groups.items() %}<section><h2>{{ tag }}</h2>{% for call in calls %}<details><summary><code class="{{ call.method }}">{{ call.method|upper }}</code>
<code>{{ call.path }}</code> <span>{{ call.summary }}</span></summary>{% if call.parameters %}<table><tr><th>parameter</th><th>in</th><th>type</th><th>default</th></tr>
{% for p in call.parameters %}<tr><td>{{ p.name }}</td><td>{{ p.in }}</td><td>{{ p.schema.type }}</td><td>{{ p.schema.default }}</td></tr>{% endfor %}</table>{% endif %}
{% if call.body %}<pre>{{ call.body }}</pre>{% endif %}</details>{% endfor %}</section>{% endfor %}</main></body></html>"""

_STYLE = """:root{color-scheme:light dark;font:14px/22px system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
body{max-width:1000px;margin:0 auto;padding:24px}h1{font-size:24px}h2{font-size:18px;margin-top:32px}
details{border-top:1px solid #8884;padding:8px 0}summary{cursor:pointer}summary span{opacity:.8}
code:first-child{display:inline-block;min-width:64px;font-weight:600}table{border-collapse:collapse;margin:8px 0}
td,th{border:1px solid #8884;padding:4px 8px;text-align:left}pre{overflow:auto;background:#8881;padding:12px;border-radius:8px}"""


@blueprint.get("/openapi.json")
def document() -> Response:
    """Return the document, with the entities that the actor may see."""
    return jsonify(specification())


@blueprint.get("/docs")
def page() -> str:
    """Return the document as a page to read."""
    spec = specification()
    return render_template_string(_PAGE, spec=spec, groups=_groups(spec), language=context().language)


@blueprint.get("/docs.css")
def style() -> Response:
    """Return how the page looks."""
    return Response(_STYLE, content_type="text/css")


@blueprint.get("/health")
def health_check() -> dict[str, Any]:
    """Say that the server answers and its database too."""
    return health.health(installation())


def specification() -> dict[str, Any]:
    """Return the whole document for the actor of this request."""
    spec: dict[str, Any] = current_app.extensions["formwork_api"].spec.to_dict()
    generic = {path: item for path, item in spec["paths"].items() if path.startswith(_GENERIC)}
    paths = {path: item for path, item in spec["paths"].items() if path not in generic}
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    for entity in catalogue.record_schemas(installation(), context()):
        schemas[entity["key"]] = entity["schema"]
        for path, item in generic.items():
            paths[path.replace("{entity}", entity["key"])] = _bound(item, entity)
    return spec | {
        "paths": paths,
        "info": spec["info"] | {"description": "Records of every entity, approvals, figures, people and publications."},
    }


def _bound(item: dict[str, Any], entity: dict[str, Any]) -> dict[str, Any]:
    """Return a generic path item for one entity: its own tag, and its schema where a record is sent or answered."""
    bound: dict[str, Any] = json.loads(json.dumps(item))
    bound["parameters"] = [one for one in bound.get("parameters", []) if one.get("name") != "entity"]
    for method, call in bound.items():
        if method == "parameters":
            continue
        call["tags"] = [f"{entity['title']} ({entity['key']})"]
        call.pop("operationId", None)
        content = call.get("requestBody", {}).get("content", {}).get("application/json")
        if content and content["schema"].get("$ref", "").endswith("/Record"):
            reference = {"$ref": f"#/components/schemas/{entity['key']}"}
            content["schema"] = {"type": "object", "required": ["values"], "properties": {"values": reference}}
    return bound


def _groups(spec: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in spec["paths"].items():
        shared = item.get("parameters", [])
        for method, call in item.items():
            if method == "parameters":
                continue
            body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            groups.setdefault((call.get("tags") or ["-"])[0], []).append(
                {
                    "method": method,
                    "path": path,
                    "summary": call.get("summary", ""),
                    "parameters": shared + call.get("parameters", []),
                    "body": json.dumps(body, indent=2, ensure_ascii=False) if body else "",
                }
            )
    return groups
