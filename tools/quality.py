"""What is proven, counted: the table of the README's quality section. Run as a module, it writes it anew in both languages."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.definition.field_types import FIELD_TYPES
from engine.expressions.functions import FUNCTIONS
from tests.conformance.random_expressions import EXPRESSIONS, SEEDS
from tools.places import ROOT

READMES = {"README.md": "en", "README.zh-CN.md": "zh-CN"}
_PLACE = re.compile(r"(<!-- quality -->\n).*?(<!-- /quality -->)", re.DOTALL)
_CASES = ROOT / "tests" / "conformance" / "cases"


def table(language: str) -> str:
    """Return the rows of the table, with numbers counted now."""
    head = {"en": "| what | how many |\n|---|---|\n", "zh-CN": "| 内容 | 数量 |\n|---|---|\n"}[language]
    return head + "".join(f"| {words[language]} | {count():,} |\n" for words, count in _ROWS)


def written_into(readme: str, language: str) -> str:
    """Return the text of a README with its table as it would be counted now."""
    return _PLACE.sub(lambda place: f"{place[1]}{table(language)}{place[2]}", readme)


def _cases_of(folder: str) -> int:
    return sum(len(cases) for file in (_CASES / folder).glob("*.json") for cases in _lists_of_cases(file))


def _lists_of_cases(file: Path) -> Iterator[list[object]]:
    document = json.loads(file.read_text(encoding="utf-8"))
    found = document.get("cases") if isinstance(document, dict) else document
    if isinstance(found, list):
        yield found


def _violations() -> int:
    return len(json.loads((ROOT / "tests" / "api" / "rules_on_every_path.json").read_text(encoding="utf-8")))


def _scenarios() -> int:
    return sum(1 for _ in ROOT.glob("modules/*/scenarios/*.json"))


def _coverage() -> int:
    files = (ROOT / "docs" / "coverage").glob("*.json")
    return sum(len(json.loads(file.read_text(encoding="utf-8"))["rows"]) for file in files)


_ROWS: tuple[tuple[dict[str, str], Callable[[], int]], ...] = (
    (
        {
            "en": "expressions with one answer in Python and in the browser, and in both databases where they can be asked there",
            "zh-CN": "表达式共享用例：Python 与浏览器结果一致，可在数据库中求值的，两种数据库也一致",
        },
        lambda: _cases_of("expressions"),
    ),
    (
        {
            "en": "random expressions in every run, over random records, with one answer in all four places",
            "zh-CN": "每次测试随机生成的表达式：在随机记录上求值，四处结果一致",
        },
        lambda: len(SEEDS) * EXPRESSIONS,
    ),
    (
        {"en": "records with the same states on both sides", "zh-CN": "显示、必填、隐藏清值：前后端共享用例"},
        lambda: _cases_of("states"),
    ),
    (
        {
            "en": "violations of rules, each sent by every path that writes records, with the same refusal expected",
            "zh-CN": "违反规则的写法，逐一经由每条写入途径发送，拒绝须一致",
        },
        _violations,
    ),
    (
        {"en": "functions, each with an example that runs", "zh-CN": "函数，每个都有可运行的例子"},
        lambda: len(FUNCTIONS),
    ),
    ({"en": "field types, each with a round trip", "zh-CN": "字段类型，每种都有往返测试"}, lambda: len(FIELD_TYPES)),
    (
        {"en": "scenarios of the shipped modules, on both databases", "zh-CN": "随附模块的场景，在两种数据库上运行"},
        _scenarios,
    ),
    (
        {
            "en": "formulas, rules and postings mapped to what says them",
            "zh-CN": "公式、控制规则与过账，逐条对应到配置",
        },
        _coverage,
    ),
)


def write(root: Path = ROOT) -> None:
    """Write the table into every README, and print it."""
    for name, language in READMES.items():
        file = root / name
        file.write_text(written_into(file.read_text(encoding="utf-8"), language), encoding="utf-8")
    print(table("en"))


if __name__ == "__main__":
    write()
