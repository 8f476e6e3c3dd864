"""What the tests of the admin share: a form read from its page and sent back as a browser would."""

import html
import re

from django.db import models
from django.test import Client
from django.urls import reverse

CITATIONS = "editorial-citation-content_type-object_id"


def browser_of(user) -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def address_of(page: str, target: models.Model | type[models.Model], *more) -> str:
    """The address of an admin page ("change", "step", …) of a record, or ("add", "changelist") of a model."""
    keys = [target.pk, *more] if isinstance(target, models.Model) else more
    return reverse(f"admin:{target._meta.app_label}_{target._meta.model_name}_{page}", args=keys)


class FilledForm:
    """The form on an admin page with everything that stands in it; ``data`` is what its button sends.

    ``page`` is an answer that shows the form already, such as one with a refusal; without it, the form is opened.
    """

    def __init__(self, client: Client, address: str, page=None) -> None:
        self.client, self.address = client, address
        page = page or client.get(address)
        assert page.status_code in (200, 409), page.status_code
        self.formsets = {inline.formset.prefix: inline.formset for inline in page.context["inline_admin_formsets"]}
        # The form of an account has no version.
        self.data = {"_version": page.context["form_version"]} if "form_version" in page.context else {}
        self.data |= values_of(page.context["adminform"].form)
        for formset in self.formsets.values():
            for form in [formset.management_form, *formset.forms]:
                self.data |= values_of(form)

    def add_row(self, prefix: str, **fields) -> None:
        """One more row in the formset of that prefix, as its "Add another" link makes it."""
        total = f"{prefix}-TOTAL_FORMS"
        row = f"{prefix}-{self.data[total]}-"
        empty = values_of(self.formsets[prefix].empty_form)
        self.data |= {name.replace(f"{prefix}-__prefix__-", row): value for name, value in empty.items()}
        self.data |= {row + name: value for name, value in fields.items()}
        self.data[total] += 1

    def send(self, **fields):
        """Press the button, with these fields changed."""
        return self.client.post(self.address, {**self.data, "_save": "Save", **fields})

    def again(self, answer) -> "FilledForm":
        """The form as it comes back from a refusal."""
        return FilledForm(self.client, self.address, answer)


def values_of(form) -> dict:
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def take(client, step: str, record, note: str = ""):
    """Press the button of the page of a step."""
    return client.post(address_of("step", record, step), {"note": note})


def words_of(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))
