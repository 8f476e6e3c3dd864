"""Records for tests. Each function fills in everything its caller does not care about, and nothing it does.

Keywords are the fields of the record. Parts are lists of mappings under their own name, citations may stand in them:

    make_event(title="Visit", participations=[{"country": congo}], outcomes=[{"kind": "topic", "text": "Copper"}])
    make_mission(milestones=[{"kind": "opened", "date": "2014", "citations": [{"source": source}]}])

Records are public and rest on one newspaper unless told otherwise: ``status=Status.DRAFT``, ``citations=False``, or
``citations=[{"source": source, "field": "date", "stated": "2023", "reason": "…"}]``, a source alone standing for a
citation that supports the record.
"""

from contextlib import suppress
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.utils.text import slugify

from diplomacy.models import Agreement, Award, Check, Initiative, Mission, Programme, Relation
from events.models import Event
from kzafrica.analysis.models import Article, Author
from kzafrica.editions.models import Edition
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Citation, Source
from kzafrica.editorial.references import ReferenceField, reference_to
from kzafrica.editorial.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, ensure_roles
from kzafrica.reference.models import Area, Bloc, Commodity, Country, Office, Organization, Person, Place, Theme
from kzafrica.statements.models import Claim, Figure
from tests.known_countries import FREE_CODES, FREE_NUMBERS, KNOWN_COUNTRIES, OWN_CODES
from trade.models import Project, Release, ReleaseFile, Route, Slice, TradeFlow

ROLES = {"contributor": CONTRIBUTORS, "editor": EDITORS, "administrator": ADMINISTRATORS}


# --- People who sign in


def make_user(role: str = "", username: str = "", *, password: str | None = None, **fields):
    """An account; ``role`` is "contributor", "editor", "administrator" or nothing.

    Without a password, sign it in by ``force_login``.
    """
    user_model = get_user_model()
    username = username or f"{role or 'user'}-{user_model.objects.count() + 1}"
    user = user_model.objects.create_user(username, password=password, **{"is_staff": bool(role), **fields})
    if role:
        group = Group.objects.filter(name=ROLES[role]).first() or ensure_roles()[ROLES[role]]
        user.groups.add(group)
    return user


# --- Reference data


def make_country(alpha3: str = "", **fields) -> Country:
    """The country of that code, made if it is not there yet; without a code another African state each time."""
    if alpha3 and (country := Country.objects.filter(alpha3=alpha3).first()):
        return country
    number = Country.objects.count() + 1
    if alpha3 in KNOWN_COUNTRIES:
        alpha2, m49, name, role = KNOWN_COUNTRIES[alpha3]
    else:
        alpha3, alpha2, m49 = alpha3 or OWN_CODES[number], FREE_CODES[number], FREE_NUMBERS[number]
        name, role = f"State {alpha3}", "african_state"
    return Country.objects.create(
        **{"alpha3": alpha3, "alpha2": alpha2, "m49": m49, "name": name, "role": role, **fields},
    )


def make_area(country: Country | None = None, **fields) -> Area:
    """The area of that country; without one, that of another African state each time, or what stands under a code."""
    if country is None and "code" not in fields:
        country = make_country()
    if country is None:
        return Area.objects.create(**{"name": f"Area {fields['code']}", **fields})
    codes = {"code": str(int(country.m49)), "alpha3": country.alpha3}
    return Area.objects.create(
        **{**codes, "name": country.name, "country": country, "is_african": country.is_african, **fields}
    )


def make_bloc(code: str = "002", *, members: list[Country] = (), **fields) -> Bloc:
    """The bloc of that code, made if it is not there yet; Africa unless told otherwise."""
    bloc = Bloc.objects.filter(code=code).first()
    if bloc is None:
        africa = {"name": "Africa", "kind": "continent"} if code == "002" else {"name": code}
        bloc = Bloc.objects.create(**{"code": code, **africa, **fields})
    for position, country in enumerate(members):
        bloc.memberships.create(country=country, status="member", verification="V", position=position)
    return bloc


def make_place(name: str = "", **fields) -> Place:
    name = name or f"Place {Place.objects.count() + 1}"
    return Place.objects.create(**{"slug": _slug(Place, name), "name": name, **_one("country", make_country, fields)})


def make_theme(name: str = "", **fields) -> Theme:
    name = name or f"Theme {Theme.objects.count() + 1}"
    return Theme.objects.create(**{"slug": _slug(Theme, name), "name": name, **fields})


def make_commodity(code: str = "2503", **fields) -> Commodity:
    """The commodity of that code, made if it is not there yet, without those above it."""
    known = Commodity.objects.filter(code=code, edition=fields.get("edition", "H6")).first()
    return known or Commodity.objects.create(
        **{"code": code, "level": len(code), "description": f"Goods of {code}", **fields}
    )


def make_office(title: str = "", **fields) -> Office:
    title = title or f"Minister {Office.objects.count() + 1}"
    return Office.objects.create(**{"slug": _slug(Office, title), "title": title, "kind": "minister", **fields})


# --- Records under workflow


def make_source(**fields) -> Source:
    """A source; ``authors=[{"name": "…", "affiliations": [{"text": "…"}]}]``. It needs no citation."""
    return _record(
        Source, fields, citations=False, kind="news", publisher="Astana Times", language="en", published="2025-09-10"
    )


def make_organization(**fields) -> Organization:
    return _record(Organization, fields, kind="ministry")


def make_person(**fields) -> Person:
    """A person; ``offices_held=[{"office": office}]``."""
    return _record(Person, fields)


def make_event(**fields) -> Event:
    """A meeting held on a day; ``participations=[…]``, ``outcomes=[…]``, ``themes=[…]``."""
    return _record(Event, fields, kind="meeting", level="minister", date="2025-09-10")


def make_relation(**fields) -> Relation:
    """Relations of Kazakhstan with another state."""
    fields = _one("second", make_country, _one("first", lambda: make_country("KAZ"), fields))
    first, second = fields["first"], fields["second"]
    return _record(Relation, fields, slug=f"{first.alpha3}-{second.alpha3}".lower(), established="1992-04-01")


def make_mission(**fields) -> Mission:
    """An embassy of Kazakhstan; ``milestones=[{"kind": "opened", "date": "2014"}]``,

    ``heads=[{"person": person, "accreditations": [{"country": country, "credentials_presented": "2014-05"}]}]``.
    """
    if "receiving_organization" not in fields:
        fields = _one("receiving", make_country, fields)
    return _record(Mission, _one("sending", lambda: make_country("KAZ"), fields))


def make_agreement(**fields) -> Agreement:
    """A memorandum; ``parties=[…]``, ``signatories=[…]``, ``stages=[{"kind": "signed", "date": "2025-09-10"}]``."""
    return _record(Agreement, fields, kind="memorandum")


def make_award(**fields) -> Award:
    fields = _one("country", lambda: make_country("KAZ"), fields)
    fields = _one("recipient", make_person, _one("recipient_country", make_country, fields))
    return _record(Award, fields, order="Order of Dostyk", date="2025-09-10")


def make_initiative(**fields) -> Initiative:
    """Something raised; ``stages=[{"kind": "raised", "date": "2025"}]``, ``countries=[…]``, ``commodities=[…]``."""
    return _record(Initiative, fields)


def make_programme(**fields) -> Programme:
    return _record(Programme, fields, kind="strategy")


def make_check(country: Country | None = None, **fields) -> Check:
    """When an editor last looked for missions of Kazakhstan in a state."""
    country = country or make_country()
    defaults = {"strand": "missions_sent", "checked_on": date(2026, 1, 1)}
    return Check.objects.create(**{"country": country, **defaults, **fields})


def make_figure(**fields) -> Figure:
    """What a source states: Kazakhstan's turnover with Africa in 2024, unless told otherwise.

    ``subject`` and ``counterpart`` may be records or text such as "country/COD".
    """
    fields = _one("subject", lambda: make_country("KAZ"), fields)
    if not fields.get("base_measure"):
        fields = _one("counterpart", make_bloc, fields)
    if fields.get("qualifier") == "range":
        printed = f"{fields['low']} to {fields['high']}"
    else:
        fields = {"value": "783000000", **fields}
        printed = str(fields["value"])
    return _record(Figure, fields, measure="turnover", unit="USD", period="2024", printed=printed)


def make_derived_figure(inputs: list[tuple[Figure, str]] = (), **fields) -> Figure:
    """A figure computed from others, given with their roles; the turnover of 2023 from that of 2024 and its growth."""
    if not inputs:
        growth = make_figure(measure="growth", base_measure="turnover", value="15.1", unit="percent", printed="15.1 %")
        inputs = [(make_figure(printed="$783 million"), "value"), (growth, "growth")]
    first = inputs[0][0]
    scope = {name: getattr(first, name) for name in ("measure", "subject", "counterpart", "unit")}
    rows = [{"figure": figure, "role": role} for figure, role in inputs]
    defaults = {"origin": "derived", "formula": "previous_from_growth", "period": "2023", "citations": False}
    return _record(Figure, {"inputs": rows, **scope, **defaults, **fields})


def make_claim(**fields) -> Claim:
    """A claim; ``subjects=[country, "event/…"]``, ``checked_against=[figure]``."""
    subjects = [{"record": subject} for subject in fields.pop("subjects", [])]
    return _record(
        Claim, {"subjects": subjects, **fields}, kind="cause", result="holds", reason="Compared with the figures."
    )


def make_route(**fields) -> Route:
    """A corridor; ``calls=[{"place": place, "onward_mode": "sea"}]``, ``stages=[{"kind": "proposed"}]``."""
    return _record(Route, fields)


def make_project(**fields) -> Project:
    """A plant; ``parties=[{"organization": organization}]``, ``stages=[{"kind": "agreed", "date": "2025"}]``."""
    return _record(Project, fields, kind="plant")


def make_release(**fields) -> Release:
    """One loaded file of trade rows, with none yet."""
    number = Release.objects.count() + 1
    release = _record(Release, _one("source", _newspaper, fields), title=f"Release {number}")
    ReleaseFile.objects.create(
        release=release,
        name=f"rows-{number}.csv",
        checksum=f"{number:064}",
        layout="comtrade_csv",
        size_bytes=1,
        row_count=1,
    )
    return release


def make_trade_flow(**fields) -> TradeFlow:
    """One row: Kazakhstan's exports of all goods in 2024."""
    fields = _one("slice", make_slice, _one("partner", lambda: _area_of("COD"), fields))
    return TradeFlow.objects.create(**{"flow": "X", "value_usd": 100, "line": TradeFlow.objects.count() + 2, **fields})


def make_slice(**fields) -> Slice:
    """What a release holds of one reporter and year: Kazakhstan in 2024."""
    fields = _one("reporter", lambda: _area_of("KAZ"), _one("release", make_release, fields))
    return Slice.objects.create(**{"year": 2024, "edition": "H6", "is_current": fields["release"].is_public, **fields})


def make_author(name: str = "", **fields) -> Author:
    name = name or f"Author {Author.objects.count() + 1}"
    return Author.objects.create(**{"slug": _slug(Author, name), "name": name, **fields})


def make_article(**fields) -> Article:
    """A signed article; ``authors=[author]``, ``records_discussed=[{"record": "country/COD"}]``."""
    return _record(
        Article, _one("authors", lambda: [make_author()], fields), body="What came of it.", date="2025-10-01"
    )


def make_edition(name: str = "kz-africa-2026-11-26", **fields) -> Edition:
    """The row of an edition; there is no file behind it."""
    whole = {"content_revision": 1, "size_bytes": 1, "sha256": "0" * 64, "has_parquet": False, "path": f"{name}.zip"}
    return Edition.objects.create(name=name, **{"day": date(2026, 11, 26), **whole, **fields})


def make_citation(record: models.Model, source: Source | None = None, **fields) -> Citation:
    """What a source says about a record or part; it differs where ``stated`` is given."""
    if fields.get("stated"):
        fields = {"reason": "The other source is closer to the event.", **fields}
    return Citation.objects.create(target=record, source=source or _newspaper(), **fields)


def make_record(model: type[models.Model], **fields) -> models.Model:
    """A record of that model by its own function above, for tests that go through all of them."""
    return MAKERS[model](**fields)


MAKERS = {
    Source: make_source,
    Organization: make_organization,
    Person: make_person,
    Event: make_event,
    Relation: make_relation,
    Mission: make_mission,
    Agreement: make_agreement,
    Award: make_award,
    Initiative: make_initiative,
    Programme: make_programme,
    Check: make_check,
    Figure: make_figure,
    Claim: make_claim,
    Route: make_route,
    Project: make_project,
    Release: make_release,
    Article: make_article,
    Country: make_country,
    Area: make_area,
    Bloc: make_bloc,
    Place: make_place,
    Theme: make_theme,
    Commodity: make_commodity,
    Office: make_office,
    Author: make_author,
}


# --- How they are made


def _record(model: type[models.Model], fields: dict, **defaults) -> models.Model:
    """Save the record with its parts and citations, then bring it where its status says."""
    given = {"status": Status.PUBLISHED, "citations": True, **defaults, **fields}
    status, citations = given.pop("status"), given.pop("citations")
    words = next((name for name in ("title", "name", "text") if hasattr(model, name)), None)
    if words and not given.get(words) and not given.get(f"{words}_en"):
        given[words] = f"{model._meta.verbose_name.capitalize()} {model.objects.count() + 1}"
    if not given.get("slug"):
        given["slug"] = _slug(model, given.get(words) or given.get(f"{words}_en") or model._meta.model_name)
    record = _saved(model, given)
    _cite(record, citations)
    _bring_to(record, status)
    return record


def _bring_to(record: models.Model, status: str) -> None:
    """By the workflow, as the system user, which acts alone."""
    steps = {
        Status.DRAFT: (),
        Status.IN_REVIEW: (workflow.submit,),
        Status.PUBLISHED: (workflow.publish,),
        Status.WITHDRAWN: (workflow.publish, workflow.withdraw),
    }
    for step in steps[status]:
        step(record, by=workflow.system_user(), note="Made for a test")


def _saved(model: type[models.Model], fields: dict, **owner) -> models.Model:
    """The record or part with its many-to-many and parts, however deep."""
    many = {field.name for field in model._meta.many_to_many} & fields.keys()
    parts = set(getattr(model, "part_names", ())) & fields.keys()
    plain = {name: value for name, value in fields.items() if name not in many | parts}
    for field in model._meta.fields:
        if isinstance(field, ReferenceField) and isinstance(plain.get(field.name), models.Model):
            plain[field.name] = reference_to(plain[field.name])
    record = model.objects.create(**plain, **owner)
    for name in many:
        getattr(record, name).set(fields[name])
    for name in parts:
        relation = model._meta.get_field(name)
        for position, content in enumerate(fields[name]):
            content = {"position": position, **content}
            citations = content.pop("citations", [])
            _cite(_saved(relation.related_model, content, **{relation.field.name: record}), citations)
    with suppress(AttributeError):
        # What was counted while the record was made must not be read from memory afterwards.
        del record._prefetched_objects_cache
    return record


def _cite(record: models.Model, citations) -> None:
    for position, citation in enumerate([{}] if citations is True else citations or []):
        details = {"source": citation} if isinstance(citation, Source) else citation
        make_citation(record, **{"position": position, **details})


def _newspaper() -> Source:
    """The one source of everything that names none."""
    return Source.objects.filter(slug="a-newspaper").first() or make_source(slug="a-newspaper", title="A newspaper")


def _area_of(alpha3: str) -> Area:
    country = make_country(alpha3)
    return country.areas.first() or make_area(country)


def _one(name: str, make, fields: dict) -> dict:
    """The fields, with one more where the caller has not given it."""
    return fields if name in fields else {**fields, name: make()}


def _slug(model: type[models.Model], words: str) -> str:
    """From the words; with a number behind it where that is taken."""
    slug = slugify(words)[:50] or model._meta.model_name
    taken = model.objects.filter(slug__startswith=slug).count()
    return f"{slug}-{taken + 1}" if taken else slug
