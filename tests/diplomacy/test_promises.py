"""What is open, since when, and in which order; and what the page, the lists and the API say of it."""

from datetime import date

import pytest

from diplomacy.models import Agreement, Initiative
from diplomacy.promises import open_promises, promise_groups
from kzafrica.editorial.choices import Status
from tests.factories import make_agreement, make_country, make_event, make_initiative, make_organization, make_source

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 31)


def stages(*steps: str) -> list[dict]:
    """Stages written as "raised 2024", or "signed" without a date."""
    return [dict(zip(("kind", "date"), step.split(), strict=False)) for step in steps]


def commitment(text: str, **fields) -> dict:
    return {"kind": "commitment", "text": text, **fields}


def listed(**chosen) -> list[str]:
    groups = promise_groups(open_promises(**chosen), TODAY, **chosen)
    return [str(promise.record) for group in groups for promise in group.promises]


class TestWhatIsOpen:
    @pytest.mark.parametrize(
        ("steps", "is_open"),
        [
            (["raised 2024"], True),
            (["raised"], True),
            (["raised 2024", "agreed 2025"], True),
            (["raised 2024", "under_way"], True),
            (["raised 2024", "delivered 2025"], False),
            (["raised 2024", "delivered"], False),
            (["lapsed 2025"], False),
            (["raised 2001", "lapsed 2005", "raised 2020"], True),
            (["raised 2001", "lapsed 2005", "raised 2020", "delivered 2021"], False),
            (["raised 2001", "lapsed", "raised 2020"], False),
            (["raised 2001", "delivered 2005", "raised"], False),
            ([], True),
        ],
    )
    def test_an_initiative_until_it_is_delivered_or_lapsed(self, steps, is_open):
        initiative = make_initiative(stages=stages(*steps))

        assert initiative.is_open == is_open
        assert Initiative.objects.open().exists() == is_open

    @pytest.mark.parametrize(
        ("steps", "is_open"),
        [
            (["announced 2024"], True),
            (["announced"], True),
            (["announced 2024", "drafted 2025"], True),
            (["announced 2024", "signed 2025"], False),
            (["announced 2024", "signed"], False),
            (["drafted 2024", "submitted 2025"], False),
            (["ended 2020"], False),
            ([], False),
        ],
    )
    def test_an_agreement_that_is_announced_until_it_is_known_to_be_signed(self, steps, is_open):
        agreement = make_agreement(stages=stages(*steps))

        assert agreement.is_open == is_open
        assert Agreement.objects.open().exists() == is_open

    @pytest.mark.parametrize(
        ("steps", "since"),
        [
            (["raised 2024", "agreed 2025"], "2024"),
            (["agreed 2025", "raised 2024"], "2024"),
            (["raised", "agreed 2025"], "2025"),
            (["raised"], None),
            (["raised 2024", "delivered 2025"], None),
        ],
    )
    def test_it_is_open_since_its_first_dated_stage(self, steps, since):
        initiative = make_initiative(stages=stages(*steps))

        assert (str(initiative.open_since) if initiative.open_since else None) == since

    def test_one_raised_again_is_open_since_then(self, text_of, client):
        make_initiative(title="Again", slug="again", stages=stages("raised 2001", "lapsed 2005", "raised 2020"))
        make_initiative(title="Once", stages=stages("raised 2010"))

        assert listed() == ["Once", "Again"]
        assert "2020 open for" in text_of("/promises/")
        (row,) = client.get("/api/v1/initiatives/?open=true&ordering=title&limit=1").json()["results"]
        assert (row["id"], row["is_open"], row["open_since"]["edtf"]) == ("again", True, "2020")

    @pytest.mark.parametrize(
        ("occurrence", "kind", "status", "is_open"),
        [
            ("held", "commitment", Status.PUBLISHED, True),
            ("held", "topic", Status.PUBLISHED, False),
            ("cancelled", "commitment", Status.PUBLISHED, False),
            ("announced", "commitment", Status.PUBLISHED, False),
            ("held", "commitment", Status.DRAFT, False),
        ],
    )
    def test_text_of_a_public_event_that_was_held(self, occurrence, kind, status, is_open):
        make_event(occurrence=occurrence, status=status, outcomes=[{"kind": kind, "text": "Said"}])

        assert listed() == (["Said"] if is_open else [])

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_nothing_that_readers_may_not_see(self, status):
        make_initiative(status=status, stages=stages("raised 2024"))
        make_agreement(status=status, stages=stages("announced 2024"))

        assert listed() == []


class TestOrder:
    def test_the_oldest_comes_first_and_the_undated_last(self):
        for title, steps in (
            ("Late", ["raised 2025-06"]),
            ("Undated", ["raised"]),
            ("Early", ["raised 2019", "agreed 2025"]),
            ("Within 2025", ["raised 2025"]),
            ("By 2020", ["raised /2020"]),
        ):
            make_initiative(title=title, stages=stages(*steps))

        assert listed() == ["By 2020", "Early", "Within 2025", "Late", "Undated"]

    def test_kinds_follow_one_another_from_plans_to_words(self):
        make_event(date="2001", outcomes=[commitment("Words")])
        make_agreement(title="Agreement", stages=stages("announced 2002"))
        make_initiative(title="Initiative", stages=stages("raised 2003"))

        assert listed() == ["Initiative", "Agreement", "Words"]
        assert listed(kind="agreement") == ["Agreement"]

    def test_a_country_narrows_each_kind(self):
        kenya, egypt = make_country("KEN"), make_country("EGY")
        for country in (kenya, egypt):
            make_initiative(title=f"Plan {country}", countries=[country], stages=stages("raised 2024"))
            make_agreement(title=f"Deal {country}", parties=[{"country": country}], stages=stages("announced 2024"))
            make_event(host=country, outcomes=[commitment(f"Words {country}")])

        assert listed(country=kenya) == ["Plan Kenya", "Deal Kenya", "Words Kenya"]
        assert listed(country=kenya, kind="commitment") == ["Words Kenya"]


class TestPage:
    def test_each_promise_has_its_date_age_state_and_sources(self, client, text_of):
        kenya = make_country("KEN")
        paper = [make_source(publisher="Le Baobab")]
        make_initiative(
            title="Tea terminal", countries=[kenya], stages=stages("raised 2020-05-01", "agreed 2021"), citations=paper
        )
        body = make_organization(name="Ministry of Mines", country=kenya)
        make_agreement(title="Draft memorandum", parties=[{"organization": body}], stages=stages("drafted 2019"))
        make_event(
            title="Visit to Nairobi",
            date="/2018",
            outcomes=[commitment("To open a line", citations=paper), commitment("To meet again")],
        )

        words = text_of("/promises/")

        assert "1 May 2020 open for about" in words
        assert "Tea terminal Kenya Agreed Said by Le Baobab" in words
        assert "2019 open for" in words
        assert "Draft memorandum Ministry of Mines Drafted Said by Astana Times" in words
        assert "by 2018 at least" in words
        assert "To open a line said at Visit to Nairobi Said by Le Baobab" in words
        assert "To meet again said at Visit to Nairobi Said by Astana Times" in words
        assert "Nobody here has recorded whether they were kept." in words
        assert "4 open promises" in words

    def test_a_promise_without_a_date_says_so_and_has_no_age(self, text_of):
        make_initiative(title="Tea terminal", stages=stages("raised"))

        words = text_of("/promises/")

        assert "date not known Tea terminal Raised" in words
        assert "open for" not in words

    def test_menu_leads_to_it_while_something_is_open(self, text_of):
        assert "Open promises" not in text_of("/countries/")

        make_event(outcomes=[commitment("To meet again")])

        assert "Open promises" in text_of("/countries/")

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("country=KNE", "There is no “KNE” here. Did you mean “KEN”?"),
            ("kind=initative", "There is no “initative” here. Did you mean “initiative”?"),
            ("contry=KEN", "There is no parameter “contry”. Did you mean “country”?"),
            ("country=KEN&country=EGY", "“country” is given more than once"),
            ("page=0", "“0” is not a page"),
        ],
    )
    def test_refuses_what_it_cannot_read_and_keeps_its_form(self, client, text_of, query, sentence):
        make_country("KEN")
        make_initiative(title="Tea terminal", stages=stages("raised 2020"))

        words = text_of(f"/promises/?{query}", status=400)

        assert sentence in words
        assert "Filter this list" in words
        assert "Tea terminal" not in words

    def test_takes_its_own_form_sent_empty(self, text_of):
        make_initiative(title="Tea terminal", stages=stages("raised 2020"))

        assert "Tea terminal" in text_of("/promises/?country=&kind=&utm_source=mail")

    def test_queries_stay_flat_and_200_promises_are_paged_below_60_kb(self, client, queries_of):
        def fill(number: int) -> None:
            country = make_country("KEN")
            for step in range(number):
                cited = [{"kind": "raised", "date": "2024", "citations": [{}]}]
                make_initiative(title=f"Plan {step} of some length", countries=[country], stages=cited)
                make_agreement(
                    parties=[{"country": country}, {"country": make_country("KAZ")}], stages=stages("announced 2023")
                )
                make_event(host=country, outcomes=[commitment("To meet again and again", citations=[{}])])

        fill(2)
        few = queries_of("/promises/"), queries_of("/promises/?country=KEN")
        fill(16)
        make_event(outcomes=[commitment(f"Promise {number}", citations=[{}]) for number in range(150)])

        many = queries_of("/promises/"), queries_of("/promises/?country=KEN")
        assert many == few
        assert max(many) <= 21
        pages = [client.get(f"/promises/?page={number}") for number in (1, 2, 3, 4, 5)]
        assert max(len(page.content) for page in pages) < 65_000
        assert sum(len(group.promises) for page in pages for group in page.context["groups"]) == 204


class TestElsewhere:
    @pytest.mark.parametrize("make", [make_agreement, make_initiative])
    def test_the_page_of_an_open_one_says_for_how_long(self, text_of, make):
        first, last = ("announced", "signed") if make is make_agreement else ("raised", "delivered")
        is_open = make(stages=stages(f"{first} 2020-05-01"))
        settled = make(stages=stages(f"{first} 2020-05-01", f"{last} 2021"))

        assert "Still open for about" in text_of(is_open.get_absolute_url())
        assert "Still open" not in text_of(settled.get_absolute_url())

    @pytest.mark.parametrize("resource", ["agreements", "initiatives"])
    def test_lists_and_api_find_what_is_open_alike(self, client, resource):
        make = make_agreement if resource == "agreements" else make_initiative
        first, last = ("announced", "signed") if resource == "agreements" else ("raised", "delivered")
        is_open = make(stages=stages(f"{first} 2024", f"{first} 2025"))
        settled = make(stages=stages(f"{first} 2024", f"{last} 2025"))

        for value, found in (("true", is_open), ("FALSE", settled)):
            page = client.get(f"/{resource}/", {"open": value})
            rows = client.get(f"/api/v1/{resource}/", {"open": value}).json()["results"]
            assert [record.slug for record in page.context["object_list"]] == [found.slug]
            assert [row["id"] for row in rows] == [found.slug]
            assert rows[0]["is_open"] == (found is is_open)
            assert (rows[0]["open_since"] or {}).get("edtf") == ("2024" if found is is_open else None)

    @pytest.mark.parametrize("resource", ["agreements", "initiatives"])
    def test_open_is_yes_or_no(self, client, text_of, resource):
        answer = client.get(f"/api/v1/{resource}/", {"open": "maybe"})

        assert answer.status_code == 400
        [error] = answer.json()["errors"]
        assert error["parameter"] == "open"
        assert error["detail"].startswith("There is no “maybe” here.")
        assert "There is no “maybe” here." in text_of(f"/{resource}/?open=maybe", status=400)
