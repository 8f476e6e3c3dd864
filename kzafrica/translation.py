"""Editorial words in four languages: one column a language, one attribute that reads the active one."""

from django.db import models
from django.utils.translation import get_language

# English is what every record has; the others are filled where an editor wrote them.
EDITORIAL_LANGUAGES = (("en", "English"), ("kk", "Kazakh"), ("ru", "Russian"), ("fr", "French"))


class Translated:
    """Declare ``title = Translated(models.CharField, max_length=200)`` for columns ``title_en title_kk title_ru title_fr``.

    ``record.title`` reads the active language and falls back to English; assigning to it writes the English column.
    Options are those of the field class; only the English column may be required.
    """

    def __init__(self, field_class: type[models.Field], *, blank: bool = False, **options) -> None:
        self.field_class = field_class
        self.blank = blank
        self.options = options

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        for code, language in EDITORIAL_LANGUAGES:
            is_required = code == "en" and not self.blank
            options = {**self.options, "verbose_name": f"{name.replace('_', ' ')} ({language})", "blank": not is_required}
            if not is_required:
                options["default"] = ""
            if code != "en":
                options.pop("help_text", None)
            cls.add_to_class(f"{name}_{code}", self.field_class(**options))

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
