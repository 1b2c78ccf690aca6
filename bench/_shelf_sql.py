"""What somebody would write by hand who knows the tables of a shelf: the SQL that the product is compared with."""

from collections.abc import Sequence

from _shelf import OWN_PLACES, Shelf
from _statements import Statement, Written
from sqlalchemy import select

Values = tuple[object, ...]


class HandWritten:
    """Statements with the parameters of the database's own driver."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._mark = "?" if shelf.database.dialect == "sqlite" else "%s"
        self._table = shelf.table.table.name

    def page(self, names: Sequence[str], where: str, order: str, values: Values, *, member: bool) -> Statement:
        """Return the statement of one page of 50, and one record to know whether there are more."""
        columns = ", ".join(f'"{self._shelf.table.columns[name].name}"' for name in ("id", "version", *names))
        held, known = self._held(where, values, member=member)
        return Statement(f'SELECT {columns} FROM "{self._table}" {held} ORDER BY {order} LIMIT 51', known)

    def groups(self, *, member: bool) -> Statement:
        """Return the statement of sums and counts by kind and stage."""
        held, known = self._held("", (), member=member)
        asked = 'SELECT "kind", "stage", sum("total"), sum("weight"), count(*)'
        return Statement(
            f'{asked} FROM "{self._table}" {held} GROUP BY "kind", "stage" ORDER BY "kind", "stage"', known
        )

    def one(self, record_id: str) -> Statement:
        """Return the statement of one whole record."""
        return Statement(f'SELECT * FROM "{self._table}" WHERE "_id" = {self._mark}', (record_id,))

    def inserts_alone(self, written: Written) -> Written:
        """Return of what a request sent only what puts records into their table, and the commit."""
        own = [
            one
            for one in written.all
            if one.text.startswith((f"INSERT INTO {self._table} ", f'INSERT INTO "{self._table}"'))
        ]
        return Written([*own, Statement("")])

    def last_before(self, sort: Sequence[str], after: int, *, member: bool) -> Values:
        """Return the values of the record that ends so many records in an order, come to by counting; none for the first page."""
        if not after:
            return ()
        columns = self._shelf.table.columns
        keys = [columns[one.removeprefix("-")] for one in sort]
        order = [key.desc() if one.startswith("-") else key.asc() for key, one in zip(keys, sort, strict=True)]
        query = select(*keys).order_by(*order).limit(1).offset(after - 1)
        query = query.where(columns["place"].in_(self._shelf.places[:OWN_PLACES])) if member else query
        with self._shelf.database.reading() as tx:
            return tuple(tx.connection.execute(query).one())

    def _held(self, where: str, values: Values, *, member: bool) -> tuple[str, Values]:
        """Return the WHERE clause; a member's names the six places, which the one who writes it by hand looked up before."""
        parts = [where.replace("?", self._mark)] if where else []
        if member:
            own = self._shelf.places[:OWN_PLACES]
            parts.append(f'"place" IN ({", ".join([self._mark] * len(own))})')
            values += own
        return f"WHERE {' AND '.join(parts)}" if parts else "", values
