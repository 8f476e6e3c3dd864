from kzafrica.editorial.citing import load_citations
from kzafrica.editorial.views import FEED, RecordDetail, RecordList
from kzafrica.reference.filters import OrganizationFilterSet, PersonFilterSet, ThemeFilterSet
from kzafrica.reference.metadata import describe_organization, describe_person, describe_theme
from kzafrica.reference.models import Organization, Person, Theme


class PersonList(RecordList):
    queryset = Person.objects.published().for_list()
    filterset_class = PersonFilterSet
    feed_name = "reference:person"
    feed_forms = (FEED,)
    file_name = "reference:person"


class PersonDetail(RecordDetail):
    """Offices held and acts in public, each with its date; nothing of private life is recorded."""

    describe = staticmethod(describe_person)
    queryset = Person.objects.published().for_detail()

    def get_context_data(self, **context) -> dict:
        # What sources say of the accreditations, which belong to the missions.
        load_citations(self.object.public_missions_headed)
        return super().get_context_data(**context)


class OrganizationList(RecordList):
    queryset = Organization.objects.published().for_list()
    filterset_class = OrganizationFilterSet
    feed_name = "reference:organization"
    feed_forms = (FEED,)
    file_name = "reference:organization"


class OrganizationDetail(RecordDetail):
    describe = staticmethod(describe_organization)
    queryset = Organization.objects.published().for_detail()

    def get_context_data(self, **context) -> dict:
        load_citations(self.object.public_accreditations_received)
        return super().get_context_data(**context)


class ThemeList(RecordList):
    queryset = Theme.objects.all()
    filterset_class = ThemeFilterSet
    paginate_by = 200


class ThemeDetail(RecordDetail):
    describe = staticmethod(describe_theme)
    queryset = Theme.objects.all()

    def get_context_data(self, **context) -> dict:
        theme = self.object
        return super().get_context_data(
            events=theme.events.published().for_list().newest_first()[:20],
            agreements=theme.agreements.published(),
            initiatives=theme.initiatives.published(),
            programmes=theme.programmes.published(),
            projects=theme.projects.published(),
            routes=theme.routes.published(),
            **context,
        )
