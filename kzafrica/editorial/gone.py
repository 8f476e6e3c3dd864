"""What readers knew and see no more: their addresses say so for good."""

from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.models import Change
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.templatetags.records import day_in_words


def sentence_about_gone(model: type[models.Model], key_field: str, key: str) -> str | None:
    """That and when a record was withdrawn or deleted; None of a key that readers never knew. Call for what is absent.

    Whatever becomes of a withdrawn record among editors: readers knew it, and do not see it now.
    """
    if issubclass(model, PublishableModel):
        withdrawn = model.objects.seen_by_readers().filter(**{key_field: key}).first()
        if withdrawn is not None:
            detail = _("This record was withdrawn on %(day)s. Its address is not used again.")
            return detail % {"day": day_in_words(withdrawn.updated_at)}
    told = Change.objects.filter(record_type=model._meta.label_lower, record_key=key)
    deleted = told.filter(action=ChangeAction.DELETED).order_by("-number").first()
    if deleted is None:
        return None
    return _("This record was deleted on %(day)s. Its address is not used again.") % {"day": day_in_words(deleted.at)}
