"""The report about a file: what runs, what runs once somebody completes it, and what is kept as documentation, with the reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.definition.bpmn.source import OURS, Source, words
from engine.definition.interchange import Element

Fate = Literal["runs", "needs", "passes", "kept"]
LONGEST_NAME = 200

REASONS: Mapping[str, tuple[Fate, str, str]] = {
    "step": ("runs", "成为步骤“{detail}”", "became the step “{detail}”"),
    "people": ("needs", "成为步骤“{detail}”；发布前请选择审批人", "became the step “{detail}”; choose its people before publishing"),
    "branch": ("runs", "成为步骤“{detail}”的分支", "became the branches of the step “{detail}”"),
    "last_is_default": ("runs", "成为步骤“{detail}”的分支；没有默认流，最后一条作为默认", "became the branches of the step “{detail}”; the last way is the default, for none was"),
    "by_event": ("needs", "成为步骤“{detail}”；引擎不等待事件，请改写为条件", "became the step “{detail}”; events are not waited for here, write conditions"),
    "join": ("runs", "分支在此汇合", "branches meet here"),
    "one_way": ("passes", "只有一条出路，直接通过", "has one way out and is passed through"),
    "begin": ("runs", "流程从这里开始", "the flow begins here"),
    "finish": ("runs", "流程在这里结束", "the flow ends here"),
    "inside": ("runs", "其内部的步骤在此执行", "the steps inside take its place"),
    "once": ("runs", "其内部的步骤在此执行一次；循环、事务、特别子流程的附加规则不执行", "the steps inside run once; its rules of looping, transactions or free order do not"),
    "way": ("runs", "连线", "a way"),
    "condition": ("needs", "条件不是本系统的表达式，请改写", "the condition is not written in our language; write it anew"),
    "no_condition": ("needs", "这条出路没有条件，请补写", "this way has no condition; write one"),
    "no_work": ("passes", "引擎不执行此类工作，直接通过", "work of this kind is not done here and is passed through"),
    "no_event": ("passes", "引擎不等待也不发出此事件，直接通过", "this event is neither waited for nor thrown here and is passed through"),
    "boundary": ("kept", "边界事件不触发", "events on the edge of an activity do not fire"),
    "event_subprocess": ("kept", "事件子流程不触发", "sub-processes started by events do not start"),
    "not_reached": ("kept", "从所选开始事件到不了这里", "is not reached from the start that was chosen"),
    "dangling": ("kept", "连线的一端不存在", "an end of this way does not exist"),
    "other_process": ("kept", "属于另一个流程；可单独导入", "belongs to another process, which can be imported by itself"),
    "process": ("runs", "成为流程“{detail}”", "became the flow “{detail}”"),
    "graph": ("kept", "此部分不能化为块结构：整个流程只作为图保留", "the process is no nesting of blocks and is kept as a graph"),
    "lane": ("kept", "泳道；没有写明审批人时作为角色", "a lane; taken as a role where nobody else is named"),
    "documentation": ("kept", "作为说明保留", "kept as documentation"),
    "unknown": ("kept", "不认识的元素，原样保留", "an element that is not known, kept as it is"),
    "foreign": ("kept", "其他工具的 {detail} 处扩展，原样保留", "{detail} extensions of another tool, kept as they are"),
    "diagram": ("kept", "{detail} 个图形元素，原样保留", "{detail} elements of the diagram, kept as they are"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one element; `detail` is the step, or how many."""

    id: str
    kind: str
    name: str
    reason: str
    detail: str = ""

    @property
    def fate(self) -> Fate:
        """Return whether it runs, runs once completed, is passed through, or is kept as documentation."""
        return REASONS[self.reason][0]

    def text(self, language: str) -> str:
        """Return the reason as a sentence."""
        return REASONS[self.reason][2 if language == "en" else 1].format(detail=self.detail)


class Fates:
    """Gathers what becomes of elements."""

    def __init__(self) -> None:
        self._told: dict[Element, tuple[str, str]] = {}

    def tell(self, element: Element, reason: str, detail: str = "") -> None:
        """Say what became of an element; what is said later counts."""
        self._told[element] = (reason, detail)

    def retell(self, element: Element, reason: str) -> None:
        """Say it of an element of which something was said already."""
        if element in self._told:
            self._told[element] = (reason, "")

    def lines(self, source: Source, chosen: Element | None) -> tuple[Line, ...]:
        """Return the report in the order of the file: every element that has an identity, other tools' by namespace."""
        found: list[Line] = []
        foreign: Counter[str] = Counter()
        other = {part for one in source.processes if one.element is not chosen for part in one.element.within()}
        for one in source.markup.root.within():
            foreign.update(space for name in one.attributes if (space := one.space_of(name)) and name[:5] != "xmlns")
            if one.space != source.space:
                foreign[one.space] += 1
            elif "id" in one.attributes or one in self._told:
                reason, detail = self._told.get(one) or (_default(one, other=one in other), "")
                found.append(Line(one.get("id"), one.local, words(one)[:LONGEST_NAME], reason, detail))
        return (*found, *(_counted(space, count) for space, count in sorted(foreign.items()) if space != OURS))


def _default(element: Element, *, other: bool) -> str:
    if other:
        return "other_process"
    if element.local == "lane":
        return "lane"
    return "documentation" if element.local != "sequenceFlow" else "not_reached"


def _counted(space: str, count: int) -> Line:
    diagram = "omg.org/spec/" in space and ("/DI" in space or "/DD/" in space)
    return Line("", space, "", "diagram" if diagram else "foreign", str(count))
