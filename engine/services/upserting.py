"""Writing a record by its key: the one that is there is changed, else it is created; exactly one of several at once creates it."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import Invalid
from engine.problems import errors
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.keys import find, key_problems, unique_key, with_references
from engine.services.work import Work, writing
from engine.services.writing import answer, create_record, update_record


def upsert(
    installation: Installation, ctx: Context, key: str, names: Sequence[str], payload: Mapping[str, object]
) -> dict[str, Any]:
    """Change the record that has the key, or create it; `names` are the fields of a declared uniqueness.

    The answer's `created` says which. Raises Invalid, Forbidden, Conflict.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        unique = unique_key(work, entity, names)
        values, found = with_references(work, entity, payload)
        problems = [*found, *key_problems(entity, unique, values)]
        if errors(problems):
            raise Invalid([problem.under("/values") for problem in problems])
        [record_id] = find(work, entity, unique, [values])
        if not record_id:
            return answer(work, entity, *create_record(work, entity, values)) | {"created": True}
        version = work.records.need(entity.key, record_id, lock=True).version
        return answer(work, entity, *update_record(work, entity, record_id, version, values)) | {"created": False}

    return writing(installation, ctx, act)
