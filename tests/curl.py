"""Runs the calls of a page of the documentation: the few forms of shell and curl that it uses, and no others."""

import argparse
import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

BLOCK = re.compile(r"^```(sh|json|text)\n(.*?)^```$", re.S | re.M)
CAUGHT = re.compile(r"(\w+)=\$\((.*)\)")
SET = re.compile(r"(\w+)=(\S*)")

OPTIONS = argparse.ArgumentParser(exit_on_error=True)
OPTIONS.add_argument("url")
OPTIONS.add_argument("-s", action="store_true")
OPTIONS.add_argument("-X", dest="method")
OPTIONS.add_argument("-H", dest="headers", action="append", default=[])
OPTIONS.add_argument("-d", dest="data")
OPTIONS.add_argument("-F", dest="form", action="append", default=[])
OPTIONS.add_argument("-o", dest="output")
OPTIONS.add_argument("-w", dest="write", default="")


def blocks(page):
    """(kind, text) of every block of the page: what is typed (sh), and what comes back (json, text)."""
    return BLOCK.findall(page)


class Shell:
    """Variables, the program that answers the calls, and the folder that files come from."""

    def __init__(self, client, folder, **known):
        self.client, self.folder, self.known = client, Path(folder), known
        self.variables = dict(known)

    def run(self, block):
        """What the block prints: its last call's answer."""
        printed = ""
        for line in block.replace("\\\n", " ").strip().splitlines():
            printed = self._line(line.strip())
        return printed

    def _line(self, line):
        if caught := CAUGHT.fullmatch(line):
            self.variables[caught[1]] = self._call(caught[2])
        elif name := SET.fullmatch(line):
            # What the page only gives an example of (an id, a token) is known to the test.
            self.variables[name[1]] = self.known.get(name[1], self._filled(name[2]))
        else:
            return self._call(line)
        return ""

    def _filled(self, text):
        return re.sub(r"\$(\w+)", lambda found: self.variables[found[1]], text)

    def _call(self, line):
        name, *words = shlex.split(line, posix=True)
        assert name == "curl", line
        asked = OPTIONS.parse_args([self._filled(word) for word in words])
        answer = self._answer(asked)
        body = "" if asked.output == "/dev/null" else answer.content.decode()
        told = asked.write.replace("%{http_code}", str(answer.status_code))
        return body + re.sub(r"%header\{([^}]*)\}", lambda found: answer.headers.get(found[1], ""), told)

    def _answer(self, asked):
        headers = dict(header.split(": ", 1) for header in asked.headers)
        kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
        url = urlsplit(asked.url)
        path = f"{url.path}?{url.query}" if url.query else url.path
        method = (asked.method or ("POST" if asked.data or asked.form else "GET")).lower()
        if asked.form:
            return self.client.post(path, self._form(asked.form), format="multipart", headers=headers)
        return self.client.generic(method.upper(), path, asked.data or "", content_type=kind, headers=headers)

    def _form(self, parts):
        pairs = dict(part.split("=", 1) for part in parts)
        return {name: self._file(value[1:]) if value[0] == "@" else value for name, value in pairs.items()}

    def _file(self, name):
        return SimpleUploadedFile(name, (self.folder / name).read_bytes())


def fits(kind, told, printed):
    """Whether what was printed is what the page says; "…" stands for anything."""
    if kind == "json":
        return _fits(json.loads(told), json.loads(printed))
    return re.fullmatch(re.escape(told.strip()).replace("…", ".+"), printed.strip()) is not None


def _fits(told, found):
    if told == "…":
        return True
    if isinstance(told, dict) and isinstance(found, dict):
        return all(name in found and _fits(value, found[name]) for name, value in told.items())
    if isinstance(told, list) and isinstance(found, list):
        firm = [value for value in told if value != "…"]
        return (len(firm) <= len(found) if len(firm) < len(told) else len(firm) == len(found)) and all(
            _fits(value, one) for value, one in zip(firm, found, strict=False)
        )
    return told == found
