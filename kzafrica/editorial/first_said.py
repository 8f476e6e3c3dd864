"""What a part of a record said when it was first written down: the name by which a calendar knows it for ever."""

from collections.abc import Callable
from itertools import chain, count
from typing import Any
from urllib.parse import quote

from django.db import models
from reversion.models import Version


def kind_and_date(part: models.Model) -> str:
    """``opened.2014-12-23``, ``signed.undated``.

    What EDTF writes with a slash, ``?`` or ``%`` is percent-encoded, so that the text may stand in a URI (RFC 3986).
    """
    return f"{part.kind}.{quote(str(part.date), safe='') if part.date else 'undated'}"


class FirstSaid(models.CharField):
    """Written when its row is added, as Django's own ``auto_now_add`` is, and left alone by all that changes the row.

    ``of`` gives what a part says, in text that may stand in a URI. ``within`` is the lookup of the record in which no
    text is given twice: the next to say the same has ``.2`` behind it, also after the first was taken out. What was
    taken out is found in the versions of the record, so it is known from the first revision of that on.

    Migrations see the ordinary field it extends: they write the text themselves.
    """

    def __init__(self, *args: Any, of: Callable[[models.Model], str] = kind_and_date, within: str = "", **kwargs: Any):
        # An organization and a person, each by a slug of at most 120 characters, are the longest.
        super().__init__(*args, **{"max_length": 255, "blank": True, "editable": False, **kwargs})
        self.of, self.within = of, within

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, instance: models.Model, add: bool) -> str:
        if add and not getattr(instance, self.attname):
            setattr(instance, self.attname, self._untaken(instance))
        return getattr(instance, self.attname)

    def _untaken(self, instance: models.Model) -> str:
        record = instance
        for step in self.within.split("__"):
            record = getattr(record, step)
        rows = type(instance)._base_manager.filter(**{self.within: record})
        revisions = Version.objects.get_for_object(record).values("revision")
        versions = Version.objects.get_for_model(type(instance)).filter(revision__in=revisions)

        def is_free(text: str) -> bool:
            written = f'"{self.attname}": "{text}"'
            return not (
                rows.filter(**{self.attname: text}).exists()
                or versions.filter(serialized_data__contains=written).exists()
            )

        said = self.of(instance)
        return next(filter(is_free, chain([said], (f"{said}.{number}" for number in count(2)))))
