"""What the page of a person or an organization shows of their part in relations: dated, latest first, no drafts."""

import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_award,
    make_country,
    make_event,
    make_initiative,
    make_mission,
    make_office,
    make_organization,
    make_person,
    make_project,
    make_source,
)
from tests.many import make_many

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def person():
    return make_person(name="Murat Nurtleu")


class TestPerson:
    def test_offices_come_latest_first_with_their_terms_and_sources(self, text_of):
        minister, ambassador = make_office("Foreign minister"), make_office("Ambassador")
        cited = [make_source(publisher="Le Baobab")]
        person = make_person(
            offices_held=[
                {"office": ambassador, "begins": "2010", "ends": "2012-06"},
                {"office": minister, "attested": "2023-05/2025-05", "citations": cited},
            ]
        )

        page = text_of(person.get_absolute_url())

        assert page.index("Foreign minister") < page.index("Ambassador")
        assert "from 2010" in page
        assert "to June 2012" in page
        assert "term not known Foreign minister shown in office by sources of May 2023 – May 2025" in page
        assert "Said by Le Baobab" in page

    def test_events_say_in_what_capacity_and_role_and_for_whom(self, text_of, person, kazakhstan):
        part = {"person": person, "office": make_office("Foreign minister"), "country": kazakhstan, "role": "guest"}
        make_event(title="Visit to Kigali", date="2024-12", participations=[part])
        make_event(title="Forum", date="2025", participations=[{**part, "office": None, "capacity": "Special envoy"}])

        page = text_of(person.get_absolute_url())

        assert "December 2024 Visit to Kigali Foreign minister Guest for Kazakhstan" in page
        assert "2025 Forum as printed: Special envoy Guest for Kazakhstan" in page
        assert page.index("Forum") < page.index("Visit to Kigali")

    def test_a_part_that_was_only_planned_says_so(self, text_of, person):
        make_event(participations=[{"person": person}])
        assert "Planned to take part" not in text_of(person.get_absolute_url())

        make_event(participations=[{"person": person, "attendance": "planned"}])
        assert "Planned to take part" in text_of(person.get_absolute_url())

    def test_an_event_that_was_not_held_says_so(self, text_of, person):
        make_event(participations=[{"person": person}], occurrence="cancelled")

        assert "Cancelled" in text_of(person.get_absolute_url())

    def test_missions_headed_show_each_accreditation_with_its_dates(self, text_of, person):
        kenya, ethiopia = make_country("KEN"), make_country("ETH")
        accreditations = [
            {"country": ethiopia, "is_resident": True, "appointed": "2022-03", "citations": [{}]},
            {"country": kenya, "is_resident": False, "credentials_presented": "2023-12-12"},
        ]
        make_mission(title="Embassy in Ethiopia", heads=[{"person": person, "accreditations": accreditations}])

        page = text_of(person.get_absolute_url())

        assert "Embassy in Ethiopia Ambassador Kenya concurrent, from elsewhere Credentials 12 December 2023" in page
        assert "Ethiopia resident Appointed March 2022 2022-03 Said by Astana Times" in page

    def test_missions_come_latest_first(self, text_of, person, kazakhstan):
        for title, year in (("Embassy of old", "2001"), ("Embassy of late", "2021")):
            head = {"person": person, "accreditations": [{"country": make_country("KEN"), "appointed": year}]}
            make_mission(title=title, receiving=make_country(), heads=[head])

        page = text_of(person.get_absolute_url())

        assert page.index("Embassy of late") < page.index("Embassy of old")

    def test_awards_received_and_conferred_stand_apart(self, text_of, person):
        other = make_person(name="Félix Tshisekedi")
        make_award(title="Order for Nurtleu", recipient=person, conferred_by=other, date="2024", order_class="II")
        make_award(title="Order from Nurtleu", conferred_by=person, recipient=other, date="2025-09-10")

        page = text_of(person.get_absolute_url())

        received, conferred = page.index("Awards received"), page.index("Awards conferred")
        assert received < page.index("2024 Order for Nurtleu Order of Dostyk, II") < conferred
        assert conferred < page.index("10 September 2025 Order from Nurtleu")
        assert "conferred by Félix Tshisekedi" in page
        assert "conferred on Félix Tshisekedi" in page

    def test_agreements_signed_come_latest_first_with_how_far_they_have_come(self, text_of, person):
        signatory = [{"person": person, "capacity": "Foreign minister"}]
        make_agreement(title="First", stages=[{"kind": "signed", "date": "2020"}], signatories=signatory)
        make_agreement(title="Second", stages=[{"kind": "signed", "date": "2025-05"}], signatories=signatory)
        make_agreement(title="Undated", signatories=signatory)

        page = text_of(person.get_absolute_url())

        assert "May 2025 Second Signed Foreign minister" in page
        assert page.index("Second") < page.index("First") < page.index("Undated")

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_nothing_that_readers_may_not_see_is_there(self, client, person, status):
        hidden = {"status": status, "slug": "hidden"}
        make_event(title="Hidden", participations=[{"person": person}], **hidden)
        make_mission(title="Hidden", heads=[{"person": person}], **hidden)
        make_award(title="Hidden", recipient=person, **hidden)
        make_award(title="Hidden", recipient=make_person(), conferred_by=person, status=status, slug="hidden-too")
        make_agreement(title="Hidden", signatories=[{"person": person}], **hidden)

        assert "Hidden" not in client.get(person.get_absolute_url()).content.decode()
        assert "Hidden" not in client.get(f"/api/v1/people/{person.slug}/").content.decode()

    def test_queries_stay_flat(self, queries_of):
        few = queries_of(self.busy(2).get_absolute_url())

        assert queries_of(self.busy(12).get_absolute_url()) == few <= 19

    @staticmethod
    def busy(number: int):
        country = make_country("COD")
        person = make_person(offices_held=[{"office": make_office(country=country), "citations": [{}]}] * number)

        def acts(_number: int) -> None:
            make_event(participations=[{"person": person, "office": make_office(), "country": country}])
            accreditation = {"country": country, "appointed": "2020", "citations": [{}]}
            make_mission(heads=[{"person": person, "accreditations": [accreditation]}])
            make_award(recipient=person, conferred_by=make_person(), recipient_country=country)
            make_award(recipient=make_person(), conferred_by=person, recipient_country=country)
            make_agreement(signatories=[{"person": person}], stages=[{"kind": "signed", "date": "2025"}])

        make_many(acts, range(number))
        return person


class TestOrganization:
    def test_everything_it_had_a_part_in_is_dated(self, text_of, kazakhstan):
        union = make_organization(name="African Union", kind="international")
        person = make_person(name="Barlybay Sadykov")
        make_event(title="Session", date="2023-01-10", participations=[{"person": person, "organization": union}])
        make_agreement(
            title="Memorandum", parties=[{"organization": union}], stages=[{"kind": "signed", "date": "2014"}]
        )
        make_project(title="Plant", parties=[{"organization": union}], stages=[{"kind": "agreed", "date": "2019"}])
        make_initiative(title="Corridor", organizations=[union], stages=[{"kind": "raised", "date": "2024-06"}])
        accreditation = {"organization": union, "credentials_presented": "2022-05-02"}
        make_mission(
            title="Permanent mission",
            receiving_organization=union,
            milestones=[{"kind": "opened", "date": "2014"}],
            heads=[{"person": person, "accreditations": [accreditation]}],
        )

        page = text_of(union.get_absolute_url())

        assert "10 January 2023 Session Barlybay Sadykov Participant" in page
        assert "2014 Memorandum Signed" in page
        assert "2019 Plant Agreed" in page
        assert "June 2024 Corridor Raised" in page
        assert "Permanent mission Embassy, of Kazakhstan 2014 Opened" in page
        assert "Accredited to it Barlybay Sadykov Permanent mission African Union residence not said" in page
        assert "Credentials 2 May 2022" in page

    def test_nothing_that_readers_may_not_see_is_there(self, client):
        body = make_organization()
        hidden = {"title": "Hidden", "slug": "hidden", "status": Status.DRAFT}
        make_event(participations=[{"organization": body}], **hidden)
        make_agreement(parties=[{"organization": body}], **hidden)
        make_project(parties=[{"organization": body}], **hidden)
        make_initiative(organizations=[body], **hidden)
        make_mission(receiving_organization=body, heads=[{"accreditations": [{"organization": body}]}], **hidden)

        page = client.get(body.get_absolute_url()).content.decode()

        assert "Hidden" not in page
        assert "Accredited to it" not in page

    def test_queries_stay_flat(self, queries_of):
        few = queries_of(self.busy(2).get_absolute_url())

        assert queries_of(self.busy(12).get_absolute_url()) == few <= 19

    @staticmethod
    def busy(number: int):
        body = make_organization()

        def acts(_number: int) -> None:
            make_event(participations=[{"organization": body, "person": make_person()}])
            make_agreement(parties=[{"organization": body}], stages=[{"kind": "signed", "date": "2025"}])
            make_project(parties=[{"organization": body}], stages=[{"kind": "agreed", "date": "2025"}])
            make_initiative(organizations=[body], stages=[{"kind": "raised", "date": "2025"}])
            accreditation = {"organization": body, "appointed": "2020", "citations": [{}]}
            make_mission(
                receiving_organization=body,
                milestones=[{"kind": "opened", "date": "2014"}],
                heads=[{"person": make_person(), "accreditations": [accreditation]}],
            )

        make_many(acts, range(number))
        return body
