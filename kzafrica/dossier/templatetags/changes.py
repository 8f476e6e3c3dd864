"""Where the record is that a line of the change log tells of."""

from django import template
from django.apps import apps
from django.urls import NoReverseMatch

from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.models import Change

register = template.Library()

# Nothing stands at the address any more, or it says only that something did.
GONE = (ChangeAction.WITHDRAWN, ChangeAction.DELETED)


@register.filter
def record_address(change: Change) -> str:
    """The address of the changed record, from its type and key alone; empty where there is no page."""
    try:
        model = apps.get_model(change.record_type)
    except LookupError:
        return ""
    # What has a page has an address made of one key.
    if change.action in GONE or not hasattr(model, "get_absolute_url") or len(model.natural_key_fields) > 1:
        return ""
    try:
        return model(**{model.natural_key_fields[0]: change.record_key}).get_absolute_url()
    except (AttributeError, NoReverseMatch):
        return ""
