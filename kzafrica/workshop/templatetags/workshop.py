"""What templates of the admin ask about a form."""

from django import template
from django.core.exceptions import FieldDoesNotExist

register = template.Library()


@register.filter
def is_filled(fieldset) -> bool:
    """Whether something stands in a set of fields beside its defaults; the place in the order says nothing."""
    form = fieldset.form
    names = [name for line in fieldset.fields for name in ([line] if isinstance(line, str) else line)]
    return any(_says_something(form, name) for name in names if name in form.fields and name != "position")


def _says_something(form, name: str) -> bool:
    value = form[name].value()
    try:
        default = form._meta.model._meta.get_field(name).get_default()
    except FieldDoesNotExist:
        default = ""
    return value not in (None, "", [], default) and str(value) != str(default)
