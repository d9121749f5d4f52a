#!/usr/bin/env python3
"""Prove a package of records, alone and offline.  独立、离线地校验一个归档包。

    python3 -I verify.py                          this folder, or the package that lies in it  校验本文件所在的包
    python3 -I verify.py PACKAGE.zip              a package, packed or unpacked            校验指定的包（压缩或已解开）
    python3 -I verify.py --fingerprint HEX …      compare the key with what you were given    与另行取得的指纹核对

Python 3.8 or newer and nothing else. Exit: 0 all that can be checked is whole; 1 something is broken; 2 this is no
package, or it cannot be read; 3 nothing is broken, but something that matters could not be checked.
只需Python 3.8以上。退出码：0 可校验的全部完好；1 有损坏；
2 不是归档包或无法读取；3 没有损坏，但有要紧的内容未能校验。

What is checked, byte by byte: records.md, which lies in the package.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

ZEROS = "0" * 64
PIECE = 1 << 20
LONGEST = 1 << 28
"""Bytes of one line, at most: a package that holds a longer one is none of ours."""
NAMED = re.compile(rb'"alg":"([a-z0-9]+)"')
FILE_IN_LINE = re.compile(rb'"file":"([0-9a-f]{64})"')
FILE_IN_CONTENT = re.compile(rb'\\"sha256\\":\\"([0-9a-f]{64})\\"')
WHOLE, BROKEN, UNREADABLE, UNCHECKED = 0, 1, 2, 3
MOST = 30
"""Broken places that are named one by one."""


# Hashes ---------------------------------------------------------------------------------------------------------


def rotate(word: int, by: int) -> int:
    """A word of 32 bits, turned to the left."""
    by %= 32
    return ((word << by) | (word >> (32 - by))) & 0xFFFFFFFF


def sm3(content: bytes) -> str:
    """GB/T 32905-2016, for a Python whose OpenSSL has it not."""
    padded = content + b"\x80" + b"\0" * ((55 - len(content)) % 64) + (8 * len(content)).to_bytes(8, "big")
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + at : start + at + 4], "big") for at in range(0, 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rotate(w[j - 3], 15)
            w.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            s1 = rotate((rotate(a, 12) + e + rotate(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & 0xFFFFFFFF, 7)
            s2 = s1 ^ rotate(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            t1 = (ff + d + s2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            t2 = (gg + h + s1 + w[j]) & 0xFFFFFFFF
            a, b, c, d = t1, a, rotate(b, 9), c
            e, f, g, h = t2 ^ rotate(t2, 9) ^ rotate(t2, 17), e, rotate(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return "".join(f"{x:08x}" for x in state)


def hash_of(line: bytes) -> str | None:
    """The hash of a line by the algorithm that it names; None where it names none that we know."""
    named = NAMED.search(line)
    name = named[1] if named else b""
    if name == b"sha256":
        return hashlib.sha256(line).hexdigest()
    if name == b"sm3":
        return hashlib.new("sm3", line).hexdigest() if "sm3" in hashlib.algorithms_available else sm3(line)
    return None


DECODER = json.JSONDecoder()


def read(line: bytes) -> Any:
    """What a line says, which is one JSON text in UTF-8 without blanks around it; raises ValueError."""
    text = line.decode("utf-8")
    content, end = DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError("more than one JSON text")
    return content


# Ed25519 (RFC 8032) ----------------------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def decoded(data: bytes) -> tuple[int, int, int, int] | None:
    """The point of 32 bytes in extended coordinates; None where there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * ROOT % P
    if (v * x * x - u) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def added(p: tuple[int, ...], q: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Two points in extended coordinates, added."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: tuple[int, ...]) -> tuple[int, ...]:
    """A point, so many times."""
    found: tuple[int, ...] = (0, 1, 1, 0)
    while number:
        found = added(found, point) if number & 1 else found
        point, number = added(point, point), number >> 1
    return found


BASE = decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(message: bytes, signature: bytes, key: bytes) -> bool:
    """Whether this key signed this message; all three are bytes."""
    if len(signature) != 64 or len(key) != 32:
        return False
    point, nonce, s = decoded(key), decoded(signature[:32]), int.from_bytes(signature[32:], "little")
    if point is None or nonce is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), added(nonce, times(h, point))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


# The package -----------------------------------------------------------------------------------------------------


class NoPackage(Exception):
    """What was given is no package, or cannot be read."""


class Folder:
    """A package that was unpacked."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def names(self) -> list[str]:
        found = (path for path in self.place.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return sorted(path.relative_to(self.place).as_posix() for path in found)

    def open(self, name: str) -> IO[bytes]:
        return (self.place / name).open("rb")


class Packed:
    """A package as it was handed over."""

    def __init__(self, place: Path) -> None:
        self.archive = zipfile.ZipFile(place)

    def names(self) -> list[str]:
        return sorted(info.filename for info in self.archive.infolist() if not info.is_dir())

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)


def package_at(place: Path) -> Folder | Packed:
    """The package at this place: a folder with a manifest, a ZIP file, or a folder in which one ZIP file lies."""
    if place.is_dir() and (place / "manifest.json").is_file():
        return Folder(place)
    packed = sorted(place.glob("*.zip")) if place.is_dir() else [place]
    if len(packed) != 1:
        raise NoPackage(f"没有manifest.json / no manifest.json in {place}")
    return Packed(packed[0])


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file as bytes without their ends; cut at \\n and nothing else."""
    while True:
        line = file.readline(LONGEST)
        if not line:
            return
        if line.endswith(b"\n"):
            yield line[:-1]
        else:
            yield line
            if len(line) >= LONGEST:
                raise NoPackage("一行过长 / a line is too long")


SAID = {
    "demo": ("演示数据，不是真实记录", "demo data, not real records"),
    "no_key": ("包内没有公钥，目录和检查点未签名", "no key in the package: nothing in it is signed"),
    "manifest": ("目录的签名相符", "the manifest's signature fits"),
    "manifest_bad": ("目录manifest.json的签名不符", "the signature of manifest.json does not fit"),
    "fingerprint": (
        "公钥指纹，请与另行取得的核对：{print}",
        "fingerprint of the key, to compare with the one that you were given: {print}",
    ),
    "key": ("公钥就是您给出指纹的那一把", "the key is the one whose fingerprint you gave"),
    "key_bad": (
        "公钥不是您给出指纹的那一把：{print}",
        "the key is not the one whose fingerprint you gave: {print}",
    ),
    "twice": ("同名文件出现两次：{name}", "two files have one name: {name}"),
    "missing": ("缺少文件：{name}", "a file is missing: {name}"),
    "extra": ("多出文件：{name}", "a file that the manifest does not name: {name}"),
    "unreadable": ("文件无法读出：{name}", "a file cannot be read: {name}"),
    "changed": ("文件被改过：{name}", "a file was changed: {name}"),
    "files": ("{count}个文件与目录相符", "{count} files are what the manifest says"),
    "points_bad": ("检查点无法读取", "the checkpoints cannot be read"),
    "points_count": ("检查点与签名的个数不同", "there are not as many signatures as checkpoints"),
    "point_order": ("检查点{number}与前一个不相接", "checkpoint {number} does not follow the one before"),
    "point_signature": ("检查点{number}的签名不符", "the signature of checkpoint {number} does not fit"),
    "point_hash": (
        "检查点{number}用了未知的校验算法",
        "checkpoint {number} names a hash that is not known here",
    ),
    "point_text": ("检查点{number}无法读取", "checkpoint {number} cannot be read"),
    "point_key": (
        "检查点{number}换了密钥，没有说明原因",
        "checkpoint {number} has another key than the one before, and does not say why",
    ),
    "point_note": ("检查点{number}的说明：{note}", "checkpoint {number} says: {note}"),
    "point_last": (
        "最后一个检查点不是用本包的公钥签的",
        "the last checkpoint was not signed with the package's key",
    ),
    "points": (
        "{count}个检查点首尾相接，签名相符",
        "{count} checkpoints follow one another, and their signatures fit",
    ),
    "no_points": ("没有检查点：链的末尾没有签名", "no checkpoints: the end of the chain is not signed"),
    "records": (
        "{count}条记录（第{first}至{last}条）无缺号、无改动、无插入，每秒{speed}条",
        "{count} records ({first} to {last}): none missing, changed or put in; {speed} a second",
    ),
    "end": ("末尾由检查点签名", "the end is signed by a checkpoint"),
    "no_end": (
        "第{first}条到第{last}条只由链证明，没有检查点签名",
        "records {first} to {last} are proved by the chain alone: no checkpoint signs them",
    ),
    "begin": ("起点接在检查点{number}之后", "the beginning follows checkpoint {number}"),
    "no_begin": ("起点不在检查点上，起点之前无从校验", "the beginning is at no checkpoint"),
    "cut": (
        "第{seq}条及以后的记录缺失：末尾被截断",
        "record {seq} and what follows is missing: the end was cut off",
    ),
    "last": ("第{seq}条记录被改过，或不是末条", "record {seq} was changed, or is not the last one"),
    "text": ("第{seq}条记录无法读取", "record {seq} cannot be read"),
    "chain": ("第{seq}条记录属于另一条链", "record {seq} belongs to another chain"),
    "time": ("第{seq}条记录的时间早于前一条", "record {seq} is dated before the one before"),
    "unknown": (
        "第{seq}条记录用了未知的校验算法，其后未校验",
        "record {seq} names a hash that is not known here; what follows was not checked",
    ),
    "rewritten": (
        "第{seq}条记录不是检查点{number}签过的那一条：此前已被改写",
        "record {seq} is not the one that checkpoint {number} signed: what comes before was rewritten",
    ),
    "put_in": (
        "第{seq}条记录之前多出一条编号{other}的：插入或重复",
        "before record {seq} stands one numbered {other}: it was put in, or is there twice",
    ),
    "swapped": ("第{seq}条与第{other}条记录调换了位置", "records {seq} and {other} have changed places"),
    "gone": ("第{seq}条记录缺失", "record {seq} is missing"),
    "gone_to": ("第{seq}至{other}条记录缺失", "records {seq} to {other} are missing"),
    "start": ("第{seq}条记录与起点不相接", "record {seq} does not follow what the package begins with"),
    "altered": (
        "第{seq}条记录被改过：第{other}条写明的校验码与它不符",
        "record {seq} was changed: record {other} names another hash for it",
    ),
    "no_versions": ("包内不含报告版本", "the package holds no versions of reports"),
    "version_text": ("第{number}个报告版本无法读取", "version {number} of the reports cannot be read"),
    "version_bad": (
        "报告版本与记录不符：{label}",
        "a version of a report is not what the records say: {label}",
    ),
    "version_strange": (
        "没有记录写明这个报告版本：{label}",
        "no record names this version of a report: {label}",
    ),
    "versions": ("{count}个报告版本与记录相符", "{count} versions of reports are what the records say"),
    "no_evidence": ("包内不含佐证文件", "the package holds no evidence files"),
    "strange": ("没有记录写明这个文件：{name}", "no record names this file: {name}"),
    "evidence": ("{count}个佐证文件与记录相符", "{count} evidence files are the ones that the records name"),
    "unbound": (
        "{count}个文件由早期版本登记，记录中没有其校验码",
        "{count} files were filed with an older program: the records do not name their hash",
    ),
    "behind": (
        "{count}个报告版本和文件的记录在断开处之后，未能校验",
        "{count} versions and files may be named behind the broken place, and could not be checked",
    ),
    "absent": (
        "制作时已缺失的文件：{name}",
        "a file that was gone already when the package was made: {name}",
    ),
}
"""Every sentence, in both languages."""


class Report:
    """What was checked, what is broken, what could not be checked; said as it goes."""

    def __init__(self) -> None:
        self.broken = 0
        self.unchecked = 0

    def good(self, code: str, **words: object) -> None:
        self._say("✓", code, words)

    def note(self, code: str, **words: object) -> None:
        self._say("·", code, words)

    def bad(self, code: str, **words: object) -> None:
        self.broken += 1
        if self.broken <= MOST:
            self._say("✗", code, words)

    def missing(self, code: str, **words: object) -> None:
        """Something that matters could not be checked."""
        self.unchecked += 1
        self._say("?", code, words)

    def _say(self, sign: str, code: str, words: dict[str, object]) -> None:
        chinese, english = SAID[code]
        print(f"  {sign} {chinese.format(**words)}\n    {english.format(**words)}")


class Check:
    """One check of one package, step by step; each step keeps what the next ones need."""

    def __init__(self, package: Folder | Packed, fingerprint: str, report: Report) -> None:
        self.package = package
        self.fingerprint = fingerprint.replace(" ", "").replace(":", "").lower()
        self.report = report
        self.manifest: dict[str, Any] = {}
        self.files: dict[str, tuple[int, str]] = {}
        self.key = b""
        self.signed: dict[int, tuple[str, int]] = {}
        self.named: set[str] = set()
        self.versions: dict[str, str] = {}
        self.is_walked = False
        self.behind = 0

    def run(self) -> None:
        self.read_manifest()
        self.check_files()
        self.check_checkpoints()
        self.check_records()
        self.check_versions()
        self.check_evidence()
        if self.behind:
            self.report.missing("behind", count=self.behind)

    def bytes_of(self, name: str) -> bytes:
        try:
            with self.package.open(name) as file:
                return file.read(LONGEST)
        except (KeyError, OSError, zipfile.BadZipFile) as fault:
            raise NoPackage(f"缺少{name} / {name} is missing") from fault

    # The manifest and the files that it names

    def read_manifest(self) -> None:
        content = self.bytes_of("manifest.json")
        try:
            self.manifest = json.loads(content)
            self.files = {one["name"]: (int(one["size"]), one["sha256"]) for one in self.manifest["files"]}
            self.key = bytes.fromhex(self.manifest["key"])
            self.chain = self.manifest["programme"]
            self.called = hashlib.sha256(self.chain.encode()).hexdigest()
            events = self.manifest["events"]
            self.first, self.last = int(events["first"]), int(events["last"])
            self.prev, self.end, self.records = events["prev"], events["hash"], events["file"]
            form = self.manifest["format"]
        except (ValueError, KeyError, TypeError) as fault:
            raise NoPackage("manifest.json无法读取 / manifest.json cannot be read") from fault
        if form != "qdtrade-records 1":
            raise NoPackage(f"不是本程序能校验的格式 / another format: {form}")
        print(f"{self.chain}　{self.manifest.get('name')}　{self.manifest.get('made_at')}")
        if self.manifest.get("clock") == "demo":
            self.report.note("demo")
        self.check_signature(content)

    def check_signature(self, content: bytes) -> None:
        if not self.key:
            self.report.missing("no_key")
            return
        try:
            signature = bytes.fromhex(self.bytes_of("manifest.sig").decode("ascii").strip())
        except (ValueError, NoPackage):
            signature = b""
        if is_signed(content, signature, self.key):
            self.report.good("manifest")
        else:
            self.report.bad("manifest_bad")
        found = hashlib.sha256(self.key).hexdigest()
        shown = " ".join(found[at : at + 4] for at in range(0, 64, 4))
        if not self.fingerprint:
            self.report.note("fingerprint", print=shown)
        elif self.fingerprint == found:
            self.report.good("key")
        else:
            self.report.bad("key_bad", print=shown)

    def check_files(self) -> None:
        before = self.report.broken
        names = self.package.names()
        for name in sorted(
            {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()
        ):
            self.report.bad("twice", name=name)
        there = set(names) - {"manifest.json", "manifest.sig"}
        for name in sorted(self.files.keys() - there):
            self.report.bad("missing", name=name)
        for name in sorted(there - self.files.keys()):
            self.report.bad("extra", name=name)
        for name in sorted(self.files.keys() & there):
            self.check_file(name)
        if self.report.broken == before:
            self.report.good("files", count=len(self.files))

    def check_file(self, name: str) -> None:
        hasher, size = hashlib.sha256(), 0
        try:
            with self.package.open(name) as file:
                for piece in iter(lambda: file.read(PIECE), b""):
                    hasher.update(piece)
                    size += len(piece)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            self.report.bad("unreadable", name=name)
            return
        if (size, hasher.hexdigest()) != self.files[name]:
            self.report.bad("changed", name=name)

    # Checkpoints

    def check_checkpoints(self) -> None:
        try:
            with self.package.open("checkpoints.jsonl") as file:
                lines = list(lines_of(file))
            signatures = self.bytes_of("checkpoints.sig").decode("ascii").split()
        except (NoPackage, KeyError, OSError, ValueError, zipfile.BadZipFile, zlib.error):
            self.report.bad("points_bad")
            return
        if len(lines) != len(signatures):
            self.report.bad("points_count")
        before, key = ZEROS, ""
        for number, (line, signature) in enumerate(zip(lines, signatures), 1):
            problem = self.problem_of(line, signature, number, before, key)
            if problem:
                self.report.bad(problem, number=number)
                return
            content = json.loads(line)
            before, key = str(hash_of(line)), content["key"]
            if content.get("note"):
                self.report.note("point_note", number=number, note=content["note"])
            head = content["chains"].get(self.called)
            if head:
                self.signed.setdefault(int(head["seq"]), (head["hash"], number))
        if not lines:
            self.report.missing("no_points")
        elif key != self.manifest["key"]:
            self.report.bad("point_last")
        else:
            self.report.good("points", count=len(lines))

    def problem_of(self, line: bytes, signature: str, number: int, before: str, key: str) -> str:
        try:
            content = json.loads(line)
            head = content["chains"].get(self.called, {"seq": "0", "hash": ZEROS})
            if content["number"] != str(number) or content["prev"] != before:
                return "point_order"
            if not is_signed(line, bytes.fromhex(signature), bytes.fromhex(content["key"])):
                return "point_signature"
            if hash_of(line) is None:
                return "point_hash"
            if key not in ("", content["key"]) and not content.get("note"):
                return "point_key"
            return "" if int(head["seq"]) >= 0 and head["hash"] else "point_text"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return "point_text"

    # Records

    def check_records(self) -> None:
        started = time.perf_counter()
        walk = Walk(self)
        try:
            with self.package.open(self.records) as file:
                walk.run(lines_of(file))
        except (KeyError, OSError) as fault:
            raise NoPackage("缺少记录文件 / the file of records is missing") from fault
        except (zipfile.BadZipFile, zlib.error, EOFError):
            walk.stop("text", seq=walk.seq + 1)
        self.is_walked = walk.is_whole
        if walk.is_whole:
            speed = round(walk.count / max(time.perf_counter() - started, 0.001))
            self.report.good("records", count=walk.count, first=self.first, last=walk.seq, speed=speed)
            self.tell_signed(walk.seq)

    def tell_signed(self, end: int) -> None:
        last = max((seq for seq in self.signed if seq <= end), default=0)
        if last == end:
            self.report.good("end")
        elif self.signed:
            self.report.note("no_end", first=max(last + 1, self.first), last=end)
        if self.first == 1:
            return
        if self.first - 1 in self.signed:
            self.report.good("begin", number=self.signed[self.first - 1][1])
        else:
            self.report.missing("no_begin")

    # What the records bind

    def check_versions(self) -> None:
        if "versions.jsonl" not in self.files:
            self.report.note("no_versions")
            return
        before, number = self.report.broken, 0
        try:
            with self.package.open("versions.jsonl") as file:
                for number, line in enumerate(lines_of(file), 1):
                    self.check_version(number, line)
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error, EOFError):
            self.report.bad("unreadable", name="versions.jsonl")
        if self.report.broken == before:
            self.report.good("versions", count=number - self.behind)

    def check_version(self, number: int, line: bytes) -> None:
        try:
            row = json.loads(line)
            label, said = row["label"], self.versions.get(row["id"])
            found = hashlib.sha256(row["content"].encode()).hexdigest()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.report.bad("version_text", number=number)
            return
        if said is None and not self.is_walked:
            self.behind += 1
        elif said is None:
            self.report.bad("version_strange", label=label)
        elif said != found:
            self.report.bad("version_bad", label=label)

    def check_evidence(self) -> None:
        if not self.manifest.get("has_evidence"):
            self.report.note("no_evidence")
            return
        kept = {name: sha for name, (_size, sha) in self.files.items() if name.startswith("evidence/")}
        strange = sorted(name for name, sha in kept.items() if sha not in self.named)
        for name in strange if self.is_walked else ():
            self.report.bad("strange", name=name)
        if not (strange and self.is_walked):
            self.report.good("evidence", count=len(kept) - len(strange))
        if not self.is_walked:
            self.behind += len(strange)
        loose = sum(name.startswith("unbound/") for name in self.files)
        if loose:
            self.report.missing("unbound", count=loose)
        for sha in self.manifest.get("absent", []):
            self.report.missing("absent", name=sha)


class Walk:
    """Along the records, one behind the other; stops at the first broken one and names it."""

    def __init__(self, check: Check) -> None:
        self.check, self.report, self.signed = check, check.report, check.signed
        self.seq, self.hash, self.at = check.first - 1, check.prev, ""
        self.count = 0
        self.is_whole = True
        self.lines: Iterator[bytes] = iter(())

    def run(self, lines: Iterator[bytes]) -> None:
        if self.seq and not self.is_as_signed():
            return
        self.lines = lines
        for line in lines:
            self.take(line)
            if not self.is_whole:
                return
        if self.seq < self.check.last:
            self.stop("cut", seq=self.seq + 1)
        elif (self.seq, self.hash) != (self.check.last, self.check.end):
            self.stop("last", seq=self.seq)

    def take(self, line: bytes) -> None:
        """Read this record and go on behind it, or stop and name what is wrong. A million of them pass here."""
        try:
            content = read(line)
            seq, at, changes = int(content["seq"]), content["at"], content["changes"]
            fits = (
                seq == self.seq + 1
                and content["prev"] == self.hash
                and content["chain"] == self.check.chain
                and at >= self.at
            )
            binds = changes.get("content") if content["kind"] == "reportversion" else None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.stop("text", seq=self.seq + 1)
            return
        found = hash_of(line) if fits else None
        if found is None:
            self.name(line, content, seq)
            return
        self.seq, self.hash, self.at = seq, found, at
        self.count += 1
        if seq in self.signed and not self.is_as_signed():
            return
        if binds is not None or b'"file":"' in line:
            self.bind(line, content["object"], binds)

    def name(self, line: bytes, content: dict[str, Any], seq: int) -> None:
        """What is wrong with this record: its place, its chain, what it follows, its time, or its hash."""
        if seq != self.seq + 1:
            self.name_place(seq, self.seq + 1)
        elif content["chain"] != self.check.chain:
            self.stop("chain", seq=seq)
        elif content["prev"] != self.hash:
            self.name_change(seq)
        elif content["at"] < self.at:
            self.stop("time", seq=seq)
        else:
            self.is_whole = False
            self.report.missing("unknown", seq=seq)

    def bind(self, line: bytes, number: str, change: Any) -> None:
        """Keep which files and which versions of reports this record names."""
        if b'"file":"' in line:
            self.check.named.update(sha.decode() for sha in FILE_IN_LINE.findall(line))
        if isinstance(change, list) and len(change) == 2 and isinstance(change[1], str):
            self.check.named.update(sha.decode() for sha in FILE_IN_CONTENT.findall(line))
            self.check.versions[number] = hashlib.sha256(change[1].encode()).hexdigest()

    def is_as_signed(self) -> bool:
        """Whether the last good record is the one that a checkpoint signed here, if one did."""
        known = self.signed.get(self.seq)
        if known is None or known[0] == self.hash:
            return True
        self.stop("rewritten", seq=self.seq, number=known[1])
        return False

    def name_place(self, seq: int, wanted: int) -> None:
        ahead = next(self.lines, None)
        if seq < wanted:
            self.stop("put_in", seq=wanted, other=seq)
        elif self.seq_of(ahead) == wanted:
            self.stop("swapped", seq=wanted, other=seq)
        elif seq == wanted + 1:
            self.stop("gone", seq=wanted)
        else:
            self.stop("gone_to", seq=wanted, other=seq - 1)

    def name_change(self, seq: int) -> None:
        """The record before has another hash than this one names: it was changed, or this one is not the real one."""
        if seq == self.check.first:
            self.stop("start", seq=seq)
        else:
            self.stop("altered", seq=seq - 1, other=seq)

    def seq_of(self, line: bytes | None) -> int:
        try:
            return int(json.loads(line)["seq"]) if line is not None else 0
        except (ValueError, KeyError, TypeError, RecursionError):
            return 0

    def stop(self, code: str, **words: object) -> None:
        self.is_whole = False
        self.report.bad(code, **words)


def verdict(report: Report) -> int:
    """Say what it comes to; returns the exit code."""
    if report.broken:
        print(f"\n结论：有损坏，共{report.broken}处。\nVerdict: BROKEN, {report.broken} place(s).")
        return BROKEN
    if report.unchecked:
        print(f"\n结论：没有发现损坏，但有{report.unchecked}处未能校验。")
        print(f"Verdict: nothing is broken; {report.unchecked} thing(s) could not be checked.")
        return UNCHECKED
    print("\n结论：完整。\nVerdict: WHOLE.")
    print("本校验证明不了：从未写下的事；写下的是否属实；密钥是否真是对方的（请核对指纹）。")
    print(
        "Not proved: what was never recorded; that what was recorded is true; that the key is theirs (compare the"
    )
    print("fingerprint with the one that you were given by another way).")
    return WHOLE


def main() -> int:
    """Check what the command line names; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--fingerprint", default="", metavar="HEX")
    asked = parser.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    report = Report()
    try:
        Check(package_at(asked.package), asked.fingerprint, report).run()
    except (NoPackage, zipfile.BadZipFile, OSError, EOFError) as fault:
        print(f"  ✗ 无法校验：{fault}\n    cannot be checked: {fault}")
        return BROKEN if report.broken else UNREADABLE
    return verdict(report)


if __name__ == "__main__":
    sys.exit(main())
