"""The headings under which bureaus keep their registers, in Chinese and English."""

import re
import unicodedata

SYNONYMS: dict[str, str] = {
    "code": "编号 任务编号 编码 举措编号 任务编码 代码 项目编号 code taskcode id",
    "serial": "序号 顺序号 序 排序 no number serial #",
    "field": (
        "任务领域 领域 所属领域 工作领域 试点领域 任务类别 类别 方面 任务分类 改革领域 field area fieldofwork"
    ),
    "title": (
        "任务举措 工作任务 任务 举措 任务名称 举措名称 具体举措 工作举措 试点任务 主要任务 重点任务 "
        "任务内容 政策举措 具体任务 试点举措 工作内容 主要举措 任务事项 工作事项 具体任务举措 title task "
        "measure taskmeasure taskname name"
    ),
    "standard": (
        "完成标准 目标 工作目标 完成目标 预期目标 预期成果 目标要求 成果形式 验收标准 标准 完成标准及目标 "
        "完成标准目标 任务目标 工作标准 standard completionstandard target goal"
    ),
    "lead": (
        "牵头单位 牵头部门 主责单位 主责部门 牵头责任单位 主办单位 牵头 lead leadbureau leadagency leadoffice"
    ),
    "owner": "责任单位 责任部门 承办单位 承办部门 落实单位 责任主体 owner responsible responsiblebureau bureau",
    "support": (
        "配合单位 配合部门 协办单位 参与单位 参加单位 协同单位 协作单位 配合责任单位 配合 support "
        "supporting supportingbureaus cooperating cooperatingbureaus cooperatingbureau"
    ),
    "period": "起止时间 起止日期 起止年月 实施时间 实施期限 时间安排 推进时间 起止 period dates fromto",
    "starts_on": (
        "开始时间 开始日期 起始时间 起始日期 启动时间 启动日期 开始 起始 起 start startson startdate "
        "starts from"
    ),
    "due_on": (
        "完成时限 完成时间 完成日期 完成期限 截止时间 截止日期 办结时限 办结时间 结束时间 结束日期 时限 "
        "期限 完成时间节点 时间节点 结束 截止 止 due dueon duedate deadline to end enddate"
    ),
    "milestones": (
        "节点 节点安排 工作节点 重要节点 阶段节点 阶段目标 里程碑 推进节点 关键节点 节点及时间 milestones "
        "milestone"
    ),
    "own_choice": "自选动作 是否自选动作 是否自选 自选 自选举措 ownchoice ownchoicemeasure",
    "is_sample": "样例 样例标记 是否样例 sample issample",
    "sample_fields": "样例栏 样例字段 样例项 samplefields inventedfields",
    "source": "来源 出处 依据 来源出处 source",
    "ignored": "导入结果 导入说明",
}
_FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words.split()}
_NUMBERED = re.compile(
    r"^(?:第?([一二三四五六七八九十\d]{1,3})个?)?(?:阶段)?(?:节点|里程碑|milestone)([一二三四五六七八九十\d]{0,3})(.*)$"
)
_WHEN = re.compile(r"(时间|日期|时限|date|时)$")


def plain(text: str) -> str:
    """A heading without blanks, marks, remarks in brackets, unit or case."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\([^)]*\)", "", text)
    return re.sub(r"[\s:*·_./、,\-]+", "", text)


def field_of(heading: str) -> str:
    """The field a heading means, or an empty string; `milestone_title` and `milestone_date` come in columns."""
    parts = [plain(part) for part in re.split(r"[/／、]|或", heading)]
    for word in (plain(heading), plain(re.sub(r"[()（）]", "", heading))):
        if word in _FIELD_OF:
            return _FIELD_OF[word]
        if found := _numbered(word):
            return found
    fields = [_FIELD_OF.get(part, "") for part in parts]
    return fields[0] if all(fields) else ""


def _numbered(word: str) -> str:
    """节点1, 节点一名称, 第2节点时间: one milestone over one or two columns."""
    match = _NUMBERED.match(word)
    if match is None or not (match[1] or match[2] or match[3]):
        return ""
    if _WHEN.search(match[3]):
        return "milestone_date"
    return "milestone_title" if match[3] in {"", "名称", "内容", "name", "title"} else ""
