from django.db import models
from django.db.models import Prefetch

from kzafrica.editorial.querysets import NaturalKeyQuerySet, PublishableQuerySet
from kzafrica.reference.choices import BlocKind, CountryRole


class CountryQuerySet(NaturalKeyQuerySet):
    def african(self):
        """The states and territories of Africa: the pairs this record covers."""
        return self.filter(role__in=[CountryRole.AFRICAN_STATE, CountryRole.AFRICAN_TERRITORY])

    def home(self):
        return self.filter(role=CountryRole.HOME)

    def for_list(self):
        return self.prefetch_related("memberships__bloc")


class BlocQuerySet(NaturalKeyQuerySet):
    def for_list(self):
        return self.prefetch_related("memberships__country")

    def continents(self):
        return self.filter(kind=BlocKind.CONTINENT)


class CommodityQuerySet(NaturalKeyQuerySet):
    def get_by_natural_key(self, code: str, edition: str = "H6"):
        return self.get(code=code, edition=edition)

    def for_list(self):
        return self.select_related("parent")


class OrganizationQuerySet(PublishableQuerySet):
    def for_list(self):
        return self.select_related("country").prefetch_related("name_forms").with_citations()


class PersonQuerySet(PublishableQuerySet):
    def for_list(self):
        held = self.model._meta.get_field("offices_held").related_model.objects.select_related("office__country")
        return self.prefetch_related(Prefetch("offices_held", queryset=held), "name_forms").with_citations()

    def named(self, words: str):
        """People under any form of their name, in any script."""
        condition = models.Q(name_forms__text__icontains=words)
        for column in ("name_en", "name_kk", "name_ru", "name_fr"):
            condition |= models.Q(**{f"{column}__icontains": words})
        return self.filter(condition).distinct()
