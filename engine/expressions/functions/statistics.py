"""Figures over lists of numbers. Blanks are skipped; what is said to be rounded is rounded half up at the 12th place."""

from collections.abc import Sequence
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.sorting import in_order
from engine.expressions.values import Value, compare, flat, identity, number

_HALF = Decimal("0.5")


def numbers_in(values: Sequence[Value] | None) -> list[Decimal]:
    """Return the numbers of a list that are not blank."""
    return [number(value) for value in flat(values or ())]


def paired(one: Sequence[Value] | None, other: Sequence[Value] | None) -> list[tuple[Decimal, Decimal]]:
    """Return the pairs in which neither is blank. Raises ExpressionError("bad_lists") when the lengths differ."""
    left, right = one or (), other or ()
    if len(left) != len(right):
        raise ExpressionError("bad_lists", {"left": len(left), "right": len(right)})
    pairs = zip(left, right, strict=True)
    return [(number(a), number(b)) for a, b in pairs if a is not None and b is not None]


def product(*values: Value) -> Decimal | None:
    """PRODUCT: blank for nothing."""
    found = numbers_in(values)
    result = Decimal(1)
    for value in found:
        result = arithmetic.multiply(result, value)
    return result if found else None


def percentile(values: Sequence[Value] | None, fraction: Decimal | None) -> Decimal | None:
    """PERCENTILE: between two values in proportion, both ends included. Raises ExpressionError("bad_fraction") outside 0 to 1."""
    if fraction is None:
        return None
    if not 0 <= fraction <= 1:
        raise ExpressionError("bad_fraction", {"value": arithmetic.plain(fraction)})
    ordered = sorted(numbers_in(values))
    if not ordered:
        return None
    below = int(_place(fraction, len(ordered)))
    return between(ordered[below], ordered[min(below + 1, len(ordered) - 1)], fraction, len(ordered))


def between(low: Decimal, high: Decimal, fraction: Decimal, size: int) -> Decimal:
    """Return the percentile from the two values around it: in proportion, as PERCENTILE.INC of spreadsheets does.

    Of `size` values in order, counted from 0, it lies at fraction x (size - 1); `low` stands there or just before.
    """
    place = _place(fraction, size)
    rest = arithmetic.subtract(place, Decimal(int(place)))
    return arithmetic.add(low, arithmetic.multiply(arithmetic.subtract(high, low), rest))


def _place(fraction: Decimal, size: int) -> Decimal:
    return arithmetic.multiply(fraction, Decimal(size - 1))


def variance(values: Sequence[Value] | None, *, population: bool = False) -> Decimal | None:
    """VARIANCE of a sample: the squared deviations by one less than the count; VARIANCEP of all there are: by the count."""
    exact = arithmetic.EXACT
    total, squares, size = Decimal(0), Decimal(0), 0
    for value in numbers_in(values):
        total, squares = exact.add(total, value), exact.add(squares, exact.multiply(value, value))
        size += 1
    return variance_of(total, squares, size, population=population)


def variance_of(total: Decimal, squares: Decimal, size: int, *, population: bool) -> Decimal | None:
    """Return the variance from the exact sum, the exact sum of squares and the count; blank where there are too few values."""
    counted = size if population else size - 1
    if counted < 1:  # one value of a sample deviates from nothing
        return None
    exact = arithmetic.EXACT
    above = exact.subtract(exact.multiply(squares, Decimal(size)), exact.multiply(total, total))
    return arithmetic.divide(above, Decimal(size * counted))


def deviation(values: Sequence[Value] | None, *, population: bool = False) -> Decimal | None:
    """STDEV and STDEVP: the root of the variance."""
    return root_of(variance(values, population=population))


def root_of(found: Decimal | None) -> Decimal | None:
    """Return the deviation that belongs to a variance."""
    return None if found is None else arithmetic.root(found)


def mode(values: Sequence[Value] | None) -> Value:
    """MODE: the most frequent value, the earliest among equals."""
    counts: dict[object, int] = {}
    first: dict[object, Value] = {}
    for value in flat(values or ()):
        key = identity(value)
        counts[key] = counts.get(key, 0) + 1
        first.setdefault(key, value)
    return first[max(counts, key=lambda key: counts[key])] if counts else None


def rank(value: Value, values: Sequence[Value] | None, ascending: Value = False) -> Decimal | None:  # noqa: FBT002  # called by position
    """RANK: 1 and how many are greater (smaller, if ascending)."""
    if value is None or ascending is None:
        return None
    wanted = -1 if ascending else 1
    return Decimal(1 + sum(1 for other in flat(values or ()) if compare(other, value) == wanted))


def sum_product(one: Sequence[Value] | None, other: Sequence[Value] | None) -> Decimal:
    """SUMPRODUCT: pairs with a blank count nothing."""
    return arithmetic.total(arithmetic.multiply(a, b) for a, b in paired(one, other))


def weighted(values: Sequence[Value] | None, weights: Sequence[Value] | None) -> Decimal | None:
    """WEIGHTED: the weighted average; blank when the weights add up to zero."""
    pairs = paired(values, weights)
    whole = arithmetic.total(weight for _, weight in pairs)
    total = arithmetic.total(arithmetic.multiply(value, weight) for value, weight in pairs)
    return arithmetic.divide(total, whole) if whole else None


def running(values: Sequence[Value] | None) -> list[Value]:
    """RUNNING: the sum so far at every item; a blank adds nothing."""
    total, found = Decimal(0), list[Value]()
    for value in values or ():
        total = total if value is None else arithmetic.add(total, number(value))
        found.append(total)
    return found


def nth_of(values: Sequence[Value] | None, position: Decimal | None, *, largest: bool) -> Value:
    """LARGEST and SMALLEST: the value at a place in order, blank beyond the last."""
    if position is None:
        return None
    place = arithmetic.whole(position, "bad_count", 1, 1_000_000)
    ordered = in_order(flat(values or ()), descending=largest)
    return ordered[place - 1] if place <= len(ordered) else None


def pert_mean(least: Decimal, likely: Decimal, most: Decimal) -> Decimal:
    """PERTMEAN: (least + 4 likely + most) / 6, after the PERT of 1959."""
    whole = arithmetic.add(arithmetic.add(least, arithmetic.multiply(Decimal(4), likely)), most)
    return arithmetic.divide(whole, Decimal(6))


def pert_deviation(least: Decimal, most: Decimal) -> Decimal:
    """PERTDEVIATION: a sixth of the range."""
    return arithmetic.divide(arithmetic.subtract(most, least), Decimal(6))


_NUMBERS = needs(("list", "[number]"))
_TWO = needs(("list", "[number]"), ("weights", "[number]"))
_PLACED = needs(("list", "[O]"), ("position", "number"))

FUNCTIONS = (
    Function("PRODUCT", ("连乘",), (), "number", product, Words("各数相乘，跳过空；没有值为空", "All numbers multiplied, without blanks; blank for nothing"),
             ("PRODUCT(2, 3, 0.5)", "3"), group=needs(("values", "~number")), mode="blanks"),
    Function("MEDIAN", ("中位数",), _NUMBERS, "number", lambda values: percentile(values, _HALF),
             Words("中位数，跳过空；没有值为空", "The median, without blanks; blank for nothing"), ("MEDIAN(lines.amount)", "40"), mode="blanks"),
    Function("PERCENTILE", ("百分位",), needs(("list", "[number]"), ("fraction", "number")), "number", percentile,
             Words("按比例（0 到 1，含两端）取分位数，两数之间线性内插，同电子表格的 PERCENTILE.INC",
                   "The value below which a fraction (0 to 1) lies; between two values in proportion, as PERCENTILE.INC of spreadsheets"),
             ("PERCENTILE(lines.amount, 0.25)", "30.25"), mode="blanks"),
    Function("MODE", ("众数",), needs(("list", "[T]")), "T", mode,
             Words("出现最多的值，同样多取先出现者", "The most frequent value, the earliest among equals"), ("MODE(lines.kind)", "x"), mode="blanks"),
    Function("VARIANCE", ("方差",), _NUMBERS, "number", variance,
             Words("样本方差，少于两个数为空", "The variance of a sample; blank for fewer than two numbers"), ("VARIANCE(LIST(2, 4, 9))", "13"), mode="blanks"),
    Function("STDEV", ("标准差",), _NUMBERS, "number", deviation,
             Words("样本标准差，少于两个数为空", "The standard deviation of a sample; blank for fewer than two numbers"), ("STDEV(LIST(2, 4, 9))", "3.605551275464"), mode="blanks"),
    Function("VARIANCEP", ("总体方差",), _NUMBERS, "number", lambda values: variance(values, population=True),
             Words("总体方差（除以个数），没有值为空", "The variance of all there are (by their count); blank for nothing"), ("VARIANCEP(LIST(2, 4, 9))", "8.666666666667"), mode="blanks"),
    Function("STDEVP", ("总体标准差",), _NUMBERS, "number", lambda values: deviation(values, population=True),
             Words("总体标准差（除以个数），没有值为空", "The deviation of all there are (by their count); blank for nothing"), ("STDEVP(LIST(2, 4, 9))", "2.943920288776"), mode="blanks"),
    Function("RANK", ("排名",), needs(("value", "O"), ("list", "[O]"), ("ascending?", "boolean")), "number", rank,
             Words("在列表中的名次（大者为 1；第三个参数为真时小者为 1）", "The place among the list, 1 for the greatest (the least if ascending)"),
             ("RANK(40, lines.amount)", "2"), mode="blanks"),
    Function("LARGEST", ("第几大",), _PLACED, "O", lambda values, place: nth_of(values, place, largest=True),
             Words("第几大的值，超出个数为空", "The value at a place from the greatest down; blank beyond the last"), ("LARGEST(lines.amount, 2)", "40"), mode="blanks"),
    Function("SMALLEST", ("第几小",), _PLACED, "O", lambda values, place: nth_of(values, place, largest=False),
             Words("第几小的值，超出个数为空", "The value at a place from the least up; blank beyond the last"), ("SMALLEST(lines.amount, 1)", "20.5"), mode="blanks"),
    Function("SUMPRODUCT", ("乘积和",), needs(("one", "[number]"), ("other", "[number]")), "number", sum_product,
             Words("两列对应相乘后求和，任一为空的不计", "The sum of the products of two lists; pairs with a blank count nothing"),
             ("SUMPRODUCT(lines.amount, lines.weight)", "120.5"), mode="blanks"),
    Function("WEIGHTED", ("加权平均",), _TWO, "number", weighted,
             Words("加权平均，任一为空的不计；权重合计为零则为空", "The weighted average; pairs with a blank do not count; blank when the weights add up to zero"),
             ("WEIGHTED(LIST(100, 60, 0), LIST(40, 35, 25))", "61"), mode="blanks"),
    Function("RUNNING", ("累计",), _NUMBERS, "[number]", running,
             Words("到每一项为止的累计数列表，空不计", "The sum so far at every item, as a list; a blank adds nothing"), ("JOIN(RUNNING(lines.amount))", "60, 100, 120.5"), mode="blanks"),
    Function("PERTMEAN", ("三点均值",), needs(("least", "number"), ("likely", "number"), ("most", "number")), "number", pert_mean,
             Words("三点估算的均值：(乐观 + 4 × 最可能 + 悲观) / 6", "The mean of a three-point estimate: (least + 4 likely + most) / 6"), ("PERTMEAN(4, 6, 14)", "7")),
    Function("PERTDEVIATION", ("三点标准差",), needs(("least", "number"), ("most", "number")), "number", pert_deviation,
             Words("三点估算的标准差：(悲观 - 乐观) / 6", "The deviation of a three-point estimate: a sixth of the range"), ("PERTDEVIATION(4, 14)", "1.666666666667")),
)  # fmt: skip
