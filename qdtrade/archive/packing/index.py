"""The page of a package that people open first: what is in it and how to prove it, in Chinese and English."""

from typing import Any

from django.template.loader import render_to_string

WHAT = {
    "records.jsonl": (
        "记录：每行一条，就是计算校验码的原文",
        "the records: one a line, the very text that is hashed",
    ),
    "checkpoints.jsonl": ("签名检查点", "the signed checkpoints"),
    "checkpoints.sig": ("检查点的签名，与上面逐行对应", "their signatures, line by line"),
    "versions.jsonl": ("报告的每个提交版本", "every submitted version of the reports"),
    "tables/records.csv": ("记录，供人阅读", "the records, for people"),
    "tables/register.csv": ("任务台账", "the register"),
    "tables/reports.csv": ("进展报告", "the progress reports"),
    "tables/expected.csv": ("应报清单", "what was owed"),
    "tables/projects.csv": ("签约项目", "the signed projects"),
    "tables/money.csv": ("项目资金", "the money of the projects"),
    "tables/updates.csv": ("项目进展", "what was filed on the projects"),
    "tables/evidence.csv": ("佐证文件清单", "the evidence files"),
    "records.md": ("记录的格式，逐字节说明", "the records, byte by byte"),
    "verify.py": ("离线校验程序", "the program that proves this package"),
    "manifest.json": ("目录：每个文件的大小与校验码", "the manifest: size and hash of each file"),
}
"""What each file is, in the order of the page."""


def page(manifest: dict[str, Any], names: list[str]) -> str:
    """The page; it stands alone, without scripts."""
    there = {*names, "manifest.json"}
    files = [(name, *words) for name, words in WHAT.items() if name in there]
    kept = sum(name.startswith("evidence/") for name in names)
    loose = sum(name.startswith("unbound/") for name in names)
    context = {"manifest": manifest, "files": files, "kept": kept, "loose": loose}
    return render_to_string("archive/package_index.html", context)
