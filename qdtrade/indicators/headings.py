"""Headings of files of readings that both the export and the import know."""

TITLES = {
    "code": "指标编号",
    "period": "时间",
    "on": "对应日期",
    "qualifier": "修饰",
    "value": "数值",
    "words": "文字表述",
    "source": "来源",
    "note": "备注",
}
"""In Chinese whatever the reader's language: what leaves can come back."""

NAME = "指标名称（只读）"
UNIT = "单位（只读）"
STATUS = "状态（只读）"
CORRECTED = "更正原因（只读）"
SUBMITTED = {"at": "报送时间（只读）", "by": "报送人（只读）"}
DECIDED = {"at": "审核时间（只读）", "by": "审核人（只读）"}
SAMPLE = "样例（只读）"
"""What leaves beside the import's own columns: moves change it, no file does."""

QUALIFIERS = {"exact": "准确", "at_least": "不少于", "more_than": "超过", "about": "约"}
"""As a file writes how exact a value is."""
