"""The three projects: what they are budgeted at, and with whom they have contracts."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Deal:
    """One contract for a part of the work under one cost code.

    `part` is its share of what is contracted under the code; `price` is per unit with tax. It is settled from month `start`
    to month `finish` of the story, each third month.
    """

    code: str
    party: str
    title: str
    category: str
    unit: str
    price: Decimal
    tax: Decimal
    start: int
    finish: int
    part: Decimal = Decimal(1)
    advance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Project:
    """One project.

    `budget` is in yuan without tax, `usage` the part of it that contracts and expenses should come to, `price` what the client
    pays as a part of it.
    """

    number: int
    code: str
    name: str
    short: str
    kind: str
    client: str
    region: str
    area: str
    budget: Decimal
    usage: Decimal
    price: Decimal
    shares: tuple[tuple[str, Decimal], ...]
    deals: tuple[Deal, ...]

    @property
    def key(self) -> str:
        """Return the name that events use for it."""
        return f"project.{self.code}"

    def line(self, code: str) -> Decimal:
        """Return what is budgeted under a cost code."""
        return (self.budget * dict(self.shares).get(code, Decimal(0))).quantize(Decimal(1000))


def _shares(text: str) -> tuple[tuple[str, Decimal], ...]:
    """Read `0101 17.5, 0102 15` as percentages."""
    return tuple((code, Decimal(percent) / 100) for code, percent in (part.split() for part in text.split(",")))


def _deal(text: str) -> Deal:
    """Read one line: code, party, title, category, unit, price, tax in percent, months, and perhaps part and advance in percent."""
    code, party, title, category, unit, price, tax, months, *rest = text.split()
    start, finish = months.split("-")
    part, advance = (Decimal(percent) / 100 for percent in (rest + ["100", "0"][len(rest) :]))
    return Deal(
        code, party, title, category, unit, Decimal(price), Decimal(tax) / 100, int(start), int(finish), part, advance
    )


def _deals(text: str) -> tuple[Deal, ...]:
    return tuple(_deal(line) for line in text.strip().splitlines())


PROJECTS = (
    Project(
        number=0,
        code="P01",
        name="滨河花园一期住宅工程",
        short="滨河花园",
        kind="building",
        client="滨河置业有限公司",
        region="江北市东城区",
        area="48600.00",
        budget=Decimal(62_000_000),
        usage=Decimal("0.73"),
        price=Decimal("1.06"),
        shares=_shares(
            "0101 17, 0102 15, 0103 4, 0104 3, 0201 1.2, 0202 0.6, 0203 22, 0301 8, 0302 4, 0303 11, 0304 5, 0305 2, "
            "0401 3, 0402 2, 0501 0.9, 0502 0.5, 0601 0.3, 0602 0.2, 0603 0.3"
        ),
        deals=_deals("""
            0101 宏泰钢铁贸易有限公司 钢材采购 purchase 吨 4350 13 0-15
            0102 建兴商砼有限公司 商品混凝土采购 purchase 立方米 465 3 1-15
            0103 新砌建材有限公司 砌体材料采购 purchase 立方米 312 13 6-17
            0203 顺达劳务有限公司 主体结构劳务 labour 平方米 418 3 1-14 62
            0203 恒力劳务有限公司 二次结构及装修劳务 labour 平方米 156 3 8-20 38
            0301 鲁基基础工程有限公司 土方及桩基工程 subcontract 立方米 86 9 0-5 100 20
            0302 固安防水工程有限公司 防水工程 subcontract 平方米 58 9 5-18
            0303 中瑞机电安装有限公司 机电安装工程 subcontract 平方米 212 9 4-20 100 10
            0401 永达机械租赁有限公司 塔吊及施工电梯租赁 lease 台月 46000 13 1-16
            0402 万利周转器材有限公司 周转材料租赁 lease 吨月 138 13 2-16
        """),
    ),
    Project(
        number=1,
        code="P02",
        name="新城大道改造提升工程",
        short="新城大道",
        kind="municipal",
        client="江北市政建设中心",
        region="江北市新城区",
        area="0.00",
        budget=Decimal(38_000_000),
        usage=Decimal("0.845"),
        price=Decimal("1.03"),
        shares=_shares(
            "0101 10, 0102 17, 0105 8, 0201 1.6, 0202 0.6, 0203 25, 0301 16, 0302 4, 0303 9, 0402 2, 0403 4, "
            "0501 1.2, 0502 0.8, 0601 0.3, 0602 0.2, 0603 0.3"
        ),
        deals=_deals("""
            0101 鑫城金属材料有限公司 钢筋采购 purchase 吨 4280 13 1-15
            0102 建兴商砼有限公司 水泥稳定碎石及混凝土 purchase 立方米 428 3 1-17
            0105 联通管材有限公司 排水管材采购 purchase 米 365 13 2-14
            0203 路通劳务有限公司 道路排水劳务 labour 平方米 92 3 0-17
            0301 鲁基基础工程有限公司 路基土方工程 subcontract 立方米 47.5 9 0-10 100 15
            0302 固安防水工程有限公司 桥面防水工程 subcontract 平方米 66 9 8-16
            0303 光华照明工程有限公司 路灯及交通设施 subcontract 套 8650 9 9-18
            0402 万利周转器材有限公司 围挡及周转材料租赁 lease 米月 19.5 13 0-16
            0403 力行机械租赁有限公司 土方机械租赁 lease 台班 1480 13 0-14
        """),
    ),
    Project(
        number=2,
        code="P03",
        name="科创园研发楼工程",
        short="科创园",
        kind="building",
        client="江北科创投资有限公司",
        region="江北市高新区",
        area="15200.00",
        budget=Decimal(24_000_000),
        usage=Decimal("0.935"),
        price=Decimal("0.93"),
        shares=_shares(
            "0101 14, 0102 12.5, 0105 0.2, 0201 2.5, 0202 0.8, 0203 22, 0301 6, 0302 5, 0303 17, 0304 11.8, 0401 3, 0402 2, "
            "0501 1.3, 0502 0.7, 0601 0.5, 0602 0.3, 0603 0.4"
        ),
        deals=_deals("""
            0101 宏泰钢铁贸易有限公司 钢材采购 purchase 吨 4420 13 0-10
            0102 永固混凝土有限公司 商品混凝土采购 purchase 立方米 472 3 0-11
            0203 顺达劳务有限公司 主体及装修劳务 labour 平方米 566 3 0-17
            0301 大地桩基工程有限公司 桩基及支护工程 subcontract 米 212 9 0-3 108 20
            0302 康居防水工程有限公司 防水保温工程 subcontract 平方米 79 9 6-15
            0303 中瑞机电安装有限公司 机电安装工程 subcontract 平方米 268 9 3-16 100 10
            0304 明源幕墙工程有限公司 幕墙门窗工程 subcontract 平方米 890 9 7-17
            0401 永达机械租赁有限公司 塔吊及施工电梯租赁 lease 台月 42500 13 0-13
            0402 万利周转器材有限公司 周转材料租赁 lease 吨月 141 13 0-13
        """),
    ),
)

COST_CODES = (
    ("01", "材料", "material", ""),
    ("0101", "钢材", "material", "01"),
    ("0102", "混凝土", "material", "01"),
    ("0103", "砌体及砂浆", "material", "01"),
    ("0104", "模板木方", "material", "01"),
    ("0105", "管材及其他材料", "material", "01"),
    ("02", "班组及人工", "labour", ""),
    ("0201", "点工", "labour", "02"),
    ("0202", "包工", "labour", "02"),
    ("0203", "劳务分包", "labour", "02"),
    ("03", "专业分包", "subcontract", ""),
    ("0301", "土方桩基", "subcontract", "03"),
    ("0302", "防水保温", "subcontract", "03"),
    ("0303", "机电安装", "subcontract", "03"),
    ("0304", "门窗幕墙", "subcontract", "03"),
    ("0305", "消防工程", "subcontract", "03"),
    ("04", "机械及租赁", "machine", ""),
    ("0401", "塔吊及施工电梯", "machine", "04"),
    ("0402", "周转材料", "machine", "04"),
    ("0403", "土方机械", "machine", "04"),
    ("05", "现场措施", "measure", ""),
    ("0501", "安全文明施工", "measure", "05"),
    ("0502", "临时设施", "measure", "05"),
    ("06", "项目日常", "overhead", ""),
    ("0601", "办公费", "overhead", "06"),
    ("0602", "差旅招待费", "overhead", "06"),
    ("0603", "水电费", "overhead", "06"),
    ("07", "施工企业扣费", "overhead", ""),
    ("0701", "管理费", "overhead", "07"),
    ("08", "其他", "other", ""),
    ("0801", "检测试验费", "other", "08"),
)
"""Code, name, nature, and the code above."""
