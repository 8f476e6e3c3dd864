"""The JSON-LD context of our own documents: every term they use, and nothing else. Knows no model and asks nobody.

Terms are those of schema.org, under the addresses that its own context gives them; beside them stand the date as EDTF,
by Dublin Core and the datatype of the Library of Congress, and the pages of a list, by Hydra.
"""

import re
from collections.abc import Mapping
from typing import Any

SCHEMA = "http://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CLASSES = words("""
    AnalysisNewsArticle BreadcrumbList CategoryCode Claim Collection Corporation Country CreativeWork
    DataDownload Dataset DefinedTerm Event GeoCoordinates GovernmentOrganization ImageObject ListItem NewsArticle
    Observation OpinionNewsArticle Organization Person Place PostalAddress Project Property PropertyValue
    ResearchOrganization Thing WebPage WebSite
""")
TEXTS = words("""
    addressCountry addressLocality alternateName codeValue creativeWorkStatus description encodingFormat genre headline
    identifier inLanguage jobTitle measurementTechnique name temporalCoverage termCode text unitText
""")
NUMBERS = words("height position version width")
# Amounts are decimals in text, so that no digit is lost in a float.
DECIMALS = words("latitude longitude maxValue minValue value")
# The datatype says how precise it is, so it stands with each value: see ``typed``.
DATES = words("dateModified datePublished endDate observationDate startDate")
THINGS = words("""
    about address areaServed attendee author breadcrumb citation contributor creator distribution geo
    hasPart isBasedOn isPartOf itemListElement location locationCreated mainEntity mainEntityOfPage measuredProperty
    member observationAbout parentOrganization primaryImageOfPage publisher superEvent variableMeasured
""")
ADDRESSES = words("contentUrl eventStatus image item license sameAs url")


def context() -> dict:
    """The whole context as a document."""
    plain = {name: f"{SCHEMA}{name}" for name in (*CLASSES, *TEXTS, *NUMBERS, *DATES)}
    decimals = {name: {"@id": f"{SCHEMA}{name}", "@type": f"{XSD}decimal"} for name in DECIMALS}
    links = {name: {"@id": f"{SCHEMA}{name}", "@type": "@id"} for name in (*THINGS, *ADDRESSES)}
    more = {
        "edtf": {"@id": "http://purl.org/dc/terms/date", "@type": EDTF},
        "next": {"@id": "http://www.w3.org/ns/hydra/core#next", "@type": "@id"},
        "previous": {"@id": "http://www.w3.org/ns/hydra/core#previous", "@type": "@id"},
    }
    return {"@context": {"@version": 1.1, **dict(sorted((plain | decimals | links).items())), **more}}


def datatype(date: str) -> str:
    """The datatype of XML Schema that is as precise as the date: a moment, a day, a month or a year."""
    for form, name in ((r".*T.*", "dateTime"), (r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth")):
        if re.fullmatch(form, date):
            return f"{XSD}{name}"
    return f"{XSD}gYear"


def typed(value: Any) -> Any:
    """The same as in the head of a page, each date with its datatype, terms of schema.org under one address."""
    if isinstance(value, Mapping):
        return {
            name: {"@value": member, "@type": datatype(member)}
            if name in DATES and isinstance(member, str)
            else typed(member)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [typed(member) for member in value]
    is_term = isinstance(value, str) and value.startswith("https://schema.org/")
    return SCHEMA + value.removeprefix("https://schema.org/") if is_term else value
