"""How many SQL statements a request costs, session and all: docs/architecture names these figures."""

from tests.api.office import Office
from tests.api.shop import ORDER, an_order, large, line, submitted

APPROVAL = 10
READ = 8
LIST = 6
CREATE = 25


def test_an_approval_takes_at_most_ten_statements(office: Office):
    order = submitted(office, **large(office))
    seat = office["dora"].approval(order)["my_seat"]

    with office.statements() as seen:
        reply = office["dora"].try_decide("agree", seat)

    assert reply.status == 200
    assert len(seen) <= APPROVAL, told(seen)


def test_an_approval_that_ends_the_flow_takes_no_more(office: Office):
    order = submitted(office)
    office["dora"].decide("agree", order)
    seat = office["otto"].approval(order)["my_seat"]

    with office.statements() as seen:
        reply = office["otto"].try_decide("agree", seat)

    assert reply.body["record"]["status"] == "approved"
    assert len(seen) <= APPROVAL, told(seen)


def test_reading_one_record_takes_few_statements(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    with office.statements() as seen:
        office["anna"].read(ORDER, order["id"])

    assert len(seen) <= READ, told(seen)


def test_a_list_takes_as_many_statements_for_fifty_records_as_for_one(office: Office):
    anna = office["anna"]
    anna.create(ORDER, **an_order(office))
    with office.statements() as for_one:
        anna.list(ORDER, view="orders")
    for _ in range(9):
        anna.create(ORDER, **an_order(office))

    with office.statements() as for_many:
        anna.list(ORDER, view="orders")

    assert len(for_many) == len(for_one) <= LIST, told(for_many)


def test_creating_a_record_does_not_ask_row_by_row(office: Office):
    few, many = an_order(office), an_order(office, lines=[line(office, count=str(n + 1)) for n in range(20)])
    anna = office["anna"]
    with office.statements() as for_few:
        anna.create(ORDER, **few)

    with office.statements() as for_many:
        anna.create(ORDER, **many)

    assert len(for_many) == len(for_few) <= CREATE, told(for_many)


def told(seen: list[str]) -> str:
    return "\n".join(f"{number}: {' '.join(one.split())[:150]}" for number, one in enumerate(seen, start=1))
