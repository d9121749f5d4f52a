"""Twenty people work at once on the demo's SQLite for a minute: python -m bench.twenty_people [SECONDS]

Twelve write for their bureaus (each text saves itself a few times, then goes in), four review, four read. Ends with a
table of answers and times. Exits 1 on any answer of 500 and above, on a broken line, when something that was
acknowledged is not there afterwards, and when the records do not verify.
"""

import json
import platform
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from .browser import Measured, Person, changed, forms, links, percentile
from .throwaway import Demo, demo

SECONDS = 60
PAUSE = (0.1, 0.6)
"""Seconds between two clicks: people who do not stop to think."""

READ = (
    "/",
    "/tasks/",
    "/tasks/?q=贸易",
    "/reports/",
    "/periods/",
    "/records/",
    "/notices/",
    "/tasks/export/",
)


@dataclass
class Done:
    """What the server acknowledged: acts by their name in the records, and the last text of each report."""

    acts: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def act(self, name: str) -> None:
        with self.lock:
            self.acts[name] += 1

    def text(self, report: str, text: str) -> None:
        with self.lock:
            self.texts[report] = text


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with demo() as made:
        house = json.loads(made.run("-m", "bench.people", "add"))
        measured, done = Measured(), Done()
        people = [(role, _signed_in(made, measured, house, name)) for name, role in house["people"]]
        print(f"{len(people)} people work for {seconds} s …", flush=True)
        measured.seconds.clear()
        measured.codes.clear()
        _work(people, done, seconds)
        tell(measured, seconds)
        told = {"length": house["length"], "acts": done.acts, "texts": done.texts}
        lost = made.run("-m", "bench.people", "check", told=json.dumps(told)).splitlines()
        made.run("manage.py", "verify_records")
    acts = ", ".join(f"{count} {name}" for name, count in sorted(done.acts.items()))
    print(f"\nAcknowledged and found in the records: {acts}; {len(done.texts)} texts. The records verify.")
    for line in [*measured.faults[:20], *lost]:
        print(f"FAULT: {line}")
    if measured.faults or lost:
        sys.exit(1)


def _signed_in(made: Demo, measured: Measured, house: dict[str, str], name: str) -> Person:
    person = Person(made.url, measured)
    person.sign_in(name, house["password"])
    return person


def _work(people: list[tuple[str, Person]], done: Done, seconds: int) -> None:
    until = time.monotonic() + seconds
    does = {"staff": writes, "manager": reviews, "auditor": reads}
    threads = [
        threading.Thread(target=_repeats, args=(does[role], person, done, until, number))
        for number, (role, person) in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _repeats(does, person: Person, done: Done, until: float, number: int) -> None:  # type: ignore[no-untyped-def]
    """Again and again until the time is over, each person by a dice of their own."""
    dice = random.Random(number)
    while time.monotonic() < until:
        try:
            does(person, done, dice)
        except Exception as fault:
            person.measured.faults.append(f"the load itself failed: {fault!r}")
            raise
        pause(dice)


def pause(dice: random.Random) -> None:
    time.sleep(dice.uniform(*PAUSE))


def writes(person: Person, done: Done, dice: random.Random) -> None:
    """Open a report that is owed, let its text save itself, then hand it in."""
    owed = links(person.get("my work", "/").text, r"/reports/\d+/")
    if not owed:
        return
    path = dice.choice(owed[:6])
    report = path.split("/")[2]
    fields = forms(person.get("report form", path).text).get(f"{path}draft/")
    if fields is None:
        return
    for number in range(3):
        pause(dice)
        text = f"{report} 第{number + 1}次保存，{dice.random()}"
        fields = changed(fields, {"done": text})
        answer = person.post("autosave", f"{path}draft/", fields, {"HX-Request": "true"})
        if answer.code != 200:
            return
        done.text(report, text)
        fields = changed(fields, {"draft_version": str(json.loads(answer.text)["version"])})
    pause(dice)
    answer = person.post("submit", f"{path}submit/", fields)
    if answer.code == 302:
        done.act("submit")


def reviews(person: Person, done: Done, dice: random.Random) -> None:
    """Take a report from the queue, then return it, or approve it now and then."""
    waiting = links(person.get("desk", "/desk/").text, r"/desk/\d+/")
    if not waiting:
        return
    path = dice.choice(waiting[:8])
    report = path.split("/")[2]
    take = forms(person.get("desk report", path).text).get(f"/reports/{report}/take/")
    pause(dice)
    if take is not None and person.post("take", f"/reports/{report}/take/", take).code == 302:
        done.act("take")
    decision = forms(person.get("desk report", path).text).get(path)
    pause(dice)
    if decision is None:
        return
    move = "approve" if dice.random() < 0.25 else "return"
    words = {"move": move, "comment": "请写明企业名称。" if move == "return" else ""}
    if person.post(move, path, changed(decision, words)).code == 302:
        done.act(move)


def reads(person: Person, done: Done, dice: random.Random) -> None:
    """Look at a page, and at a task that it leads to."""
    page = person.get("reading", urlquoted(dice.choice(READ)))
    tasks = links(page.text, r"/tasks/\d+/")
    if tasks:
        pause(dice)
        person.get("task", dice.choice(tasks))


def urlquoted(path: str) -> str:
    return path.replace("贸易", "%E8%B4%B8%E6%98%93")


def tell(measured: Measured, seconds: int) -> None:
    """The table of what was asked and how long it took."""
    every = [one for of_kind in measured.seconds.values() for one in of_kind]
    print(f"\n{platform.machine()}, Python {platform.python_version()}: {len(every)} requests in {seconds} s")
    print(f"{'':14}{'requests':>9}{'p50 s':>8}{'p95 s':>8}{'max s':>8}   answers")
    for kind, times in sorted(measured.seconds.items()):
        codes = {code: count for (of, code), count in sorted(measured.codes.items()) if of == kind}
        said = ", ".join(f"{count} × {code}" for code, count in codes.items())
        row = f"{percentile(times, 0.5):8.2f}{percentile(times, 0.95):8.2f}{max(times):8.2f}"
        print(f"{kind:14}{len(times):9}{row}   {said}")


if __name__ == "__main__":
    main()
