"""What a browser sends of a form: the fields of one that nobody touches, and rows of a formset by their number."""

import re
from collections.abc import Iterable

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import QueryDict

Typed = dict[str, list[str]]


def widget_of(field: forms.Field) -> forms.Widget:
    return field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget


def untouched(form: forms.BaseForm, name: str) -> list[str]:
    """What is sent of a field of the form if it stays as it is shown."""
    widget, value = widget_of(form.fields[name]), form[name].value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    return [str(one) for one in (shown if isinstance(shown, list | tuple) else [shown]) if one is not None]


def put(post: QueryDict, begin: str, values: Typed) -> None:
    """Send these under their names, which begin so; what says nothing is not sent."""
    for name, value in values.items():
        post.setlist(begin + name, value)
        if not value:
            del post[begin + name]


def put_rows(post: QueryDict, prefix: str, rows: list[Typed], there: int) -> None:
    """Send these rows of a formset, the first of which are there already."""
    for index, row in enumerate(rows):
        put(post, f"{prefix}-{index}-", row)
    post[f"{prefix}-INITIAL_FORMS"] = str(there)
    post[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def as_new(post: QueryDict, owners: Iterable[str]) -> QueryDict:
    """A form that was sent, with none of its rows there already; ``owners`` are the keys by which rows belong to it."""
    sent, kept = post.copy(), {"id", *owners}
    for name in post:
        row = re.search(r"-[0-9]+-(.+)$", name)
        if row and row[1] in kept:
            sent[name] = ""
        elif name.endswith("-INITIAL_FORMS"):
            sent[name] = "0"
    return sent
