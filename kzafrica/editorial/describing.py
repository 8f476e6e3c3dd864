"""What the descriptions of all sections have in common; each section says in its own ``metadata.py`` what it is."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.choices import SourceKind
from kzafrica.editorial.labels import record_label
from kzafrica.editorial.models import Source
from kzafrica.linked_data import Description, iso_day

SOURCE_TYPES = {
    SourceKind.NEWS: "NewsArticle",
    SourceKind.INTERVIEW: "NewsArticle",
    SourceKind.OPINION: "OpinionNewsArticle",
    SourceKind.ANALYSIS: "AnalysisNewsArticle",
    SourceKind.STATISTICS: "Dataset",
}


def described(
    record,
    item: dict,
    *,
    kind: str = "",
    summary: str = "",
    date: ImpreciseDate | None = None,
    place: str = "",
    sides: Iterable = (),
    **more,
) -> Description:
    """The description of a record. Without a summary its facts make the sentence: kind, date, place, sides."""
    names = tuple(str(side) for side in sides if side)
    kind = kind or record_label(type(record))
    facts = [fact for fact in (kind, date.text() if date else "", place, " – ".join(names)) if fact]
    sentence = summary or (f"{'. '.join(facts)}." if facts else "")
    return Description(str(record), kind, " ".join(sentence.split()), item, date, place, names, **more)


def fragment_of(record) -> str:
    """The page of a country is about the pair, so that the country itself is another thing on it."""
    return "country" if record._meta.model_name == "country" else "it"


def identity(record, fragment: str = "it") -> str:
    """What names a record to programs, the same in every language; without the address of the site in front.

    Empty for what has no page.
    """
    if not hasattr(record, "get_absolute_url"):
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{record.get_absolute_url()}#{fragment}"


def country_item(country) -> dict | None:
    if country is None:
        return None
    return {
        "@type": "Country",
        "@id": identity(country, fragment_of(country)),
        "name": country.name,
        "identifier": country.alpha3,
    }


def place_item(place, venue: str = "") -> dict | None:
    """A place of the record: its country always, its point on earth where it is known."""
    if place is None:
        return {"@type": "Place", "name": venue} if venue else None
    point = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return {
        "@type": "Place",
        "name": ", ".join(filter(None, (venue, place.name))),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": place.name,
            "addressCountry": place.country.alpha2,
        },
        "geo": point if place.latitude is not None else None,
    }


def person_item(person) -> dict | None:
    return {"@type": "Person", "@id": identity(person), "name": str(person)} if person else None


def organization_item(body) -> dict:
    return {"@type": "Organization", "@id": identity(body), "name": str(body)}


def describe_source(source: Source) -> Description:
    authors = [author.name for author in source.authors.all()]
    item = {
        "@type": SOURCE_TYPES.get(source.kind, "CreativeWork"),
        "headline": source.title,
        "author": [{"@type": "Person", "name": name} for name in authors],
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": iso_day(source.published),
        "inLanguage": source.language,
        "sameAs": [address for address in (source.url, source.archived_url) if address],
    }
    facts = (source.get_kind_display(), source.publisher, source.published.text() if source.published else "")
    return described(
        source,
        item,
        kind=source.get_kind_display(),
        summary=f"{'. '.join(filter(None, facts))}.",
        date=source.published,
    )
