"""Chinese first and whole, English whole, and the choice is kept.

The house of these tests speaks Greek: whatever Latin or Chinese letters its pages show are the program's own.
"""

import datetime
import re
import runpy

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from qdtrade import clock
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import workflow as periods
from qdtrade.templatetags import days
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Report
from tests import factories
from tests.walking import Page, walk

script_words = runpy.run_path(str(settings.BASE_DIR / ".ci" / "script_words.py"))

ROLES = ["staff", "head", "neighbour", "manager", "manager2", "auditor", "admin", "stranger"]
AUGUST = datetime.datetime(2021, 8, 25, 10, 0, tzinfo=clock.BEIJING)
WORDS = "Επειδή έτσι."
LATIN = set(ROLES) | set(
    """
    English Ctrl Enter Esc UTC SHA KB MB GB TB IP API HTTPS JSON Lines POST CSRF
    PDF OFD Word Excel WPS CSV JPG PNG HEIC pdf xlsx xls csv wps et
    SQLite PostgreSQL Python Django docs operations md
    ZIP python3 python verify py Ed25519 Ed
    """.split()  # noqa: SIM905
)
"""What stays Latin in Chinese: the other language's name, keys, kinds of files, units, commands, accounts."""

CHINESE = {"中文", "日期", "休班", "节日", "来源", "国办发明电〔", "〕", "号", "元", "万元", "亿元", "万亿元"}
"""What stays Chinese in English: the other language's name, the columns of a Chinese list of holidays, and the units in
which amounts are counted, as the register writes them; the lists say what they are.
"""

CODES = re.compile(r"\b[0-9a-f]{8,}\b|\b[0-9a-f]{4}…[0-9a-f]{4}\b|manage\.py \w+")
RECORDED = re.compile(r"\d{4}年\d{1,2}月|系统管理员|系统|填报人|单位负责人|审核人|审计|定时程序")
"""What records hold in Chinese whoever reads: names of periods and roles, and who acts when no person does."""


@pytest.fixture
def people(db):
    """A programme with people in every role and reports in every state; its September has just opened."""
    with clock.at(AUGUST):
        programme, cast = house()
        reports(programme, staff=cast["staff"], manager=cast["manager"])
    september, _october = programmes.plan_months(programme, 2021, [9, 10], by=cast["manager"])
    perform(periods.OPEN_PERIOD, september, by=cast["manager"], comment=WORDS)
    return {username: type(person).objects.get(pk=person.pk) for username, person in cast.items()}


def house():
    """A programme, its people by their accounts, and its tasks."""
    region = factories.bureau("1", "Πόλη")
    office = factories.bureau("2", "Γραφείο", parent=region, kind="office")
    lead = factories.bureau("3", "Υπηρεσία", parent=region)
    other = factories.bureau("4", "Αρχή", parent=region)
    programme = factories.programme(region, "2020", name="Πρόγραμμα")
    held = [("staff", lead), ("head", lead), ("staff", other), ("manager", office), ("manager", other)]
    held += [("auditor", None), ("admin", None)]
    cast = {username: factories.user(username, name="Άννα") for username in ROLES}
    for person, (role, bureau) in zip(cast.values(), held, strict=False):
        factories.join(person, programme, role, bureau)
    register(programme, lead, other, staff=cast["staff"], manager=cast["manager"])
    return programme, cast


def register(programme, lead, other, *, staff, manager):
    """Six tasks in progress, and one that waits to be signed for."""
    field = factories.field(programme, name="Τομέας")
    steps = [("Πρώτο", datetime.date(2021, 6, 30)), ("Δεύτερο", datetime.date(2022, 3, 31))]
    words = {"title": "Εργασία", "standard": WORDS, "milestones": steps, "supporting": [other], "by": manager}
    for _number in range(6):
        factories.accepted_task(field, lead, accepted_by=staff, **words)
    factories.task(field, lead, **words)


def reports(programme, *, staff, manager):
    """A frozen period, and one with a report in each state."""
    july, august = programmes.plan_months(programme, 2021, [7, 8], by=manager)
    for move in (periods.OPEN_PERIOD, periods.CLOSE_PERIOD, periods.FREEZE_PERIOD):
        july = perform(move, july, by=manager, comment=WORDS)
    perform(periods.OPEN_PERIOD, august, by=manager, comment=WORDS)
    _unfiled, exempt, *owed = Report.objects.for_list().filter(expected__period=august)
    programmes.exempt(exempt.expected, by=manager, reason=WORDS)
    for report in owed:
        proof = report.task.milestones.get(number=1)
        factories.attach(report, by=staff, milestone=proof, name="απόδειξη.pdf")
        factories.submit(report, by=staff, done=WORDS, milestones={"1": "2021-07-05"})
    _submitted, taken, returned, approved = owed
    perform(workflow.TAKE, taken, by=manager)
    factories.send_back(returned, by=manager, comment=WORDS, remarks={"done": WORDS})
    factories.approve(approved, by=manager)


def browser(person, language):
    client = Client()
    client.force_login(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def left_over(texts, letters, known=frozenset()):
    """The texts with letters of the other language that are not among the known words."""
    return {text for text in texts if set(re.findall(letters, CODES.sub("", text))) - set(known)}


def english_in(texts):
    return left_over(texts, r"[A-Za-z]{2,}", LATIN)


def chinese_in(texts):
    return left_over(
        (RECORDED.sub("", text) for text in texts), r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]+", CHINESE
    )


def foreign(client, finds):
    """What each page says in the other language; pages that are whole are left out."""
    found = {address: finds(page.texts) for address, page in walk(client)}
    return {address: texts for address, texts in found.items() if texts}


@pytest.mark.walk
@pytest.mark.parametrize("role", ["staff", "head", "manager", "auditor", "admin", "stranger"])
def test_every_page_is_whole_in_both_languages(people, role):
    assert foreign(browser(people[role], "zh-hans"), english_in) == {}
    assert foreign(browser(people[role], "en"), chinese_in) == {}


@pytest.fixture
def signing(people):
    """The same, where heads sign: one report lies with the head, one was sent back, the others are to be written."""
    period = Report.objects.order_by("-pk")[0].period
    programmes.edit_programme(period.programme, {"sign_off": True}, by=people["admin"])
    laid, back, *_others = Report.objects.for_list().filter(expected__period=period).order_by("pk")
    for report in (laid, back):
        content = factories.CONTENT | {"done": WORDS, "problems": WORDS}
        perform(workflow.ASK_SIGN_OFF, report, by=people["staff"], content=content)
    perform(workflow.SEND_TO_AUTHOR, back, by=people["head"], comment=WORDS, remarks={"done": WORDS})
    return [f"/reports/{laid.pk}/", f"/reports/{back.pk}/", "/month/", "/"]


@pytest.mark.parametrize("role", ["staff", "head"])
def test_the_pages_of_a_sign_off_are_whole_in_both_languages(people, signing, role):
    chinese, english = (browser(people[role], language) for language in ("zh-hans", "en"))

    said = [
        (Page(chinese.get(address).content.decode()).texts, Page(english.get(address).content.decode()).texts)
        for address in signing
    ]

    assert [(english_in(zh), chinese_in(en)) for zh, en in said] == [(set(), set())] * len(signing)


REFUSED = [
    ("staff", "draft", "submit", 400),
    ("manager", "submitted", "return", 400),
    ("auditor", "submitted", "approve", 403),
    ("stranger", "submitted", "approve", 404),
    ("staff", "approved", "withdraw", 409),
]


@pytest.mark.parametrize(("role", "status", "move", "code"), REFUSED)
def test_a_refusal_is_whole_in_both_languages(people, role, status, move, code):
    report = Report.objects.filter(status=status).order_by("-pk")[0]
    address = reverse("report_move", args=[report.pk, move])
    words = {"done": "", "progress": "400", "forecast_on": "?"}

    chinese, english = (
        browser(people[role], language).post(address, words) for language in ("zh-hans", "en")
    )

    assert (chinese.status_code, english.status_code) == (code, code)
    assert english_in(Page(chinese.content.decode()).texts) == set()
    assert chinese_in(Page(english.content.decode()).texts) == set()


@pytest.mark.parametrize("wanted", ["en-US,en;q=0.9", "fr", "zh-CN"])
def test_the_browsers_own_language_is_not_asked(client, db, wanted):
    answer = client.get(reverse("sign_in"), headers={"Accept-Language": wanted})

    assert answer.headers["Content-Language"] == "zh-hans"
    assert english_in(Page(answer.content.decode()).texts) == set()


def test_the_sign_in_page_switches_to_english(client, db):
    client.post(reverse("set_language"), {"language": "en", "next": reverse("sign_in")})

    assert chinese_in(Page(client.get(reverse("sign_in")).content.decode()).texts) == set()


def test_the_chosen_language_is_there_on_another_machine(staff):
    home, office = Client(), Client()
    home.force_login(staff)

    home.post(reverse("set_language"), {"language": "en", "next": "/"})
    office.post(reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD})

    assert office.get("/").headers["Content-Language"] == "en"


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "2021年9月"), ("en", "2021-09")])
def test_a_period_is_named_in_the_readers_language(period, language, name):
    with translation.override(language):
        assert str(period) == name


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "9月24日（周五）"), ("en", "Fri 24 Sep")])
def test_a_day_in_a_sentence_reads_in_the_readers_language(moment, language, words):
    with translation.override(language):
        assert days.in_words(moment) == words


# Scripts --------------------------------------------------------------------------------------------------------------


def test_no_script_holds_a_text_that_people_would_read():
    assert script_words["spoken"](settings.BASE_DIR) == []


@pytest.mark.parametrize(
    "script",
    [
        'say("Draft saved");',
        "say('saved');",
        "say('已保存');",
        "say(`Saved at ${time}`);",
        'say("Sa" + "ved");',
        r'say("\u4fdd\u5b58");',
        "say(String.fromCharCode(20445, 23384));",
        'say(/* "code" */ "Gespeichert");',
        'const page = "//"; say("Saved");',
        "button.title = 'page open';",
        'confirm("Really?");',
    ],
)
def test_a_text_in_a_script_is_found_however_it_is_written(script):
    assert list(script_words["in_script"](script))


@pytest.mark.parametrize(
    "script",
    [
        '"use strict"; // Words of a comment',
        'document.querySelector("form[data-guard] input[type=file], details[open]");',
        'element.matches("tbody td");',
        "say(place.dataset.lost);",
        'text.replace(/[A-Z] saved/g, "");',
        'say(count + " %");',
    ],
)
def test_what_browsers_read_is_no_text(script):
    assert list(script_words["in_script"](script)) == []
