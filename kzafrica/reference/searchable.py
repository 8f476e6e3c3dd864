"""What is searched of reference data, and what else countries are called by readers and papers."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.searchable import RecordSearch
from kzafrica.reference.models import Bloc, Commodity, Country, Organization, Person, Place, Theme
from kzafrica.search.documents import Named

# Abbreviations, former names, and the capitals by which the two Congos are told apart.
OTHER_NAMES = {
    "COD": ("DRC", "DR Congo", "Congo-Kinshasa", "Zaire", "RDC", "ДРК", "ДР Конго", "Заир", "КДР"),
    "COG": (
        "Congo-Brazzaville",
        "Republic of the Congo",
        "République du Congo",
        "Республика Конго",
        "Конго Республикасы",
    ),
    "CIV": ("Ivory Coast", "Берег Слоновой Кости"),
    "CPV": ("Cape Verde", "Острова Зелёного Мыса"),
    "SWZ": ("Swaziland", "Свазиленд"),
    "CAF": ("CAR", "RCA", "ЦАР", "ОАР"),
    "ZAF": ("RSA", "ЮАР", "ОАР", "Afrique australe"),
    "STP": ("Sao Tome",),
    "ESH": ("SADR", "САДР"),
    "GNQ": ("Fernando Po",),
    "TZA": ("Tanganyika", "Танганьика"),
    "BFA": ("Upper Volta", "Верхняя Вольта", "Haute-Volta"),
    "BEN": ("Dahomey", "Дагомея"),
    "EGY": ("UAR", "АРЕ"),
}


def names_of_country(country: Country) -> Iterator[Named]:
    written = (country.formal_name, country.capital, *OTHER_NAMES.get(country.alpha3, ()))
    return (Named(name) for name in (*written, country.alpha3, country.alpha2, country.m49) if name)


def names_of_place(place: Place) -> Iterator[Named]:
    return (Named(name.strip()) for name in place.other_names.split(";") if name.strip())


def address_of_place(place: Place) -> str:
    """A place has no page: what happened there stands in the dossier of its country, or among the events."""
    if place.country.has_dossier:
        return place.country.get_absolute_url()
    return reverse("events:event_list") + f"?country={place.country.alpha3}"


def names_of_commodity(commodity: Commodity) -> tuple[Named, ...]:
    return (Named(commodity.code), Named(f"HS {commodity.code}"))


SEARCHABLE = (
    RecordSearch(
        Country,
        title="name",
        labels=(_("Country"), _("Countries")),
        weight=3,
        names=names_of_country,
        rows=lambda countries: countries.african(),
    ),
    RecordSearch(Bloc, title="name", labels=(_("Bloc"), _("Blocs")), weight=1.5, names=lambda bloc: [Named(bloc.code)]),
    RecordSearch(Person, title="name", weight=1.5),
    RecordSearch(Organization, title="name", weight=1.3),
    RecordSearch(Theme, title="name", labels=(_("Theme"), _("Themes")), weight=1.3),
    RecordSearch(
        Place,
        title="name",
        labels=(_("Place"), _("Places")),
        names=names_of_place,
        address=address_of_place,
    ),
    RecordSearch(
        Commodity,
        title="description",
        labels=(_("Commodity"), _("Commodities")),
        weight=0.25,
        names=names_of_commodity,
        rows=lambda commodities: commodities.newest_editions(),
        is_loaded_in_bulk=True,
    ),
)
