import pytest

from kzafrica.transliteration import in_latin, slug_of


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Мухтар Тлеуберди", "Mukhtar Tleuberdi"),
        ("Қасым-Жомарт Тоқаев", "Qasym-Zhomart Toqayev"),
        ("Ерлан Идрисов", "Yerlan Idrisov"),
        ("ЕРЛАН ИДРИСОВ", "YERLAN IDRISOV"),
        ("Я. Ежов, подъезд", "Ya. Yezhov, podyezd"),
        ("Ұлттық ғылым", "Ulttyq ghylym"),
        ("Єлена", "Yelena"),
        # Й taken apart, as macOS writes it.
        ("Сергей", "Sergey"),
        ("Félix Tshisekedi, السودان, 2025", "Félix Tshisekedi, السودان, 2025"),
    ],
)
def test_cyrillic_is_written_in_latin_letters_and_all_else_stays(text, latin):
    assert in_latin(text) == latin


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Встреча послов", "vstrecha-poslov"),
        ("Вестник 2025-09-10: Послы", "vestnik-2025-09-10-posly"),
        ("João Lourenço in Lobito", "joao-lourenco-in-lobito"),
        ("Bjørn Işık", "bjorn-isik"),
        ("السودان", ""),
    ],
)
def test_the_words_of_an_address_are_in_small_latin_letters(text, slug):
    assert slug_of(text, 100) == slug


def test_an_address_is_cut_before_its_hyphen():
    assert slug_of("Встреча послов", 9) == "vstrecha"
