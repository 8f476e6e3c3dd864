import re
from collections import defaultdict

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import Greatest

from kzafrica.editorial.querysets import NaturalKeyQuerySet, PublishableQuerySet
from kzafrica.folding import fold
from kzafrica.reference.acts import acts_of_organizations, acts_of_people
from kzafrica.reference.choices import BlocKind, CountryRole
from kzafrica.translation import translated_names


class FoundByName:
    """Rows that are found by words of any of their names, in any order, whatever the case and the accents."""

    # Every column in which a name stands, also of parts.
    name_columns: tuple[str, ...] = tuple(translated_names("name"))

    def named(self, words: str):
        """Rows each of whose words is in one of their names; one query for the names, and then as any filter.

        Names are compared here and not by the database: SQLite folds the case of ASCII alone, and neither it nor
        PostgreSQL knows that N’Guesso is Nguesso. There are a few thousand names at most.
        """
        wanted = fold(words).split()
        names: dict[int, list[str]] = defaultdict(list)
        # Of all rows, since these may be joined, counted or narrowed already.
        for pk, *written in self.model.objects.order_by().values_list("pk", *self.name_columns):
            names[pk] += [fold(name) for name in written if name]
        found = [
            pk
            for pk, folded in names.items()
            if wanted and all(any(word in name for name in folded) for word in wanted)
        ]
        return self.filter(pk__in=found)


class CountryQuerySet(FoundByName, NaturalKeyQuerySet):
    # A capital tells Congo-Brazzaville from Congo-Kinshasa.
    name_columns = (*FoundByName.name_columns, "formal_name", "alpha3", "alpha2", "capital")

    def african(self):
        """The states and territories of Africa: the pairs this record covers."""
        return self.filter(role__in=[CountryRole.AFRICAN_STATE, CountryRole.AFRICAN_TERRITORY])

    def home(self):
        return self.filter(role=CountryRole.HOME)

    def for_list(self):
        return self.prefetch_related("memberships__bloc")


class AreaQuerySet(FoundByName, NaturalKeyQuerySet):
    name_columns = (*FoundByName.name_columns, "code", "alpha3")

    def for_list(self):
        return self.select_related("country")

    def meant_by(self, code: str):
        """The area of a number, with or without leading zeros, or all areas of a state by its alpha-3 in any case."""
        code = code.strip()
        if re.fullmatch("[0-9]{1,4}", code):
            return self.filter(code=code.lstrip("0") or "0")
        return self.filter(alpha3=code.upper()) if re.fullmatch("[A-Za-z]{3}", code) else self.none()

    def african(self):
        """The areas of African states and territories: the partners this record is about."""
        return self.filter(is_african=True, country__isnull=False)

    def african_residuals(self):
        """What statistics count in Africa beside its states of today: groups, states of the past, the rest."""
        return self.filter(is_african=True, country__isnull=True)


class BlocQuerySet(NaturalKeyQuerySet):
    def for_list(self):
        return self.prefetch_related("memberships__country")

    def continents(self):
        return self.filter(kind=BlocKind.CONTINENT)


class CommodityQuerySet(NaturalKeyQuerySet):
    def newest_editions(self):
        """The goods that codes mean by themselves: each that of HS 2022, or of the newest edition that has it."""
        newest = self.model.objects.filter(code=OuterRef("code")).order_by("-edition").values("edition")
        return self.filter(edition=Subquery(newest[:1]))

    def get_by_natural_key(self, code: str, edition: str = "H6"):
        return self.get(code=code, edition=edition)

    def for_list(self):
        return self.select_related("parent")


class OrganizationQuerySet(FoundByName, PublishableQuerySet):
    name_columns = (*FoundByName.name_columns, "name_forms__text")

    def for_list(self):
        return self.select_related("country").prefetch_related("name_forms").with_citations()

    def for_detail(self):
        """With all that readers may see of its part in relations, the latest first, in lists named ``public_…``."""
        return self.for_list().prefetch_related(*acts_of_organizations(self.model))


class PersonQuerySet(FoundByName, PublishableQuerySet):
    name_columns = (*FoundByName.name_columns, "name_forms__text")

    def for_list(self):
        """Rows of the list with the offices held, the latest first, and the forms of the name."""
        held = self.model._meta.get_field("offices_held").related_model.objects.select_related("office__country")
        held = held.order_by(Greatest("begins_order", "ends_order", "attested_order").desc(), "position", "pk")
        return self.prefetch_related(Prefetch("offices_held", queryset=held), "name_forms").with_citations()

    def for_detail(self):
        """With all that readers may see of their public acts, the latest first, in lists named ``public_…``."""
        return self.for_list().prefetch_related(*acts_of_people(self.model))
