"""What a person does in the administration, by its forms."""

from django.conf import settings
from django.urls import reverse

from qdtrade.audit import trail


def english(client):
    """The same browser in English, so that a test can read its sentences."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def url(model, view="changelist", *args):
    """`url("tasks_report")` is the list of reports."""
    return reverse(f"admin:{model}_{view}", args=args)


def act(client, model, name, rows, *, comment="", follow=True, **more):
    """Choose rows and do something to them, having tried it."""
    ids = ",".join(str(pk) for pk in sorted(row.pk for row in rows))
    versions = {f"version-{row.pk}": row.version for row in rows if hasattr(row, "version")}
    data = {"act": name, "comment": comment, "row": [row.pk for row in rows], "tried": f"{name}:{ids}"}
    return client.post(url(model), data | versions | more, follow=follow)


def results(answer):
    """What became of each row, by its id: done or not, and the words."""
    return {
        int(line["url"].rstrip("/").rpartition("/")[2]): (line["done"], line["words"])
        for line in answer.context["result"]["lines"]
    }


def seen(row, *names):
    """The mark that a form about this row carries."""
    return trail.seen_as(row, names)


def sent_rows(prefix, *rows):
    """The rows of a form, as a browser sends them; those that are there say so by their id."""
    there = sum("pk" in row for row in rows)
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": there}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data
