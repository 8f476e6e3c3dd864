"""Fields into which the key of a record is typed, ``COD`` or ``astana``, or its name; they give the key.

They work without scripts; with them, names are looked up while one types.
"""

import re
from collections.abc import Callable, Iterable

from django import forms
from django.contrib import admin
from django.core.exceptions import FieldError, ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.references import no_such_record, record_of, reference_kinds
from kzafrica.folding import fold
from kzafrica.workshop.inlines import title_field
from kzafrica.workshop.texts import limit_text

# Records of the same screen that are not saved yet: by model and key, what they are called.
Pending = dict[type[models.Model], dict[str, list[str]]]
SUGGESTIONS = 1000
# Of any number of keys or names.
LONGEST_KEYS = 2000


def list_name(model: type[models.Model]) -> str:
    """The id of the list of suggestions for keys of a model."""
    return f"keys-{model._meta.model_name}"


def suggestions(model: type[models.Model]) -> list[tuple[str, str]]:
    """Keys with names, for the list that a browser offers while one is typed; none where it would be too long."""
    found = list(model.objects.all()[: SUGGESTIONS + 1])
    return [("/".join(record.natural_key()), str(record)) for record in found] if len(found) <= SUGGESTIONS else []


def key_of(model: type[models.Model], text: str, pending: Pending | None = None) -> str:
    """The key of the record that the text names, by its key in any case or by its name.

    Raises ValidationError with the nearest key, or with those that the name may mean.
    """
    text = text.strip()
    for written in dict.fromkeys((text, text.upper(), text.lower())):
        if written in (pending or {}).get(model, ()):
            return written
        try:
            return record_of(model, written).key
        except (ObjectDoesNotExist, ValueError, TypeError):
            continue
    here, called = _called_here(model, text, pending), _called(model, text)
    exactly = [record for record in called if fold(str(record)) == fold(text)]
    meant = here + [record.key for record in (exactly if here else called)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        names = {record.key: f"{record.key} ({record})" for record in called}
        keys = ", ".join(names.get(key, key) for key in meant[:5])
        raise ValidationError(_("“%(name)s” may be several: write one of %(keys)s.") % {"name": text, "keys": keys})
    sentence = no_such_record(model, text)
    if getattr(admin.site._registry.get(model), "compact", None):
        sentence += " " + _("Or add it below as one more record of this source, and write its name here.")
    raise ValidationError(sentence)


def _called_here(model: type[models.Model], text: str, pending: Pending | None) -> list[str]:
    """The keys of the records of that very name that the same screen adds."""
    names = (pending or {}).get(model, {})
    return [key for key, called in names.items() if fold(text) in {fold(name) for name in called}]


def _is_name(model: type[models.Model], text: str, pending: Pending | None) -> bool:
    """Whether a record has that very name, blanks and all."""
    return bool(_called_here(model, text, pending)) or any(
        fold(str(record)) == fold(text) for record in _called(model, text)
    )


def _parted(text: str, is_name: Callable[[str], bool]) -> list[str]:
    """What stands between commas; without any, between blanks, which also stand within names: South Africa."""
    text = text.strip()
    if re.search("[,;\n]", text):
        return [word for word in re.split(r"\s*[,;\n]\s*", text) if word]
    return [text] if " " in text and is_name(text) else text.split()


def _called(model: type[models.Model], text: str) -> list[models.Model]:
    """The records of that very name; where there is none, those in whose names all its words are."""
    if hasattr(model.objects.all(), "named"):
        found = list(model.objects.named(text)[:20])
        return [record for record in found if fold(str(record)) == fold(text)] or found
    name = title_field(model)
    try:
        return list(model.objects.filter(**{f"{name}__iexact": text})[:6]) if name else []
    except FieldError:
        return []


class KeyField(forms.CharField):
    """The key of one record of a model."""

    def __init__(self, model: type[models.Model], **options) -> None:
        super().__init__(**{"max_length": LONGEST_KEYS, **options})
        limit_text(self)
        self.model, self.pending = model, None

    def clean(self, value) -> str:
        text = super().clean(value)
        return key_of(self.model, text, self.pending) if text else ""


class KeysField(KeyField):
    """The keys of any number of records of a model: ``KAZ COD``, or names with commas between them."""

    def prepare_value(self, value):
        return " ".join(value) if isinstance(value, list) else value

    def clean(self, value) -> list[str]:
        text = forms.CharField.clean(self, value)
        return list(dict.fromkeys(self.key(word) for word in _parted(text, self.is_name)))

    def is_name(self, text: str) -> bool:
        return _is_name(self.model, text, self.pending)

    def key(self, word: str) -> str:
        return key_of(self.model, word, self.pending)


class ReferenceKeyField(forms.CharField):
    """A pointer to a record of several kinds: ``COD``, ``Africa``, ``event/astana-forum-2025``; gives ``kind/key``."""

    def __init__(self, kinds: Iterable[str] = (), **options) -> None:
        super().__init__(**{"max_length": LONGEST_KEYS, **options})
        limit_text(self)
        self.kinds, self.pending = tuple(kinds), None

    def clean(self, value) -> str:
        text = super().clean(value)
        return self.reference(text) if text else ""

    def reference(self, text: str) -> str:
        known = reference_kinds()
        kinds = self.kinds or tuple(sorted(known, key=lambda name: (name != "country", name)))
        kind, slash, key = text.partition("/")
        if slash and kind in kinds:
            return f"{kind}/{key_of(known[kind], key, self.pending)}"
        for kind in sorted(kinds, key=lambda name: not _called_here(known[name], text, self.pending)):
            try:
                return f"{kind}/{key_of(known[kind], text, self.pending)}"
            except ValidationError:
                continue
        raise ValidationError(
            _("“%(text)s” names no record: write a key such as COD, or kind/key with a kind of %(kinds)s.")
            % {"text": text, "kinds": ", ".join(kinds)}
        )


class ReferencesKeyField(ReferenceKeyField):
    """Any number of such pointers."""

    def prepare_value(self, value):
        return " ".join(value) if isinstance(value, list) else value

    def clean(self, value) -> list[str]:
        text = forms.CharField.clean(self, value)
        return list(dict.fromkeys(self.reference(word) for word in _parted(text, self.is_name)))

    def is_name(self, text: str) -> bool:
        known = reference_kinds()
        return any(_is_name(known[kind], text, self.pending) for kind in self.kinds or known)
