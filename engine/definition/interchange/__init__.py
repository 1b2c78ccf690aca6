"""XML that is kept as it was written: what the readers and writers of BPMN and DMN stand on."""

from engine.definition.interchange.encodings import decoded, encoded
from engine.definition.interchange.markup import NO_XML, Element, Markup, escaped, parse_markup, plain, visible

__all__ = ["NO_XML", "Element", "Markup", "decoded", "encoded", "escaped", "parse_markup", "plain", "visible"]
