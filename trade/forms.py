"""The form by which editors load files of trade rows."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.editorial.models import Source
from kzafrica.filtering import nearest
from trade.comtrade import EDITIONS
from trade.loading import Options
from trade.models import Release
from trade.parsing import known_locale

MIB = 1024**2
LARGEST_UPLOAD = 50 * MIB
# What a browser offers while the source is typed, without a script.
SOURCES_LIST = "sources-known"


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files, no larger together than an upload may be."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data]
        # Of an empty file the loader says more.
        kept = [
            file if file and not file.size else super(SeveralFilesField, self).clean(file) for file in files or [None]
        ]
        if sum(file.size for file in kept) > LARGEST_UPLOAD:
            names = " ".join(file.name for file in kept)
            raise ValidationError(
                _(
                    "More than %(n)s MB cannot be sent through a browser. Ask whoever runs the site to load it there: "
                    "manage.py load_trade_release %(names)s --source SLUG"
                )
                % {"n": LARGEST_UPLOAD // MIB, "names": names}
            )
        return kept


class SourceField(forms.ModelChoiceField):
    """A source by its slug, offered while it is typed; an unknown one is answered with the nearest."""

    def __init__(self, **options) -> None:
        widget = forms.TextInput(attrs={"list": SOURCES_LIST, "class": "vTextField", "autocomplete": "off"})
        super().__init__(Source.objects.order_by("slug"), to_field_name="slug", widget=widget, **options)

    def to_python(self, value):
        try:
            return super().to_python(value and value.strip())
        except ValidationError:
            near = nearest(value, self.queryset.values_list("slug", flat=True))
            hint = _(" Did you mean “%s”?") % near if near else _(" Add it under Sources first.")
            raise ValidationError(_("There is no source “%s”.") % value[:100] + hint) from None


class LoadForm(forms.Form):
    """Which files, where they come from, and what they do not say themselves."""

    required_css_class = "required"

    files = SeveralFilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "UN Comtrade (CSV, JSON, bulk, or as before 2022) or BACI; plain or gzip; 50 MB together. "
            "Several files make one release."
        ),
    )
    source = SourceField(label=gettext_lazy("Source"), help_text=gettext_lazy("Its slug, as in the list of sources."))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=Release._meta.get_field("title").max_length,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=gettext_lazy("Empty for the title of the source and the years."),
    )
    released_on = forms.DateField(
        label=gettext_lazy("Released on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=Release._meta.get_field("released_on").help_text,
    )
    edition = forms.ChoiceField(
        label=gettext_lazy("HS edition of BACI"),
        required=False,
        choices=[("", gettext_lazy("The one in force in the year")), *((edition, edition) for edition in EDITIONS)],
        help_text=gettext_lazy("Other files say it themselves."),
    )
    locale = forms.CharField(
        label=gettext_lazy("Locale of its numbers"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Empty for 1234.5; en for 1,234.5; ru or fr for 1 234,5; de for 1.234,5."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=Release._meta.get_field("note").help_text,
    )

    def clean_locale(self) -> str:
        try:
            return self.cleaned_data["locale"] and known_locale(self.cleaned_data["locale"])
        except ValueError as error:
            raise ValidationError(str(error)) from None

    @property
    def options(self) -> Options:
        """What the load is told; of a valid form."""
        return Options(**{name: value for name, value in self.cleaned_data.items() if name != "files"})


@contextmanager
def on_disk(files: list[UploadedFile]) -> Iterator[list[tuple[Path, str]]]:
    """The uploaded files where they can be read again and again, each with the name it goes by; gone afterwards."""
    with ExitStack() as stack:
        places = []
        for file in files:
            if hasattr(file, "temporary_file_path"):
                places.append((Path(file.temporary_file_path()), file.name))
                continue
            copy = stack.enter_context(NamedTemporaryFile(prefix="trade-rows-"))
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            places.append((Path(copy.name), file.name))
        yield places
