"""Editorial words in four languages: one column a language, one attribute that reads the active one."""

from copy import copy

from django.db import models
from django.utils.translation import get_language

# English is what every record has; the others are filled where an editor wrote them.
EDITORIAL_LANGUAGES = (("en", "English"), ("kk", "Kazakh"), ("ru", "Russian"), ("fr", "French"))


class Translated:
    """``title = Translated(models.CharField, max_length=200)`` makes columns ``title_en title_kk title_ru title_fr``.

    ``record.title`` reads the active language and falls back to English; assigning to it writes the English column.
    Options are those of the field class; only the English column may be required.
    """

    def __init__(self, field_class: type[models.Field], *, blank: bool = False, **options) -> None:
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

        def read(record) -> str:
            active = (get_language() or "en").split("-")[0]
            return getattr(record, f"{name}_{active}", "") or getattr(record, f"{name}_en")

        def write(record, words: str) -> None:
            setattr(record, f"{name}_en", words)

        # A property rather than a descriptor of our own: Django takes it as a keyword of the model.
        setattr(cls, name, property(read, write, doc=f"The {name} in the active language, else in English."))


def translated_names(name: str) -> list[str]:
    """The columns of a translated attribute, English first."""
    return [f"{name}_{code}" for code, _ in EDITORIAL_LANGUAGES]


def active_column(name: str) -> str:
    """The column of a translated attribute in the active language, for sorting; English where there is none."""
    active = (get_language() or "en").split("-")[0]
    return f"{name}_{active if active in dict(EDITORIAL_LANGUAGES) else 'en'}"
