from django.contrib import admin

from kzafrica.reference.compact import ORGANIZATION, PERSON
from kzafrica.reference.duplicates import NAMES
from kzafrica.reference.models import (
    Area,
    Bloc,
    Commodity,
    Country,
    NameForm,
    Office,
    OfficeHeld,
    Organization,
    Person,
    Place,
    Theme,
)
from kzafrica.translation import translated_names
from kzafrica.workshop.records import PartAdmin, RecordAdmin, ReferenceAdmin


class FoundByNameAdmin:
    """Searched, also while a key is chosen by typing, under every form of the name as readers search."""

    def get_search_results(self, request, queryset, search_term: str) -> tuple:
        return (queryset.named(search_term) if search_term.strip() else queryset), False


@admin.register(Country)
class CountryAdmin(FoundByNameAdmin, ReferenceAdmin):
    list_display = ("name_en", "alpha3", "role", "subregion")
    list_filter = ("role", "subregion")
    search_fields = ("name_en", "name_kk", "name_ru", "name_fr", "alpha3", "alpha2")
    told_apart_by = ("alpha3",)


@admin.register(Area)
class AreaAdmin(FoundByNameAdmin, ReferenceAdmin):
    list_display = ("name_en", "code", "alpha3", "kind", "country", "valid_from", "valid_until")
    list_filter = ("kind", "is_african")
    list_select_related = ("country",)
    search_fields = ("name_en", "name_kk", "name_ru", "name_fr", "code", "alpha3")
    told_apart_by = ("code", "alpha3", "valid_from", "valid_until")


@admin.register(Bloc)
class BlocAdmin(ReferenceAdmin):
    list_display = ("name_en", "code", "kind")
    search_fields = (*translated_names("name"), "code")
    told_apart_by = ("kind",)


@admin.register(Place)
class PlaceAdmin(ReferenceAdmin):
    list_display = ("name_en", "country")
    list_select_related = ("country",)
    search_fields = (*translated_names("name"), "other_names", "country__name_en")
    told_apart_by = ("country",)


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin):
    search_fields = tuple(translated_names("name"))


@admin.register(Commodity)
class CommodityAdmin(ReferenceAdmin):
    list_display = ("code", "edition", "level", "description")
    list_filter = ("edition", "level")
    search_fields = ("code", "description")
    told_apart_by = ("edition",)


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ("title_en", "kind", "country")
    list_filter = ("kind",)
    list_select_related = ("country",)
    search_fields = (*translated_names("title"), "country__name_en")
    told_apart_by = ("country",)


@admin.register(Organization)
class OrganizationAdmin(FoundByNameAdmin, RecordAdmin):
    compact, twins = ORGANIZATION, NAMES
    list_extra = ("kind", "country")
    list_filter = ("status", "kind")
    list_select_related = ("country",)
    search_fields = ("name_en", "name_ru", "name_forms__text")
    told_apart_by = ("country", "kind")


@admin.register(Person)
class PersonAdmin(FoundByNameAdmin, RecordAdmin):
    compact, twins = PERSON, NAMES
    search_fields = ("name_en", "name_kk", "name_ru", "name_fr", "name_forms__text")
    told_apart_by = ("latest_office", "years")
    read_to_tell_apart = ("offices_held__office__country",)

    def latest_office(self, person: Person) -> str:
        """The office that the person began last, with its state where the office does not say it."""
        held = max(person.offices_held.all(), key=lambda held: (held.begins_order, held.position), default=None)
        if held is None:
            return ""
        title, country = str(held.office), str(held.office.country or "")
        return title if country in title else f"{title}, {country}"

    def years(self, person: Person) -> str:
        """When the person lived, as far as it is known."""
        lived = [day.text() if day else "" for day in (person.born, person.died)]
        return "–".join(lived) if any(lived) else ""


@admin.register(NameForm)
class NameFormAdmin(PartAdmin):
    search_fields = ("text",)


@admin.register(OfficeHeld)
class OfficeHeldAdmin(PartAdmin):
    search_fields = ("person__name_en", "office__title_en")
