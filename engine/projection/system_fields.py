"""The fields that the engine keeps on every record, as lists and filters show them."""

from collections.abc import Mapping
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity
from engine.projection.texts import in_language

_COMMON = ("created_at", "created_by", "updated_at", "updated_by", "owner")
_DOCUMENT = ("status", "submitted_at", "effective_at")
_LEDGER = ("stage", "entry_kind", "posting")

_TYPES = {"created_at": "datetime", "updated_at": "datetime", "submitted_at": "datetime", "effective_at": "datetime"}
_TYPES |= {
    "created_by": "user",
    "updated_by": "user",
    "owner": "user",
    "status": "select",
    "stage": "select",
    "entry_kind": "select",
    "version": "integer",
    "source_round": "integer",
}

_TITLES: Mapping[str, Mapping[str, str]] = {
    "created_at": {"zh-CN": "创建时间", "en": "Created at"},
    "created_by": {"zh-CN": "创建人", "en": "Created by"},
    "updated_at": {"zh-CN": "修改时间", "en": "Changed at"},
    "updated_by": {"zh-CN": "修改人", "en": "Changed by"},
    "owner": {"zh-CN": "负责人", "en": "Owner"},
    "status": {"zh-CN": "状态", "en": "Status"},
    "submitted_at": {"zh-CN": "提交时间", "en": "Submitted at"},
    "effective_at": {"zh-CN": "生效时间", "en": "In effect since"},
    "stage": {"zh-CN": "阶段", "en": "Stage"},
    "entry_kind": {"zh-CN": "分录性质", "en": "Kind of entry"},
    "posting": {"zh-CN": "过账规则", "en": "Posting"},
}

STATUSES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "draft": ("grey", {"zh-CN": "草稿", "en": "Draft"}),
    "in_approval": ("blue", {"zh-CN": "审批中", "en": "In approval"}),
    "returned": ("amber", {"zh-CN": "已退回", "en": "Returned"}),
    "approved": ("green", {"zh-CN": "已生效", "en": "In effect"}),
    "rejected": ("red", {"zh-CN": "已驳回", "en": "Rejected"}),
    "withdrawn": ("grey", {"zh-CN": "已撤回", "en": "Withdrawn"}),
    "void": ("red", {"zh-CN": "已作废", "en": "Void"}),
}
"""Every status of a document with its tone."""

_OPTIONS: Mapping[str, Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "status": STATUSES,
    "stage": {
        "reserved": ("blue", {"zh-CN": "占用", "en": "Reserved"}),
        "effective": ("green", {"zh-CN": "生效", "en": "Effective"}),
        "released": ("grey", {"zh-CN": "已释放", "en": "Released"}),
    },
    "entry_kind": {
        "original": ("grey", {"zh-CN": "原始", "en": "Original"}),
        "reverse": ("red", {"zh-CN": "冲销", "en": "Reversal"}),
    },
}


def system_fields(entity: Entity) -> tuple[str, ...]:
    """Return the names of the system fields that people see on an entity."""
    return {"document": _DOCUMENT, "ledger": _LEDGER, "master": ()}[entity.kind] + _COMMON


def system_type(name: str) -> str:
    """Return the field type that a system field has."""
    return _TYPES.get(name, "text")


def system_title(name: str) -> Mapping[str, str]:
    """Return what a system field is called."""
    return _TITLES.get(name, {"zh-CN": name})


def system_field(entity: Entity, name: str, language: str) -> dict[str, Any]:
    """Return one of them as a field that nobody types in."""
    kind = system_type(name)
    field_type = FIELD_TYPES[kind]
    shown: dict[str, Any] = {
        "name": name,
        "id": name,
        "title": in_language(system_title(name), language),
    }
    shown |= {"type": kind, "control": field_type.control, "required": False, "read_only": True, "access": "read"}
    shown |= {"operators": list(field_type.operators), "sortable": True, "to": "system.user" if kind == "user" else ""}
    if name in _OPTIONS:
        shown["options"] = [
            {"value": value, "title": in_language(title, language), "color": tone, "retired": False}
            for value, (tone, title) in _OPTIONS[name].items()
        ]
    return shown
