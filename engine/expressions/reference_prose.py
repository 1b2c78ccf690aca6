"""What the language's page says before the functions, by language. The page is generated: change it here."""

from collections.abc import Mapping

_ENGLISH = """\
# The expression language

Formulas, rules, filters and conditions are written in one language, in the manner of a spreadsheet. A formula is checked when
the design is saved and gives the same result, to the last digit, on the server, in the browser, in PostgreSQL and in SQLite.
The cases in `tests/conformance/cases/expressions` prove it.

## Writing

* Numbers `12.50`, texts `'it''s'` or `"..."`, `TRUE`, `FALSE`, `BLANK`. Full-width punctuation （ ） ， “ ” and Chinese function names work too.
* Fields by name (`total`, case-sensitive), fields of a reference by path (`project.code`), a column of a sub-table `lines.amount` as a list.
* `OLD.total` is the value before the change; `ME`, `INITIATOR`, `TODAY`, `NOW` may be written without parentheses.
* `MEASURE('stock.held', item = item)` asks a measure; `LOOKUP('stock.item', 'price', code = 'A')` reads the field of the first record found.
* Days, times and numbers may also be bounded: `MEASURE('stock.held', item = item, day > day - 7, day <= day)`. `LOOKUP` then takes the closest one:
  `LOOKUP('stock.count', 'held', item = item, day < day)` is what the count before says. Left of the sign stands the other record's name.
* Loosest to tightest: `OR`, `AND`, `NOT`, comparison and `IN`, `&`, `+ -`, `* /`, `^`, sign, `%`, path. As in spreadsheets `-2^2` is 4 and `2^3^2` is 64.
* Limits: 10,000 characters, 100 nested levels, trees of 150 levels (a chain of 149 operators), 100,000 steps when evaluated (a step is a
  part of a formula, an item of a list, or a hundred characters of a text), texts of 100,000 characters. Beyond a limit is an error that shows.

## Rows

`lines.amount` is the list of that column. Behind the list of `FILTER`, `MAP`, `SUMEACH`, `COUNTEACH`, `ANY`, `ALL`, `NONE`, `SORTBY` bare names are
first the fields of the row at hand, then those of the record: `SUMEACH(lines, days * rate, kind = 'x')`. `ITEM` is the item itself, as in
`FILTER(SEQUENCE(1, 9), MOD(ITEM, 2) = 1)`. A path goes on behind a list: `FILTER(lines, kind = 'x').amount`. Behind a reference it may lead
into the rows of the other record: `SUM(order.lines.amount)`; the browser leaves that to the server.

## Working days

`WORKDAYS(start, end, project.calendar)` asks a record that is a calendar: an entity declares with `calendar` which of its fields hold the working
days of the week, the years that it covers, and the dates that differ. A year that the calendar does not cover is the error
`calendar_year_missing`; nobody's Monday to Friday is taken instead. While typing, the browser asks the server for such a formula.

## Blank

Blank is not zero. Arithmetic and comparison with blank give blank (`x = BLANK` too: use `ISBLANK(x)`). `AND`, `OR`, `NOT` are
three-valued; `IF` takes the otherwise-branch when its condition is blank. `&` takes blank as an empty text. Aggregates skip blanks:
`SUM` of nothing is 0, `AVG`, `MIN`, `MAX` of nothing are blank. `STDEV` is that of a sample, `STDEVP` of all there are; measures and lists know
both, and percentiles (`p90`), by the same arithmetic. `x IN (...)` is blank if x is not found and one of the options is blank.
A list that was never filled is an empty list. A branch that is not taken is not evaluated; `AND` stops at the first false, `OR` at the first true.

## Numbers

* Exact decimals with at most 28 digits before the point (more: error `overflow`) and 24 after it. `+ - *` are exact up to there, and rounded half up beyond. Of a sum over a list only what it comes to has a limit, whatever the order.
* A quotient is rounded half up at the 12th place. Division by zero is the error `division_by_zero`.
* Half up means away from zero at a tie: `ROUND(163.725, 2)` is 163.73, `ROUND(-163.725, 2)` is -163.73.
* `^` takes whole exponents from -99 to 99, multiplies step by step; a negative exponent divides 1 by the result.
* As text a number has no exponent and no zeros at the end: `1.50 & ''` is `1.5`; `TEXT(1.5, 2)` is `1.50`.

## Text, dates, ids

* Texts are compared by code point; letters are compared as they are; lengths and positions count code points.
* date ± number is a date (whole days, else error `bad_days`), date − date is a number of days. Days are those of the time zone.
* A reference, a user, a department is an id: compare it with its own kind or with a text; follow it with a path.

## In filters

Everything that reads no field is evaluated first and may be anything. What reads fields may use operators, `IN`, logic, rounding with
constant places, `ABS SIGN INT MOD FLOOR CEILING`, powers with constant exponents up to 8, text functions with constant positions, and date
functions. Also the functions that can be written with these, such as `RATIO`, `BETWEEN`, `PERIOD`. Lists, working days, `OLD`, `MEASURE`, `LOOKUP`, moments as text and `CAPITALS` of a field are refused with `formula_not_in_sql`.

## Functions

The examples are evaluated on this record, on 2026-01-31 at 08:30, by user u1 with role keeper: total 120.5, kind 'x', note blank, due_on 2026-03-15,
lines (amount, kind, weight): (60, 'x', 1), (40, 'y', 1), (20.5, 'x', 1).
"""

_CHINESE = """\
# 公式语言

公式、规则、筛选和条件用同一种语言书写，习惯与电子表格一致。设计保存时即检查；在服务器、浏览器、PostgreSQL 和 SQLite 中结果逐位相同，
由 `tests/conformance/cases/expressions` 中的用例证明。

## 书写

* 数字 `12.50`，文本 `'甲'` 或 `"乙"`（引号写两次表示引号本身），`TRUE`、`FALSE`、`BLANK`（真、假、空）。可用全角标点（ ） ， “ ” 和中文函数名。
* 字段直接写名称（区分大小写），引用的字段用路径 `project.code`，明细的一列 `lines.amount` 是列表。
* `OLD.total` 是修改之前的值；`ME`、`INITIATOR`、`TODAY`、`NOW` 可以不写括号。
* `MEASURE('stock.held', item = item)` 取指标；`LOOKUP('stock.item', 'price', code = 'A')` 取第一条符合的记录的字段。
* 日期、时间和数字也可以给出范围：`MEASURE('stock.held', item = item, day > day - 7, day <= day)`。`LOOKUP` 这时取最接近的一条：
  `LOOKUP('stock.count', 'held', item = item, day < day)` 是上一次盘点的数。符号左边是对方的名称，右边是本记录的。
* 优先级由松到紧：`OR`、`AND`、`NOT`、比较和 `IN`、`&`、`+ -`、`* /`、`^`、正负号、`%`、路径。与电子表格一致，`-2^2` 为 4，`2^3^2` 为 64。
* 限制：10,000 个字符，嵌套 100 层，语法树 150 层（连续 149 个运算符），计算 100,000 步（公式的一个部分、列表的一项、文本的一百个字符各为一步），
  文本 100,000 个字符。超过限制即报错，不会静默。

## 明细的行

`lines.amount` 是这一列的列表。`FILTER`、`MAP`、`SUMEACH`、`COUNTEACH`、`ANY`、`ALL`、`NONE`、`SORTBY` 的列表之后，名称先指当前行的字段，再指记录的字段：
`SUMEACH(lines, days * rate, kind = 'x')`。`ITEM` 是该项本身，如 `FILTER(SEQUENCE(1, 9), MOD(ITEM, 2) = 1)`。列表后面可以接路径：`FILTER(lines, kind = 'x').amount`。引用后面也可以接到对方的明细：
`SUM(order.lines.amount)`，浏览器交给服务器计算。

## 工作日

`WORKDAYS(start, end, project.calendar)` 查一条日历记录：实体用 `calendar` 声明哪些字段是每周工作日、覆盖的年份和例外日期。日历未覆盖的年份报错
`calendar_year_missing`，不会当作周一到周五。填写时，浏览器向服务器询问这样的公式。

## 空

空不是零。与空做算术或比较结果为空（`x = BLANK` 也是空，请用 `ISBLANK(x)`）。`AND`、`OR`、`NOT` 为三值逻辑；`IF` 的条件为空时取“否则”。
`&` 把空当作空文本。汇总函数跳过空：没有值时 `SUM` 为 0，`AVG`、`MIN`、`MAX` 为空。`STDEV` 为样本标准差，`STDEVP` 为总体标准差；指标与列表合计也有这些和分位数（`p90`），算法相同。`x IN (...)` 找不到且候选中有空时为空。
从未填写的列表是空列表。没有走到的分支不计算；`AND` 遇到第一个不成立即停，`OR` 遇到第一个成立即停。

## 数字

* 精确十进制，小数点前最多 28 位（超出报错 `overflow`），后最多 24 位；`+ - *` 在此范围内精确，超出部分四舍五入；列表求和只限制最终结果，与顺序无关。
* 除法结果四舍五入到第 12 位小数；除数为零报错 `division_by_zero`。
* 四舍五入在恰好一半时远离零：`ROUND(163.725, 2)` 为 163.73，`ROUND(-163.725, 2)` 为 -163.73。
* `^` 的指数为 -99 到 99 的整数，逐次相乘；负指数为 1 除以结果。
* 转成文本时不用科学记数，不留末尾的零：`1.50 & ''` 为 `1.5`；`TEXT(1.5, 2)` 为 `1.50`。

## 文本、日期、标识

* 文本按码点比较，区分大小写；长度和位置按码点计。
* 日期 ± 数字为日期（必须是整天，否则报错 `bad_days`），日期 − 日期为天数。以时区的日子为准。
* 引用、人员、部门是标识：可与同类或文本比较，用路径取其字段。

## 用于筛选

不读字段的部分先行计算，可用任何函数。读字段的部分可用运算符、`IN`、逻辑函数、常数位数的舍入、`ABS SIGN INT MOD FLOOR CEILING`、
常数指数（绝对值不超过 8）的乘方、常数位置的文本函数和日期函数，以及能用它们写出的函数，如 `RATIO`、`BETWEEN`、`PERIOD`。列表、工作日、`OLD`、`MEASURE`、`LOOKUP`、转为文本的时刻和字段的 `CAPITALS` 不能用，报 `formula_not_in_sql`。

## 函数

例子以下列记录计算，时间为 2026-01-31 08:30，操作人 u1，角色 keeper：total 120.5，kind 'x'，note 为空，due_on 2026-03-15，
明细 lines（amount、kind、weight）：(60, 'x', 1)、(40, 'y', 1)、(20.5, 'x', 1)。
"""

PROSE: Mapping[str, str] = {"zh-CN": _CHINESE, "en": _ENGLISH}
