"""People, organizations and countries are found under every form of their name: on pages, in the API, in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kzafrica.editorial.choices import Status
from kzafrica.reference.models import Country, Organization, Person
from tests.factories import make_country, make_mission, make_office, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db


def form(text: str, kind: str = "spelling") -> dict:
    return {"text": text, "kind": kind}


@pytest.fixture
def tokayev():
    forms = [form("Касым-Жомарт Токаев", "transliteration"), form("قاسم جومارت توكاييف", "transliteration")]
    return make_person(name="Kassym-Jomart Tokayev", name_kk="Қасым-Жомарт Тоқаев", name_forms=forms)


@pytest.fixture
def others():
    make_person(name="Félix Tshisekedi", name_forms=[form("Felix Antoine Tshisekedi Tshilombo")])
    make_person(name="Denis Sassou N’Guesso")
    make_person(name="Karamoko Jean-Marie Traoré")


@pytest.mark.parametrize(
    "words",
    [
        "Tokayev",
        "tokayev",
        "TOKAYEV kassym",
        "Jomart-Kassym",
        "toka",
        "токаев",
        "ТОКАЕВ касым",
        "Тоқаев",
        "тоқаев қасым-жомарт",
        "توكاييف",
        "تُوكَاييف",
        "توکایيف",
        " Токаев  Tokayev ",
    ],
)
@pytest.mark.usefixtures("others")
def test_a_person_is_found_on_page_and_api_alike(client, tokayev, words):
    page = client.get("/people/", {"q": words})
    answer = client.get("/api/v1/people/", {"q": words})

    assert [person.slug for person in page.context["object_list"]] == [tokayev.slug]
    assert [row["id"] for row in answer.json()["results"]] == [tokayev.slug]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("felix", "Félix Tshisekedi"),
        ("FÉLIX", "Félix Tshisekedi"),
        ("traore", "Karamoko Jean-Marie Traoré"),
        ("jean marie", "Karamoko Jean-Marie Traoré"),
        ("n'guesso", "Denis Sassou N’Guesso"),
        ("N’Guesso", "Denis Sassou N’Guesso"),
        ("sassou-nguesso", "Denis Sassou N’Guesso"),
    ],
)
@pytest.mark.usefixtures("others", "tokayev")
def test_accents_apostrophes_and_hyphens_do_not_matter(words, name):
    assert [person.name for person in Person.objects.named(words)] == [name]


@pytest.mark.usefixtures("others", "tokayev")
@pytest.mark.parametrize("words", ["Tokayev Felix", "’", "%", "_", "nobody", "\x00"])
def test_every_word_has_to_be_in_a_name_of_one_person(words):
    assert not Person.objects.named(words).exists()


def test_a_draft_is_found_by_nobody(client):
    make_person(name="Not Yet Reviewed", status=Status.DRAFT)

    assert not client.get("/people/", {"q": "reviewed"}).context["object_list"]
    assert client.get("/api/v1/people/", {"q": "reviewed"}).json()["results"] == []


def test_an_organization_is_found_under_every_form_of_its_name(client):
    ministry = make_organization(name="Ministère des Mines", name_ru="Министерство горнорудной промышленности")
    union = make_organization(name="African Union", name_forms=[form("الاتحاد الأفريقي"), form("L'Union africaine")])

    for words, found in (("ministere", ministry), ("МИНЕС", None), ("горнорудной", ministry), ("الافريقي", union)):
        page = client.get("/organizations/", {"q": words})
        rows = client.get("/api/v1/organizations/", {"q": words}).json()["results"]
        expected = [found.slug] if found else []
        assert [row.slug for row in page.context["object_list"]] == [row["id"] for row in rows] == expected


def test_a_country_is_found_by_its_stored_names_and_its_capital(client):
    make_country("GNB", name_ru="Гвинея-Бисау", name_fr="Guinée-Bissau")
    make_country("COG", name_en="Republic of the Congo", capital="Brazzaville")
    make_country("COD")

    for words, found in (
        ("guinee bissau", ["GNB"]),
        ("гвинея", ["GNB"]),
        ("Congo-Brazzaville", ["COG"]),
        ("congo", ["COD", "COG"]),
        ("cod", ["COD"]),
    ):
        rows = client.get("/api/v1/countries/", {"q": words}).json()["results"]
        assert [row["id"] for row in rows] == found


def test_a_head_of_mission_is_found_by_a_form_of_the_name(client):
    head = make_person(name="Barlybay Sadykov", name_forms=[form("Барлыбай Садыков")])
    make_country("KAZ")
    make_mission(heads=[{"person": head}, {"person": make_person(name="Someone Else")}])

    rows = client.get("/api/v1/heads-of-mission/", {"q": "садыков"}).json()["results"]

    assert [row["person"]["name"] for row in rows] == ["Barlybay Sadykov"]


@pytest.mark.parametrize(
    ("model", "make"), [(Person, make_person), (Organization, make_organization), (Country, make_country)]
)
def test_editors_find_them_so_too(client, model, make):
    record = make(name="Élan", name_ru="Порыв")
    make()
    client.force_login(make_user("editor"))
    address = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"

    for words in ("elan", "ПОРЫВ"):
        assert list(client.get(reverse(address), {"q": words}).context["cl"].result_list) == [record]


def test_words_and_filters_narrow_one_another(client, tokayev):
    make_person(name="Kassym Other", offices_held=[{"office": make_office(country=make_country("COD"))}])

    assert len(client.get("/people/", {"q": "kassym"}).context["object_list"]) == 2
    assert len(client.get("/people/", {"q": "kassym", "country": "COD"}).context["object_list"]) == 1
    assert client.get("/people/", {"q": "kassym", "contry": "COD"}).status_code == 400


def test_a_search_costs_one_query_more_however_many_names_there_are(tokayev):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(Person.objects.published().named("tokayev"))
        return len(queries)

    few = cost()
    for number in range(30):
        make_person(name=f"Person {number}", name_forms=[form(f"Form {number}")])

    assert cost() == few == 2
