from kzafrica.editorial.api import KeyedViewSet
from kzafrica.reference.filters import (
    AreaFilterSet,
    BlocFilterSet,
    CommodityFilterSet,
    CountryFilterSet,
    OrganizationFilterSet,
    PersonFilterSet,
    PlaceFilterSet,
    ThemeFilterSet,
)
from kzafrica.reference.metadata import (
    describe_bloc,
    describe_commodity,
    describe_country,
    describe_organization,
    describe_person,
    describe_place,
    describe_theme,
)
from kzafrica.reference.models import (
    Area,
    Bloc,
    Commodity,
    Country,
    Organization,
    Person,
    Place,
    Theme,
)
from kzafrica.reference.serializers import (
    AreaSerializer,
    BlocSerializer,
    CommoditySerializer,
    CountrySerializer,
    OrganizationSerializer,
    PersonSerializer,
    PlaceSerializer,
    ThemeSerializer,
)


class CountryViewSet(KeyedViewSet):
    """States and territories by ISO 3166 alpha-3, in any case."""

    queryset = Country.objects.prefetch_related("memberships__bloc", "memberships__country")
    describe = staticmethod(describe_country)
    serializer_class = CountrySerializer
    filterset_class = CountryFilterSet

    def fold_key(self, key: str) -> str:
        return key.upper()


class AreaViewSet(KeyedViewSet):
    """Partners as trade statistics number them: states, groups, special categories, the world."""

    queryset = Area.objects.for_list()
    serializer_class = AreaSerializer
    filterset_class = AreaFilterSet

    def fold_key(self, key: str) -> str:
        # M49 writes 012 where UN Comtrade writes 12.
        return key.lstrip("0") or "0"


class BlocViewSet(KeyedViewSet):
    """Continents, unions and economic communities with their members."""

    queryset = Bloc.objects.prefetch_related("memberships__bloc", "memberships__country")
    describe = staticmethod(describe_bloc)
    serializer_class = BlocSerializer
    filterset_class = BlocFilterSet

    def fold_key(self, key: str) -> str:
        return key.upper()


class PlaceViewSet(KeyedViewSet):
    """Cities and ports; coordinates are decimal degrees, null where not known."""

    queryset = Place.objects.select_related("country")
    describe = staticmethod(describe_place)
    serializer_class = PlaceSerializer
    filterset_class = PlaceFilterSet


class ThemeViewSet(KeyedViewSet):
    """Subjects of talks, agreements and programmes."""

    queryset = Theme.objects.all()
    describe = staticmethod(describe_theme)
    serializer_class = ThemeSerializer
    filterset_class = ThemeFilterSet


class CommodityViewSet(KeyedViewSet):
    """Codes of the Harmonized System, edition 2022 (H6) unless others are asked for."""

    queryset = Commodity.objects.for_list()
    describe = staticmethod(describe_commodity)
    serializer_class = CommoditySerializer
    filterset_class = CommodityFilterSet

    def get_queryset(self):
        return super().get_queryset().newest_editions() if self.detail else super().get_queryset()


class PersonViewSet(KeyedViewSet):
    """People in their public capacity, found under every form of their name, with their public acts."""

    queryset = Person.objects.published().for_detail()
    describe = staticmethod(describe_person)
    serializer_class = PersonSerializer
    filterset_class = PersonFilterSet


class OrganizationViewSet(KeyedViewSet):
    """Ministries, companies, international bodies, traditional institutions."""

    queryset = Organization.objects.published().for_list()
    describe = staticmethod(describe_organization)
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilterSet
