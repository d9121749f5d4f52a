"""Headings of files of projects that both the export and the import know."""

STATUS = "阶段（只读）"
LAGS = {"state": "迟滞状态（只读）", "why": "迟滞原因（只读）"}
TOTALS = {
    "came_in": "到位资金（元，只读）",
    "paid": "支付资金（元，只读）",
    "invested": "完成投资（元，只读）",
}
"""What leaves beside the import's own columns: moves and dated sums change it, no file does."""
