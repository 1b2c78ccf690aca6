"""Names of people and companies that do not exist."""

from collections.abc import Iterator
from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
GIVEN = "伟强磊军洋勇杰涛超明刚平辉健鹏华飞波斌宇浩凯鑫亮俊峰龙海东建国志新文德成林祥福根旺发春生金水木土长永庆来顺喜宝玉良忠义和安康宁远大有才富贵全胜利民兴荣光泽润"
WOMEN = "芳娜敏静丽艳娟霞秀英慧巧美玲红玉兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛"
SITES = (
    "1#楼",
    "2#楼",
    "3#楼",
    "地下车库",
    "裙楼",
    "K0+200 段",
    "K0+680 段",
    "东侧管廊",
    "南门广场",
    "研发楼 A 座",
    "研发楼 B 座",
    "连廊",
)
FLOORS = (
    "地下一层",
    "首层",
    "三层",
    "五层",
    "八层",
    "十二层",
    "屋面",
    "基坑东侧",
    "材料堆场",
    "加工棚",
    "临时道路",
    "围挡",
)
WORKS = (
    "清理垃圾",
    "材料倒运",
    "剔凿修补",
    "临边防护",
    "临时排水",
    "成品保护",
    "配合机电开洞",
    "雨后排水",
    "样板间整改",
    "场地平整",
    "拆除临设",
    "配合测量放线",
)


def people(random: Random, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield names with the sex as a record holds it, no name twice."""
    while True:
        woman = random.random() < 0.12
        letters = WOMEN if woman else GIVEN
        name = random.choice(SURNAMES) + "".join(random.choice(letters) for _ in range(random.choice((1, 2, 2))))
        if name not in taken:
            taken.add(name)
            yield name, "female" if woman else "male"


def place(random: Random) -> str:
    """Return a part of a site."""
    return f"{random.choice(SITES)}{random.choice(FLOORS)}"
