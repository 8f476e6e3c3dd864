"""A small world that can be searched in every way, and questions about it."""

from tests.factories import (
    make_agreement,
    make_bloc,
    make_commodity,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_organization,
    make_person,
    make_place,
    make_source,
    make_theme,
)


def make_searched_world() -> None:
    kazakhstan = make_country("KAZ", name_kk="Қазақстан", name_ru="Казахстан", name_fr="Kazakhstan")
    kenya = make_country("KEN", name_kk="Кения", name_ru="Кения", name_fr="Kenya", capital="Nairobi")
    congo = make_country("COD", name="Congo, Democratic Republic of the", name_ru="Конго (ДР)", capital="Kinshasa")
    other_congo = make_country(
        "COG", name="Congo, Republic of the", name_ru="Конго (Республика)", capital="Brazzaville"
    )
    tokayev = make_person(
        slug="tokayev",
        name="Kassym-Jomart Tokayev",
        name_forms=[{"text": "Қасым-Жомарт Тоқаев"}, {"text": "Касым-Жомарт Токаев"}, {"text": "قاسم جومارت توكاييف"}],
    )
    make_person(slug="nguesso", name="Denis Sassou N’Guesso", name_forms=[{"text": "Дени Сассу-Нгессо"}])
    make_event(
        slug="state-visit",
        title="State visit of the President of the Congo",
        title_ru="Государственный визит Президента Конго",
        title_kk="Конго Президентінің мемлекеттік сапары",
        title_fr="Visite d’État du président du Congo et signature de l’accord économique",
        summary="They spoke of beryllium, of copper and of embassies.",
        date="2025-09-09/2025-09-10",
        place=make_place("Astana", country=kazakhstan, other_names="Akmola; Целиноград"),
        participations=[{"country": congo}, {"person": tokayev, "country": kazakhstan}],
        themes=[make_theme("Mining")],
    )
    make_event(
        slug="talks",
        title="Talks in Nairobi",
        summary="State of a visit.",
        date="2023",
        participations=[{"country": kenya}],
    )
    make_mission(
        slug="embassy",
        title="Embassy of Kazakhstan in Kenya",
        title_ru="Посольство Казахстана в Кении",
        title_kk="Қазақстанның Кениядағы елшілігі",
        sending=kazakhstan,
        receiving=kenya,
        milestones=[{"kind": "decree", "date": "2024"}, {"kind": "planned", "date": "2026~"}],
    )
    make_agreement(
        slug="accord",
        title="Memorandum on grain",
        parties=[{"country": other_congo}],
        stages=[{"kind": "signed", "date": "2024-12"}],
    )
    make_organization(
        slug="ministry", name="Ministry of Foreign Affairs", name_ru="Министерство иностранных дел", country=kenya
    )
    make_bloc("002", members=[kenya])
    make_figure(slug="turnover", title="Turnover with Africa, 2024")
    make_source(slug="story", title="Ambassadors’ stories", publisher="The Paper", published="2025-01")
    make_commodity("0902", description="Tea, whether or not flavoured")
    make_commodity("090210", description="Tea; green")


QUESTIONS = [
    ("", {}),
    ("kenya", {}),
    ("KENYA embassies", {}),
    ("Кении посольства", {}),
    ("елшілігінің", {}),
    ("елшілік кения", {}),
    ("congo", {}),
    ("конго", {}),
    ("DRC", {}),
    ("токаев", {}),
    ("тоқаев", {}),
    ("توكاييف", {}),
    ("nguesso", {}),
    ("n'guesso sassou", {}),
    ("accord", {}),
    ("economique", {}),
    ("beryll", {}),
    ("“state visit”", {}),
    ('"of the congo"', {}),
    ("090", {}),
    ("tea", {}),
    ("the", {}),
    ("kenya", {"type": "event"}),
    ("kenya", {"country": "KEN"}),
    ("congo", {"year": 2025}),
    ("kenya", {"year": 2026}),
    ("kenya", {"year": 2025}),
    ("visit", {"year": 2023}),
    ("конго", {"language": "ru"}),
    ("visite", {"language": "fr"}),
    ("methodology", {}),
    ("источники", {}),
]
