"""The lists that readers can have e-mails about, as the shell names them in ``settings.ALERT_LISTS``.

A list as a reader has filtered it is named by the list and its filters: ``events`` and ``country=RWA&year=2025``. The
filters are those of the page, read by its own FilterSet.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

from django import forms
from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kzafrica.dates import ImpreciseDate
from kzafrica.delivery.models import LONGEST_QUERY, WatchedList
from kzafrica.editorial.templatetags.records import address
from kzafrica.editorial.views import put_in_order, words_asked_for
from kzafrica.filtering import bad_parameters, is_tracking, nearest
from kzafrica.problems import BadParameter, BadParameters

# Parameters of a list that say how it is shown and not what is in it.
OF_THE_PAGE = ("page", "ordering")


class Unreadable(Exception):
    """A list or filter that was understood once and is not any more; the text says why."""


@dataclass(frozen=True)
class AlertList:
    """One list: its name in addresses, for ever; what readers call it; its page, filters and public records.

    ``queryset`` has what the names and dates of its records need. A list of several kinds of records has none and says
    by ``records`` what its filters find, a queryset for each kind.
    """

    name: str
    label: str
    page: str
    filterset_class: type
    queryset: models.QuerySet | None = None
    date_of: Callable[[models.Model], ImpreciseDate | None] = attrgetter("date")
    address_of: Callable[[models.Model], str] = address
    records: Callable[[forms.Form], Iterable[models.QuerySet]] | None = None
    # A page whose address itself holds one of the filters: the name of that filter.
    argument: tuple[str, str] | None = None

    @property
    def model(self) -> type[models.Model] | None:
        return self.queryset.model if self.queryset is not None else None

    def filtered_by(self, data: QueryDict) -> "Filtered":
        return Filtered(self, data)

    def page_address(self, filters: dict[str, str]) -> str:
        """The page of the list with these filters, in the active language."""
        rest, arguments = dict(filters), []
        if self.argument is not None:
            # Codes stand in addresses in lower case.
            arguments = [rest.pop(self.argument[1]).lower()]
        path = reverse(self.page, args=arguments)
        return f"{path}?{urlencode(rest)}" if rest else path


def alert_lists() -> dict[str, AlertList]:
    """Every list by its name."""
    return {each.name: each for each in import_string(settings.ALERT_LISTS)}


def list_of(model: type[models.Model]) -> AlertList:
    """The list that says how records of that model are called and dated."""
    return next(each for each in alert_lists().values() if each.model is model)


def list_named(name: str) -> AlertList:
    """Raises BadParameters for a name that no list has."""
    known = alert_lists()
    if name not in known:
        near = nearest(name, known)
        hint = _(" Did you mean “%s”?") % near if near else _(" Known are: %s.") % ", ".join(sorted(known))
        raise BadParameters([("list", _("There is no list “%s”.") % name[:60] + hint, near)])
    return known[name]


class Filtered:
    """A list with filters set. ``errors`` says in sentences what of them cannot be read; read nothing else then."""

    def __init__(self, alert_list: AlertList, data: QueryDict) -> None:
        self.list = alert_list
        data = data.copy()
        for name in [name for name in data if name in OF_THE_PAGE or is_tracking(name)]:
            del data[name]
        queryset = alert_list.queryset if alert_list.queryset is not None else alert_list.filterset_class._meta.model
        queryset = queryset if isinstance(queryset, models.QuerySet) else queryset.objects.none()
        self.filterset = alert_list.filterset_class(data, queryset=queryset)
        self.errors = [BadParameter(*error) for error in bad_parameters(data, self.filterset)]
        put_in_order(self.filterset.form)
        if not self.errors and len(self.query) > LONGEST_QUERY:
            sentence = _("These filters are too long for an e-mail alert: choose fewer, or fewer words.")
            self.errors = [BadParameter("list", sentence)]

    @classmethod
    def of(cls, watched: WatchedList) -> "Filtered":
        """The list that is kept by its name and filters. Raises Unreadable where they mean nothing any more."""
        alert_list = alert_lists().get(watched.list_name)
        if alert_list is None:
            raise Unreadable(_("There is no list “%s”.") % watched.list_name)
        filtered = cls(alert_list, QueryDict(watched.query))
        if filtered.errors:
            raise Unreadable(" ".join(str(error.detail) for error in filtered.errors))
        return filtered

    @cached_property
    def filters(self) -> dict[str, str]:
        """The filters that are set, each as it stands in addresses, in one spelling and order."""
        form = self.filterset.form
        values = ((name, form.cleaned_data[name]) for name in sorted(form.fields) if name not in OF_THE_PAGE)
        return {
            name: _spelt(form.fields[name], value, form.data.get(name, ""))
            for name, value in values
            if value not in (None, "", [])
        }

    @cached_property
    def query(self) -> str:
        """The same for the database and for addresses: ``country=RWA&year=2025``."""
        return urlencode(self.filters)

    def words(self) -> list[str]:
        """What it is filtered by, in the words of the list's own page."""
        return list(words_asked_for(self.filterset))

    def safe_words(self) -> list[str]:
        """The same for a mail that nobody has asked for yet: without words that a stranger typed."""
        fields, cleaned = self.filterset.form.fields, self.filterset.form.cleaned_data
        typed = [
            name
            for name in self.filters
            if isinstance(fields[name], forms.CharField) and isinstance(cleaned[name], str)
        ]
        labels = {f"{fields[name].label}: " for name in typed}
        told = [words for words in self.words() if not any(words.startswith(label) for label in labels)]
        return [*told, *(_("%s: as typed on the page") % fields[name].label for name in typed)]

    def in_words(self) -> str:
        """``Events (Country: Rwanda, Year: 2025)``."""
        words = ", ".join(self.words())
        return f"{self.list.label} ({words})" if words else str(self.list.label)

    def address(self) -> str:
        """The page of the list with these filters, in the active language."""
        return self.list.page_address(self.filters)

    def records(self) -> list[models.QuerySet]:
        """The public records in it now, a queryset for each kind."""
        if self.list.records is not None:
            return list(self.list.records(self.filterset.form))
        return [self.filterset.qs]

    def file_name(self) -> str:
        """What stands for it in a header of a mail."""
        return slugify(self.list.name)


def _spelt(field: forms.Field, value, typed: str) -> str:
    if isinstance(value, models.Model) and getattr(field, "to_field_name", None):
        return str(getattr(value, field.to_field_name))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, int):
        return str(value)
    return " ".join(str(typed).split())
