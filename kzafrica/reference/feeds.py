from kzafrica.editorial.described_feeds import DescribedFeed
from kzafrica.reference.filters import OrganizationFilterSet, PersonFilterSet
from kzafrica.reference.metadata import describe_organization, describe_person
from kzafrica.reference.models import Organization, Person


class PersonFeed(DescribedFeed):
    queryset = Person.objects.published()
    filterset_class = PersonFilterSet
    list_name = "reference:person_list"
    describe = staticmethod(describe_person)


class OrganizationFeed(DescribedFeed):
    queryset = Organization.objects.published()
    filterset_class = OrganizationFilterSet
    list_name = "reference:organization_list"
    describe = staticmethod(describe_organization)
