"""Several parts of the organisation."""

from engine.definition.field_types.users import Users


class Departments(Users):
    """A list of departments without repetition; an empty one is blank."""

    name = "departments"
    title = {"zh-CN": "多个部门", "en": "Departments"}
    docs = {"zh-CN": "若干部门；max_count 限定个数。", "en": "Some departments; `max_count` bounds how many."}
    control = "departments"
    shape = "system.department"
