"""XML is kept to the letter, and hostile XML does no harm."""

import pytest

from engine.definition.interchange import Element, Markup, parse_markup
from engine.problems import Problem

KEPT = (
    "<a:b xmlns:a='urn:x' c = \"1 &lt; 2\"\n  d='2'  ><!-- said --><?do it?>x &amp; <![CDATA[<raw>]]><e/><f ></f ></a:b >\n<!-- after -->",
    '<?xml version="1.0"?>\r\n<!DOCTYPE a SYSTEM "http://example.org/a.dtd">\r\n<a>&later;</a>',
    "<unbound:a b:c='1'/>",
    "\ufeff<a/>",
    "<a>" * 30_000 + "</a>" * 30_000,
)
HOSTILE = {
    '<!DOCTYPE a [<!ENTITY x "yyyy"><!ENTITY y "&x;&x;&x;">]><a b="&y;"/>': "xml_entities",
    f'<!DOCTYPE a [<!ENTITY x "{"y" * 5000}">]><a b="{"&x;" * 5000}"/>': "xml_entities",
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/x">%x;]><a/>': "xml_entities",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a b="&x;"/>': "xml_malformed",
    "<a><b></a>": "xml_malformed",
    "": "xml_malformed",
    "no markup": "xml_malformed",
    "<a>\x01</a>": "xml_malformed",
    '<?xml version="1.0" encoding="no-such-thing"?><a/>': "xml_encoding",
    '<?xml version="1.0" encoding="zip"?><a/>': "xml_encoding",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_xml_is_written_back_byte_by_byte(encoding: str):
    files = [text.encode(encoding) for text in KEPT if encoding == "utf-8" or text.startswith(("\ufeff", "<?xml"))]

    trees = [parse_markup(data) for data in files]

    assert [tree.to_bytes() for tree in trees if isinstance(tree, Markup)] == files


def test_other_encodings_are_read_as_declared():
    data = '<?xml version="1.0" encoding="GB18030"?><a 名="值"/>'.encode("gb18030")

    tree = parse_markup(data)

    assert isinstance(tree, Markup)
    assert (tree.root.get("名"), tree.to_bytes()) == ("值", data)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_or_broken_xml_is_a_problem(text: str):
    found = parse_markup(text.encode())

    assert isinstance(found, Problem)
    assert found.code == HOSTILE[text]


def test_entities_in_content_stay_as_they_are_written():
    data = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "<b/>">]><a>&x;&y;</a>'

    tree = parse_markup(data)

    assert isinstance(tree, Markup)
    assert (tree.root.text, tree.root.elements, tree.to_bytes()) == ("&x;&y;", [], data)


def test_changes_touch_nothing_beside_them():
    tree = parse_markup(b"<a  b='1' xml:b='2'><c/><!-- x --></a>")

    assert isinstance(tree, Markup)
    tree.root.set("b", 'new "one"')
    tree.root.set("d", "2")
    tree.root.elements[0].put(0, Element("e", "", "e", {}, {}, "<e/>"))
    assert tree.text() == '<a  b="new &quot;one&quot;" xml:b=\'2\' d="2"><c><e/></c><!-- x --></a>'
