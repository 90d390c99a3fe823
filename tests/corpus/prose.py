"""Sentences around the tables, with numbers, percentages and cited documents in them.

Enters: a random source and the figures. Leaves: paragraphs. All wording is our own.
"""

from __future__ import annotations

from random import Random

from corpus.truth import ReportTruth

CITED = (
    "国办公开办函〔2021〕30号",
    "国办公开办函〔2019〕60号",
    "国令第711号",
    "国办发〔2014〕32号",
    "国办函〔2020〕109号",
)
_OPENING = (
    "依照《中华人民共和国政府信息公开条例》（{cited}）第五十条编制本报告，数据统计期限为{year}年1月1日至{year}年12月31日。",
    "本报告按照《条例》和{cited}的格式要求编写，所列数据截至{year}年12月31日。电话：0{a}-{b}，邮编：{c}。",
    "现将{agency}{year}年度政府信息公开工作情况报告如下。",
)
_GENERAL = (
    "（一）主动公开。全年通过门户网站发布信息{a}条，其中政策解读{b}篇，图解占{p}%。",
    "（二）依申请公开。本年度共收到申请{new}件，按期答复率100%，比上年增长{p}%。",
    "（三）政府信息管理。对{a}份存量文件逐件核对效力，废止{b}份，保留行政规范性文件{c}份。",
    "（四）平台建设。政务微信推送{a}条，阅读{c}次，关注人数{b}人；网站访问量{d}人次。",
    "（五）监督保障。组织培训{b}场，参训{a}人次；社会评议满意度{p}%。根据{cited}调整了考核分值，占比{b}%。",
    "办理行政许可{a}件、行政处罚{b}件的结果均在7个工作日内上网公示。",
    "全年承办人大建议{b}件、政协提案{a}件，答复文本全部公开。",
)
_PROBLEMS = (
    "一是公开内容还不够细，{a}个栏目中有{b}个更新较慢；二是人手偏紧，只有{b}名兼职人员。",
    "下一步将把公开属性审查放在公文起草环节，力争{next}年解读比例达到{p}%。",
    "申请答复的说理性不强，被纠正{b}件的教训需要汲取。",
)
_OTHERS = (
    "本年度收取信息处理费0元。",
    "未收取信息处理费，没有其他需要报告的事项。",
    "无。",
    "按照《政府信息公开信息处理费管理办法》，收取信息处理费{a}元。",
    "{agency}无其他需要报告的事项。",
)


def _fill(rng: Random, sentence: str, truth: ReportTruth) -> str:
    who = truth.identity
    new = truth.facts["requests", "new", "total"].value
    return sentence.format(
        cited=rng.choice(CITED),
        year=who.year,
        next=who.year + 1,
        agency=who.agency,
        a=rng.randint(2, 3000),
        b=rng.randint(1, 60),
        c=rng.randint(100, 999999),
        d=rng.randint(1000, 9000000),
        p=f"{rng.randint(1, 99)}.{rng.randint(0, 99)}" if rng.random() < 0.6 else rng.randint(1, 100),
        new="若干" if new is None else f"{new:f}",
    )


def opening(rng: Random, truth: ReportTruth) -> list[str]:
    """Before the first heading; may be nothing."""
    return [_fill(rng, s, truth) for s in rng.sample(_OPENING, rng.randint(0, 2))]


def general(rng: Random, truth: ReportTruth) -> list[str]:
    """Section 一."""
    kept = sorted(rng.sample(range(len(_GENERAL)), rng.randint(1, len(_GENERAL))))
    return [_fill(rng, _GENERAL[i], truth) for i in kept]


def problems(rng: Random, truth: ReportTruth) -> list[str]:
    """Section 五."""
    return [_fill(rng, s, truth) for s in rng.sample(_PROBLEMS, rng.randint(1, 3))]


def others(rng: Random, truth: ReportTruth) -> list[str]:
    """Section 六."""
    return [_fill(rng, rng.choice(_OTHERS), truth)]
