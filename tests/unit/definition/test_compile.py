"""From documents to the configuration."""

import time

from engine.definition import check_documents
from engine.definition.model import Column
from engine.expressions import NUMBER, RecordOf
from tests.unit.definition.shop import configuration, documents, problems


def test_sound_documents_have_no_problem():
    changed = documents()

    found = problems(changed)

    assert found == []


def test_an_entity_is_found_by_its_qualified_name_with_typed_fields():
    shop = configuration()

    order = shop.entity("shop.order")

    assert [field.type for field in order.fields][:4] == ["series", "reference", "date", "select"]
    assert order.at("lines.amount").expression_type == NUMBER
    assert order.field("machine").expression_type == RecordOf("shop.machine")
    assert order.field("lines").min_rows == 1


def test_formulas_are_ordered_so_that_each_comes_after_what_it_reads():
    order = configuration().entity("shop.order")

    place = {name: index for index, name in enumerate(order.order)}

    assert set(place) == {"lines.unit", "lines.amount", "total"}
    assert place["lines.amount"] < place["total"]


def test_texts_come_in_every_language_that_a_locale_has():
    order = configuration().entity("shop.order")

    titles = order.title, order.at("lines.count").title

    assert titles == ({"zh-CN": "订单", "en": "Order"}, {"zh-CN": "数量", "en": "Count"})


def test_rule_takes_the_table_of_its_target_and_compiles_the_holes_of_every_language():
    limit, held = configuration().entity("shop.order").rules

    assert (limit.each, limit.severity, limit.on) == ("", "block", ("save", "submit"))
    assert (held.each, held.severity, held.on) == ("lines", "warn", ("submit",))
    assert set(held.holes) == {"lines.item", "MEASURE('held', item = lines.item)"}


def test_measure_names_are_written_in_full_inside_formulas():
    held = configuration().entity("shop.order").rules[1]

    names = held.check.measures

    assert names == {"shop.held"}


def test_measures_know_their_source_and_the_type_of_their_dimensions():
    shop = configuration()

    held, ordered, share = (shop.measure(name, "shop") for name in ("held", "ordered", "share"))

    assert (held.source, ordered.source, share.source) == ("shop.stock", "shop.order/lines", "")
    assert [dimension.to for dimension in held.dimensions] == ["shop.item", ""]
    assert share.formula.measures == {"shop.held", "shop.ordered"}
    assert share.dimensions[0].to == "shop.item"


def test_an_entity_without_form_and_view_gets_generated_ones():
    shop = configuration()

    form, view = shop.forms_for("shop.item")[0], shop.views_for("shop.item")[0]

    assert [item.field for item in form.items[0].items] == ["name", "price", "unit", "machine"]
    assert [column.field for column in view.columns] == ["name", "price", "unit", "machine"]
    assert shop.modules["shop"].menu[0].target == "shop.orders"


def test_a_view_keeps_widths_totals_and_paths_through_references():
    view = configuration().views_for("shop.order")[0]

    assert view.columns[1:3] == (Column("machine.code"), Column("total", None, "sum"))
    assert view.filter.text == "status <> 'void'"


def test_a_flow_brings_its_conditions_by_pointer_and_the_project_it_asks():
    flow = configuration().flow_for("shop.order")

    assert set(flow.conditions) == {"/steps/1/branches/0/when"}
    assert flow.project == "machine"


def test_look_ups_answer_who_refers_to_an_entity_and_who_writes_to_a_ledger():
    shop = configuration()

    referrers = {(entity.name, table, field.name) for entity, table, field in shop.referrers("shop.item")}
    writers = [(entity.name, posting.name) for entity, posting in shop.postings_to("shop.stock")]

    assert referrers == {("order", "lines", "item"), ("stock", "", "item")}
    assert writers == [("order", "take")]


def test_a_grant_has_its_role_in_full_and_its_condition_compiled():
    grant = configuration().grants_on("shop.order")[0]

    assert (grant.role, grant.scope, grant.where.text) == ("shop.keeper", "where", "owner = ME")


def test_a_unique_field_alone_marks_the_field():
    machine = configuration().entity("shop.machine")

    assert machine.field("code").unique
    assert [rule.each for rule in configuration().entity("shop.order").unique] == ["lines"]


def test_a_hundred_documents_compile_in_a_second():
    many = {path.replace("shop/", f"shop{n}/", 1): body for n in range(6) for path, body in documents().items()}
    for path, body in many.items():
        if path.endswith("module.json"):
            body["name"] = path.partition("/")[0]
    started = time.perf_counter()

    configuration(many)

    assert time.perf_counter() - started < 2


def test_a_grant_may_be_to_a_role_that_is_held_in_a_team():
    changed = documents()
    grants = changed["shop/permissions.json"]["grants"]
    grants.append({"role": "driver", "entity": "machine", "actions": ["read"], "scope": "my_projects"})

    granted = configuration(changed).grants_on("shop.machine")

    assert [(grant.role, grant.scope) for grant in granted] == [("shop.driver", "my_projects")]


def test_a_circle_through_rows_is_shown_as_a_path():
    changed = documents()
    rows = changed["shop/entities/order.json"]["schema"]["properties"]["lines"]["items"]["properties"]
    rows["amount"]["x-field"]["formula"] = "SUMEACH(lines, amount) + total"

    found = [one for one in check_documents(changed) if one.code == "formula_cycle"]

    assert {one.params["path"] for one in found} >= {"lines.amount -> lines.amount"}


def test_a_filter_that_no_database_can_answer_is_a_problem_of_the_design():
    changed = documents()
    changed["shop/views/orders.json"]["filter"] = "ANY(lines, count > 3)"
    changed["shop/permissions.json"]["grants"][0]["scope"] = {"where": "SQRT(total) > 1"}

    found = {(one.pointer, one.code, one.params["what"]) for one in check_documents(changed)}

    assert found == {
        ("/filter", "formula_not_in_sql", "ANY"),
        ("/grants/0/scope/where", "formula_not_in_sql", "SQRT"),
    }
