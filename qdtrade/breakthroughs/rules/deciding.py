"""Who decides about a claim, who never may, and what each level needs."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed, Words
from qdtrade.programmes.held import own_bureaus
from qdtrade.programmes.interest import Interest, interest
from qdtrade.programmes.models import Membership
from qdtrade.programmes.rules import manages
from qdtrade.workflow import Act

from ..models import Breakthrough, ClaimFile, Level, PracticeCase

DOCUMENTS = {Level.PROVINCE: ClaimFile.Proves.PROVINCE, Level.NATION: ClaimFile.Proves.NATION}
"""What a level above the city's is proved by."""


def decides(row: Breakthrough, user: Any) -> Membership:
    """A reviewer of the programme."""
    return manages(row, user)


def is_independent(row: Breakthrough, user: Any) -> None:
    """Never anybody who wrote, proved or claimed it, and never anybody of the claiming bureau or of the one that leads
    the task now, not even as superuser; a deputy is bound by what binds the absent one.
    """
    acts, people = decides(row, user), hands_of(row)
    found = interest(acts, user, bureau_id=row.bureau_id, people=people)
    if found is None and row.task.lead_id != row.bureau_id:
        found = interest(acts, user, bureau_id=row.task.lead_id)
    words = {
        Interest.HAND: _("You had a hand in this claim; another reviewer must decide it."),
        Interest.BUREAU: _("This is of your own bureau; another reviewer must decide it."),
        Interest.HAND_OF_ABSENT: _(
            "You act for %(person)s, who had a hand in this claim; another reviewer must decide it."
        ),
        Interest.BUREAU_OF_ABSENT: _(
            "You act for %(person)s, and this is of their bureau; another reviewer must decide it."
        ),
    }
    if found is not None:
        raise NotAllowed(words[found] % {"person": acts.absent})


def hands_of(row: Breakthrough) -> set[int | None]:
    """The ids of all who wrote, proved or claimed any version of it, and of those in whose name they did."""
    people: set[int | None] = {row.claimed_by_id, row.claimed_for_id}
    for claim in row.filed if hasattr(row, "filed") else row.claims.all():
        people |= {claim.submitted_by_id, claim.submitted_for_id, *claim.hands}
    return people - {None}


@dataclass(frozen=True)
class LevelChoice:
    """A level as the page offers it: open, or greyed with its reason."""

    value: str
    label: Words
    note: str
    open: bool


def levels(row: Breakthrough) -> list[LevelChoice]:
    """Every level, with what it needs and whether that is there."""
    there = set(row.files.filter(dropped_at=None).values_list("proves", flat=True))
    found = []
    for level in Level:
        document = DOCUMENTS.get(level)
        is_open = document is None or document in there
        if document is None:
            note = _("recognised by the pilot office, on this page")
        elif is_open:
            note = _("its document is there")
        else:
            note = needs_document(level)
        found.append(LevelChoice(level.value, level.label, str(note), is_open))
    return found


def needs_document(level: Level) -> str:
    """Why a level cannot be given yet."""
    words = {
        Level.PROVINCE: _("needs a document of the province; none is attached"),
        Level.NATION: _("needs a document of the nation; none is attached"),
    }
    return str(words.get(level, ""))


def level_of(act: Act) -> str:
    """The level that was chosen; the city's where nothing was."""
    return str(act.data.get("level") or Level.CITY)


def may_be_recognised(row: Breakthrough, act: Act) -> None:
    """At a level whose document is there."""
    if act.asking:
        return
    level = level_of(act)
    if level not in Level.values:
        raise ValidationError({"level": _("Choose one of the levels.")})
    document = DOCUMENTS.get(Level(level))
    if document and not row.files.filter(dropped_at=None, proves=document).exists():
        words = _("%(level)s: %(why)s.")
        said = {"level": Level(level).label, "why": needs_document(Level(level))}
        raise ValidationError({"level": words % said})


def may_be_promoted(row: Breakthrough, act: Act) -> None:
    """With a title, what was there before, what was done, what it brought, and where it can be copied."""
    if not act.asking:
        check_case(act.data)


def check_case(given: Any) -> dict[str, str]:
    """The texts of a case, each in its own form; raises one ValidationError that names all that is wrong."""
    found, faults = {}, {}
    for name, field in PracticeCase.text_fields().items():
        text = keepable(str(given.get(name) or "")).replace("\r\n", "\n").strip()
        most = field.max_length or 0
        if not text:
            faults[name] = _("Please fill in “%(field)s”.") % {"field": field.verbose_name}
        elif len(text) > most:
            faults[name] = _("At most %(most)d characters.") % {"most": most}
        found[name] = " ".join(text.split()) if name == "title" else text
    if faults:
        raise ValidationError(faults)
    return found


def is_of_bureau(row: Breakthrough, user: Any) -> bool:
    """Whether the person belongs to the bureau that claims it, in any programme."""
    return row.bureau_id in own_bureaus(user)
