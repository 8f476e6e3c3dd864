"""Forms of the parts of a record and of its citations, which hold what they are given to the rules of the whole."""

from django import forms
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.editorial.content import owner_field, owner_of
from kzafrica.editorial.publishable import Whole
from kzafrica.workshop.texts import RecordForm

SOMEONE_WRITES = gettext_lazy(
    "Nothing is saved yet: a large load is being written into the database, and everyone else has to wait. "
    "What you typed is kept here. Save it again in a minute."
)
SOMEONE_SAVED = gettext_lazy(
    "Nothing is saved yet: others have saved something in the same moment that does not go together with this, such as "
    "a record at the same address. What you typed is kept here. Look through it and save it again."
)

DELETED_MEANWHILE = gettext_lazy(
    "Nothing is saved: this record was deleted while its form was open. What you typed is kept here as a new record. "
    "Save it to add it, or bring the old one back at Deleted."
)


class RefusedForm(forms.BaseForm):
    """Mixed into a form that is not saved now, whatever is in it: everything typed stays, with the reason."""

    refusal: str = ""

    refusal = SOMEONE_WRITES

    def full_clean(self) -> None:
        super().full_clean()
        self.add_error(None, self.refusal)


class CitationFormSet(BaseGenericInlineFormSet):
    """Tells each citation what it is of before it is checked, and refuses the same one twice.

    Django knows neither: the columns that say what is cited are not in the form.
    """

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.content_type = ContentType.objects.get_for_model(self.instance)
        return form

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            if not _is_filled(form) or not form.is_valid() or self._should_delete_form(form):
                continue
            said = tuple(form.cleaned_data[name] for name in ("source", "field", "stated", "locator"))
            if said in seen:
                raise ValidationError(_("This source is already cited for the same field with the same statement."))
            seen.add(said)


class PartFormSet(BaseInlineFormSet):
    """Holds the parts of a record to the rules between them, as loaders and proposals do."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form) and _is_filled(form)]
        if not all(form.is_valid() for form in kept):
            return
        for form in kept:
            for field, sentence in form.instance.faults_below() if isinstance(form.instance, Whole) else ():
                form.add_error(field, sentence)
        by_part = {id(form.instance): form for form in kept}
        name = self.fk.remote_field.related_name
        whole = self.instance if isinstance(self.instance, Whole) else None
        faults = whole.faults_between(name, [form.instance for form in kept]) if whole else ()
        for part, field, sentence in faults:
            if part is None:
                raise ValidationError(sentence)
            by_part[id(part)].add_error(field, sentence)


class CitationForm(RecordForm):
    """A citation; the field it is cited for is chosen, and one that is no field any more is kept until another is."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        cited, choice = self.instance.field, self.fields.get("field")
        if choice is not None and cited not in {name for name, _label in choice.choices}:
            choice.choices = [*choice.choices, (cited, cited)]


class PartForm(RecordForm):
    """A part on a page of its own: the rules between it and the other parts hold there too."""

    def _post_clean(self) -> None:
        super()._post_clean()
        whole = owner_of(self.instance)
        if self.errors or not isinstance(whole, Whole):
            return
        name = self.instance._meta.get_field(owner_field(type(self.instance))).remote_field.related_name
        parts = [self.instance if part == self.instance else part for part in getattr(whole, name).all()]
        for part, field, sentence in whole.faults_between(name, parts):
            self.add_error(field if part is self.instance and field in self.fields else None, sentence)


def _is_filled(form) -> bool:
    return form.has_changed() or form.instance.pk is not None
