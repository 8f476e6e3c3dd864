import pytest

from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_award,
    make_bloc,
    make_commodity,
    make_country,
    make_event,
    make_initiative,
    make_mission,
    make_organization,
    make_person,
    make_programme,
    make_project,
    make_record,
    make_relation,
    make_route,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db

LISTS = {
    "/missions/": Mission,
    "/relations/": Relation,
    "/agreements/": Agreement,
    "/awards/": Award,
    "/initiatives/": Initiative,
    "/programmes/": Programme,
}


@pytest.fixture(autouse=True)
def kazakhstan():
    return make_country("KAZ")


def opened(day: str, **fields) -> dict:
    return {"kind": "opened", "date": day, **fields}


def words_for(model, words: str) -> dict:
    """A record of the model that can be told by the words; relations are named by their states."""
    return {"instrument": words} if model is Relation else {"title": words}


@pytest.mark.parametrize(("address", "model"), LISTS.items(), ids=list(LISTS))
class TestEveryList:
    def test_shows_only_what_is_published(self, text_of, address, model):
        make_record(model, **words_for(model, "Seen by all"))
        for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
            make_record(model, status=status, **words_for(model, f"Hidden {status}"))

        page = text_of(address)

        assert "Seen by all" in page
        assert "Hidden" not in page

    def test_refuses_an_unknown_parameter_and_keeps_its_form(self, client, address, model):
        answer = client.get(address + "?qq=x")

        assert answer.status_code == 400
        assert "Did you mean “q”?" in answer.content.decode()
        assert '<form class="filter-form"' in answer.content.decode()

    def test_says_who_says_so(self, text_of, address, model):
        make_record(model, citations=[make_source(publisher="Le Baobab")])

        assert "Said by Le Baobab" in text_of(address)

    def test_queries_stay_flat(self, queries_of, address, model):
        for _number in range(2):
            make_record(model)
        few = queries_of(address)

        for _number in range(12):
            make_record(model)

        assert queries_of(address) == few <= 15


@pytest.mark.parametrize("model", LISTS.values())
class TestEveryPage:
    def test_has_its_permanent_address_and_its_document(self, client, model):
        record = make_record(model)
        resource = model._meta.verbose_name_plural.replace(" ", "-")

        page = client.get(record.get_absolute_url()).content.decode()

        assert f'href="http://testserver{record.get_absolute_url()}"' in page
        assert f"/api/v1/{resource}/{record.slug}/" in page

    def test_names_its_source_and_where_it_says_so(self, text_of, model):
        record = make_record(model, citations=[{"source": make_source(title="A report"), "locator": "paragraph 7"}])

        page = text_of(record.get_absolute_url())

        assert "A report" in page
        assert "paragraph 7" in page

    @pytest.mark.parametrize(("status", "code"), [(Status.DRAFT, 404), (Status.WITHDRAWN, 410)])
    def test_is_closed_to_readers_unless_published(self, client, model, status, code):
        record = make_record(model, status=status)

        assert client.get(record.get_absolute_url()).status_code == code


class TestMissionPage:
    def test_life_stands_in_time_with_the_act_that_counts_marked(self, client, text_of):
        algeria = make_country("DZA")
        accreditation = {"country": algeria, "is_resident": True, "copies_presented": "2024-12", "appointed": "2024-11"}
        mission = make_mission(
            receiving=algeria,
            milestones=[{"kind": "planned", "date": "2024"}, {"kind": "closed", "date": ""}],
            heads=[{"person": make_person(name="Anuarbek Akhmetov"), "accreditations": [accreditation]}],
        )

        moments = client.get(mission.get_absolute_url()).context["moments"]
        page = text_of(mission.get_absolute_url())

        assert [str(moment.label) for moment in moments] == [
            "Opening planned",
            "Head of mission appointed",
            "Copies of credentials handed over",
            "Closed",
        ]
        assert [moment.decides for moment in moments] == [False, True, False, True]
        assert "Anuarbek Akhmetov" in page
        assert "counts by the rule" in page

    def test_resident_and_concurrent_accreditations_are_told_apart(self, text_of):
        accreditations = [
            {"country": make_country("ETH"), "is_resident": True},
            {"country": make_country("KEN"), "is_resident": False},
            {"country": make_country("DZA")},
        ]
        mission = make_mission(receiving=make_country("ETH"), heads=[{"accreditations": accreditations}])

        page = text_of(mission.get_absolute_url())

        assert "Ethiopia resident" in page
        assert "Kenya concurrent, from elsewhere" in page
        assert "Algeria residence not said" in page

    def test_last_check_is_told_only_where_there_was_one(self, text_of):
        unchecked = make_mission()
        checked = make_mission(last_checked_on="2026-01-05")

        assert "never by an editor of ours" in text_of(unchecked.get_absolute_url())
        assert "5 January 2026" in text_of(checked.get_absolute_url())

    def test_differing_date_of_opening_stands_with_its_reason(self, text_of):
        other = {"source": make_source(), "field": "date", "stated": "2011-03", "reason": "Announced only in 2013."}
        step = opened("2014-12-23", citations=[{"source": make_source(), "field": "date"}, other])
        mission = make_mission(milestones=[step])

        page = text_of(mission.get_absolute_url())

        assert "23 December 2014" in page
        assert "March 2011" in page
        assert "Announced only in 2013." in page


class TestAgreementPage:
    def test_shows_parties_signatories_stages_and_what_it_belongs_to(self, text_of):
        agreement = make_agreement(
            title="Memorandum on mines",
            parties=[{"country": make_country("KAZ")}, {"organization": make_organization(name="Gécamines")}],
            signatories=[{"person": make_person(name="Yersaiyn Nagaspayev"), "country": make_country("KAZ")}],
            stages=[{"kind": "signed", "date": "2025-09-10", "note": "At Akorda."}],
            signed_at=make_event(title="State visit"),
            route=make_route(title="Cotonou"),
            project=make_project(title="A plant"),
            themes=[make_theme("Mining")],
        )

        page = text_of(agreement.get_absolute_url())

        for words in ("Gécamines", "Yersaiyn Nagaspayev", "10 September 2025", "At Akorda.", "State visit", "Cotonou"):
            assert words in page
        assert "A plant" in page
        assert "Mining" in page

    def test_list_queries_do_not_grow_with_parts(self, queries_of):
        def agreement():
            cited = [{"source": make_source()}]
            make_agreement(
                parties=[{"country": make_country()}, {"organization": make_organization()}],
                signatories=[{"person": make_person(), "country": make_country(), "citations": cited}],
                stages=[{"kind": "signed", "date": "2025", "citations": cited}],
                themes=[make_theme()],
            )

        for _number in range(2):
            agreement()
        few = queries_of("/agreements/")

        for _number in range(10):
            agreement()

        assert queries_of("/agreements/") == few <= 15

    def test_newest_come_first(self, text_of):
        make_agreement(title="Earlier", stages=[{"kind": "signed", "date": "2016"}])
        make_agreement(title="Later", stages=[{"kind": "signed", "date": "2024-03"}])

        page = text_of("/agreements/")

        assert page.index("Later") < page.index("Earlier")


def test_initiative_page_shows_goods_countries_and_how_far_it_has_come(text_of):
    initiative = make_initiative(
        countries=[make_country("COD")],
        commodities=[make_commodity("2617")],
        stages=[{"kind": "raised", "date": "2025-05-28"}],
        raised_at=make_event(title="Talks"),
    )

    page = text_of(initiative.get_absolute_url())

    for words in ("Democratic Republic of the Congo", "2617", "Raised", "28 May 2025", "Talks"):
        assert words in page


def test_programme_page_shows_whose_it_is_and_for_whom(text_of):
    programme = make_programme(
        country=make_country("KAZ"), beneficiaries=[make_bloc()], begins="2025", ends="2030",
        stages=[{"kind": "drafted", "date": "2025"}],
    )  # fmt: skip

    page = text_of(programme.get_absolute_url())

    for words in ("Kazakhstan", "Africa", "2025", "2030", "Being drafted"):
        assert words in page


def test_award_page_shows_class_and_every_ground(text_of):
    award = make_award(
        order="Order of Dostyk", order_class="I", grounds="Friendship of two nations\nPeace in the region",
        recipient=make_person(name="Félix Tshisekedi"), venue="Akorda",
    )  # fmt: skip

    page = text_of(award.get_absolute_url())

    for words in ("Order of Dostyk", "Friendship of two nations", "Peace in the region", "Félix Tshisekedi", "Akorda"):
        assert words in page


def test_relation_page_says_that_no_source_names_the_instrument(text_of):
    assert "not named by the sources here" in text_of(make_relation().get_absolute_url())
