"""Who has to do with a record through its approvals."""

from sqlalchemy import literal, or_, select

from engine.storage.database import Transaction
from engine.storage.flow_tables import instances, seats


def takes_part(tx: Transaction, entity: str, record_id: str, user: str) -> bool:
    """Say whether a person started an approval of a record, or has or had a seat in one."""
    seated = select(literal(1)).where(seats.c.instance_id == instances.c.id, seats.c.user_id == user).exists()
    query = select(literal(1)).where(
        instances.c.record_id == record_id, instances.c.entity == entity, or_(instances.c.started_by == user, seated)
    )
    return tx.connection.execute(query.limit(1)).first() is not None
