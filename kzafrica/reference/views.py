from kzafrica.editorial.views import RecordDetail, RecordList
from kzafrica.reference.filters import OrganizationFilterSet, PersonFilterSet, ThemeFilterSet
from kzafrica.reference.models import Organization, Person, Theme


class PersonList(RecordList):
    queryset = Person.objects.published().for_list()
    filterset_class = PersonFilterSet


class PersonDetail(RecordDetail):
    queryset = Person.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        person = self.object
        return super().get_context_data(
            participations=public_behind(person.participations.select_related("office", "country"), "event"),
            missions=public_behind(person.missions_headed, "mission"),
            signatures=public_behind(person.signatures, "agreement"),
            awards=person.awards_received.published(),
            **context,
        )


class OrganizationList(RecordList):
    queryset = Organization.objects.published().for_list()
    filterset_class = OrganizationFilterSet


class OrganizationDetail(RecordDetail):
    queryset = Organization.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        organization = self.object
        return super().get_context_data(
            participations=public_behind(organization.participations.select_related("person", "office"), "event"),
            agreements=public_behind(organization.agreement_parties, "agreement"),
            projects=public_behind(organization.projects, "project"),
            initiatives=organization.initiatives.published(),
            missions=organization.missions_received.published(),
            **context,
        )


class ThemeList(RecordList):
    queryset = Theme.objects.all()
    filterset_class = ThemeFilterSet
    paginate_by = 200


class ThemeDetail(RecordDetail):
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


def public_behind(parts, name: str) -> list:
    """The parts whose record readers may see, the latest record first where records have a date."""
    record = parts.model._meta.get_field(name).related_model
    names = {field.name for field in record._meta.fields}
    order = f"-{name}__date_order" if "date_order" in names else f"{name}__slug"
    return [part for part in parts.select_related(name).order_by(order, "pk") if getattr(part, name).is_public]
