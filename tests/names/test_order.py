"""The order of names in each language, the same in every database and in the rules of Unicode."""

import pytest
from babel import Locale
from django.db import connection
from django.db.models.functions import Collate
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.collation import KEY_LENGTH, sort_key
from kzafrica.reference.models import Bloc, Country, Organization, Person, Theme
from kzafrica.translation import fill_order_columns
from tests.factories import make_country, make_mission, make_organization, make_person

LANGUAGES = ("en", "kk", "ru", "fr")
IN_ORDER = {
    "en": "Åland, Cape Verde, Chad, Côte d’Ivoire, Cuba, Guinea, Guinea-Bissau, São Tomé, Saudi Arabia, Алматы, مصر",
    "fr": "cote, coté, côte, côté, Égypte, Émirats arabes unis, Érythrée, Estonie, États-Unis, Éthiopie, Œuvre, Oman",
    "ru": "Алжир, Әділет, Ежов, Елка, Ёлка, Ель, Жук, Йемен, Кения, Қазақстан, ЮАР, Якутия, Algeria",
    "kk": "Алжир, Әзірбайжан, Гана, Ғана, Ель, Ёлка, Ирак, Кения, Қазақстан, Нигер, Ңа, Оман, Өзбекстан, Уганда, "
    "Ұлыбритания, Үндістан, Ханой, Һонг, Цюрих, Ыстықкөл, Іле, Эстония, Algeria, مصر",
}
words = st.text(max_size=30) | st.text("aAéÉèçœ bB-’жёЁеәіүұ01", max_size=12)
in_a_language = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_in_the_order_of_the_language(language):
    names = IN_ORDER[language].split(", ")

    mixed = sorted(names)
    assert sorted(mixed, key=lambda name: sort_key(name, language)) == names


@given(words, in_a_language)
def test_a_key_is_of_digits_alone_and_fits_its_column(text, language):
    key = sort_key(text, language)

    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) <= KEY_LENGTH


@given(words, in_a_language)
def test_neither_case_nor_blanks_around_a_name_move_it(text, language):
    assert sort_key(f"  {text} ", language) == sort_key(text, language)
    if text.isascii():
        assert sort_key(text.upper(), language) == sort_key(text.lower(), language)


@given(
    st.text("abcdefghijklmnopqrstuvwxyz", max_size=15),
    st.text("abcdefghijklmnopqrstuvwxyz", max_size=15),
    in_a_language,
)
def test_plain_names_stand_as_in_a_dictionary(one, other, language):
    assert (sort_key(one, language) < sort_key(other, language)) == (one < other)


@given(st.text("aeoéèêôœ", min_size=1, max_size=8), st.text("aeoéèêôœ", min_size=1, max_size=8))
def test_an_accent_decides_only_between_names_that_are_otherwise_the_same(one, other):
    def plain(text):
        return text.translate(str.maketrans({"é": "e", "è": "e", "ê": "e", "ô": "o", "œ": "oe"}))

    if plain(one) < plain(other):
        assert sort_key(one, "fr") < sort_key(other, "fr")


@pytest.mark.django_db
class TestInTheDatabase:
    @pytest.fixture
    def names(self):
        """Organizations with a name in each language, half of them in English alone."""
        for number, row in enumerate(zip(*(IN_ORDER[code].split(", ") for code in LANGUAGES), strict=False)):
            said = dict(zip((f"name_{code}" for code in LANGUAGES), row, strict=True))
            if number % 2:
                said |= {"name_kk": "", "name_ru": "", "name_fr": ""}
            make_organization(slug=f"organization-{number:02}", **said)
        return Organization.objects

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_list_stands_in_the_order_of_the_language_read(self, names, language):
        with override(language):
            shown = [organization.name for organization in names.all()]

        assert len(shown) > 10
        assert shown == sorted(shown, key=lambda name: sort_key(name, language))

    @pytest.mark.parametrize("address", ["/{}organizations/", "/{}organizations/?ordering=name"])
    @pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("kk", "kk/"), ("ru", "ru/"), ("fr", "fr/")])
    def test_the_page_shows_it_so(self, client, names, address, language, prefix):
        page = client.get(address.format(prefix)).content.decode()

        with override(language):
            places = [page.index(f"/organizations/{organization.slug}/") for organization in names.all()]
        assert places == sorted(places)

    @pytest.mark.parametrize("ordering", ["", "&ordering=-name"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_pages_of_the_api_give_every_row_once_in_that_order(self, client, names, language, ordering):
        address, rows = f"/api/v1/organizations/?limit=3{ordering}", []
        while address:
            page = client.get(address, headers={"Accept-Language": language}).json()
            rows += [row["id"] for row in page["results"]]
            address = page["next"]

        with override(language):
            wanted = [organization.slug for organization in names.all()]
        assert rows == (wanted[::-1] if ordering else wanted)

    def test_a_renamed_record_moves_to_its_new_place(self):
        person = make_person(name="Ákos", name_fr="Zoé")
        make_person(name="Béla", name_fr="Émile")
        person.name_fr = "Anne"
        person.save()

        with override("fr"):
            assert [str(one) for one in Person.objects.all()] == ["Anne", "Émile"]

    def test_choices_of_a_filter_stand_in_the_order_of_the_language(self, client):
        names = {"KEN": "Kenya", "ETH": "Éthiopie", "DZA": "Algérie", "ZAF": "Afrique du Sud"}
        for code, name in names.items():
            make_country(code, name_fr=name)
        make_mission()

        page = client.get("/fr/missions/").content.decode()

        places = [page.index(f">{name}</option>") for name in names.values()]
        assert places == sorted(places, reverse=True)

    def test_rows_without_keys_get_them(self):
        theme = Theme.objects.create(slug="energy", name="Energy", name_fr="Énergie")
        key = theme.name_order_fr
        Theme.objects.update(name_order_fr="", name_order_en="")

        fill_order_columns(Theme)

        assert Theme.objects.values_list("name_order_fr", "name_order_en").get() == (key, sort_key("Energy"))

    def test_a_key_by_another_language_is_that_of_the_english_name_where_there_is_no_other(self):
        bloc = Bloc.objects.create(code="XX", name="Économie")

        assert bloc.name_order_ru == sort_key("Économie", "ru")

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no collation of Unicode")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_of_countries_and_languages_stand_as_icu_sorts_them(self, language):
        names = set()
        for locale in (Locale(language), Locale("kk" if language in {"en", "fr"} else "fr")):
            names |= {*locale.territories.values(), *locale.languages.values()}
        # A hyphen is a blank to us, and neither case nor other signs count.
        names = {name.casefold() for name in names if all(letter.isalpha() or letter == " " for letter in name)}
        Theme.objects.bulk_create(Theme(slug=f"name-{number}", name=name) for number, name in enumerate(names))

        by_icu = Theme.objects.order_by(Collate("name_en", f"{language}-x-icu"))
        by_key = Theme.objects.order_by(f"name_order_{language}")

        assert len(names) > 500
        assert [theme.name for theme in by_key] == [theme.name for theme in by_icu]


@pytest.mark.django_db
def test_two_countries_never_share_a_place():
    for code in ("COD", "COG", "GIN", "GNB", "GNQ"):
        make_country(code)

    for language in LANGUAGES:
        keys = Country.objects.values_list(f"name_order_{language}", flat=True)
        assert len(set(keys)) == len(keys)
