"""Editorial words in four languages: one column a language, one attribute that reads the active one."""

import re
from copy import copy
from typing import Any

from django.db import models
from django.db.models import F, Model
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language

from kzafrica.collation import KEY_LENGTH, sort_key

# English is what every record has; the others are filled where an editor wrote them.
EDITORIAL_LANGUAGES = (("en", "English"), ("kk", "Kazakh"), ("ru", "Russian"), ("fr", "French"))


def language_read() -> str:
    """The active language, without its region; English where the words have no column for it."""
    active = (get_language() or "en").split("-")[0]
    return active if active in dict(EDITORIAL_LANGUAGES) else "en"


class OrderAttribute(DeferredAttribute):
    """Follows the words: while the instance knows those, nothing else can be read."""

    def __get__(self, instance: Model | None, cls: type[Model] | None = None) -> Any:
        if instance is not None:
            name, language = words_behind(self.field.name)
            own, english = (instance.__dict__.get(f"{name}_{code}") for code in (language, "en"))
            if own or (own is not None and english is not None):
                return sort_key(own or english, language)
        return super().__get__(instance, cls)

    def __set__(self, instance: Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class OrderColumn(models.CharField):
    """The key by which words sort in one language; whose, and in which, is told by its name, as `name_order_kk`.

    Migrations see the ordinary field it extends.
    """

    descriptor_class = OrderAttribute

    def pre_save(self, instance: Model, add: bool) -> str:
        # Django's own does the same, but update_or_create() saves beside its defaults only fields that define one.
        return getattr(instance, self.attname)

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def words_behind(column: str) -> tuple[str, str] | None:
    """The attribute and the language of an order column: name and kk of `name_order_kk`; None for other columns."""
    found = re.fullmatch(r"(\w+)_order_([a-z]{2})", column)
    return (found[1], found[2]) if found else None


def fill_order_columns(model: type[Model]) -> None:
    """Write the order columns of every row, also of a model that only a migration knows: for when the rules change."""
    columns = {field.name: words for field in model._meta.local_fields if (words := words_behind(field.name))}
    rows = list(model._base_manager.order_by("pk"))
    for row in rows:
        for column, (name, language) in columns.items():
            words = getattr(row, f"{name}_{language}") or getattr(row, f"{name}_en")
            setattr(row, column, sort_key(words, language))
    if columns:
        model._base_manager.bulk_update(rows, list(columns), batch_size=500)


class InLanguage(F):
    """Sorts by translated words as the language that is read sorts them: ``ordering = (InLanguage("name"), "slug")``.

    Which column that is, is told when the query is made. The attribute is one with ``sorts=True``.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return f"{self.path}_order_{language_read()}"

    def __repr__(self) -> str:
        return f"InLanguage({self.path!r})"


class Translated:
    """``title = Translated(models.CharField, max_length=200)`` makes columns ``title_en title_kk title_ru title_fr``.

    ``record.title`` reads the active language and falls back to English; assigning to it writes the English column.
    Options are those of the field class; only the English column may be required. With ``sorts`` the model also gets
    columns ``title_order_en title_order_kk …`` that follow the words, for ``InLanguage`` to sort by. Django writes only
    the columns it is told in `save(update_fields=…)`, `bulk_update()` and `update()`: name those there too.
    """

    def __init__(self, field_class: type[models.Field], *, blank: bool = False, sorts: bool = False, **options) -> None:
        self.sorts = sorts
        help_text = options.pop("help_text", "")
        # Made here rather than on the class, so that forms show them where they are declared.
        self.fields = {}
        for code, _language in EDITORIAL_LANGUAGES:
            is_required = code == "en" and not blank
            empty = {} if is_required else {"blank": True, "default": ""}
            said_once = {"help_text": help_text} if code == "en" else {}
            self.fields[code] = field_class(**options, **empty, **said_once)

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        for code, language in EDITORIAL_LANGUAGES:
            column = copy(self.fields[code])
            column.verbose_name = f"{name.replace('_', ' ')} ({language})"
            cls.add_to_class(f"{name}_{code}", column)
        for code, _language in EDITORIAL_LANGUAGES if self.sorts else ():
            order = OrderColumn(max_length=KEY_LENGTH, default="", editable=False, serialize=False)
            cls.add_to_class(f"{name}_order_{code}", order)

        def read(record) -> str:
            return getattr(record, f"{name}_{language_read()}") or getattr(record, f"{name}_en")

        def write(record, words: str) -> None:
            setattr(record, f"{name}_en", words)

        if self.sorts:
            said = f"The key by which the {name} sorts in the active language."
            in_order = property(lambda record: getattr(record, f"{name}_order_{language_read()}"), doc=said)
            setattr(cls, f"{name}_order", in_order)
        # A property rather than a descriptor of our own: Django takes it as a keyword of the model.
        setattr(cls, name, property(read, write, doc=f"The {name} in the active language, else in English."))


def language_of(record: Model, name: str) -> str:
    """The language that a translated attribute of a record reads in, now: the active one, or English."""
    language = language_read()
    return language if getattr(record, f"{name}_{language}") else "en"


def translated_names(name: str) -> list[str]:
    """The columns of a translated attribute, English first."""
    return [f"{name}_{code}" for code, _ in EDITORIAL_LANGUAGES]
