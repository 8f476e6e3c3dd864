"""The lists of codes that keys and attributes are of, from reference data, public records and vocabularies."""

from collections.abc import Callable

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.models import Source
from kzafrica.reference.models import CURRENT_HS_EDITION, Area, Commodity
from kzafrica.sdmx.artefacts import NOT_APPLICABLE, Code, as_written, in_languages
from kzafrica.sdmx.figure_series import STATUSES, figure_titles, side_codes
from kzafrica.sdmx.trade_series import goods_of_rows
from kzafrica.statements.choices import Direction, Measure, Origin, Qualifier, Reliability, Unit
from kzafrica.translation import translated_names
from trade.choices import Flow, Perspective
from trade.models import Release
from trade.rows import TOTAL

TITLED, CITED = ("code", "description"), ("slug", "publisher", "title")
FREQUENCIES = {"A": _("Years"), "S": _("Half-years"), "Q": _("Quarters"), "M": _("Months"), "D": _("Days")}


def of_words(words: dict[str, str | Promise]) -> list[Code]:
    return [Code(str(key), in_languages(name)) for key, name in words.items()]


def of_choices(choices: type[TextChoices]) -> list[Code]:
    return of_words(dict(choices.choices))


def or_none(choices: type[TextChoices]) -> list[Code]:
    """The words of a vocabulary, and the mark of what has none of them."""
    return [*of_choices(choices), Code(NOT_APPLICABLE, in_languages(_("Not applicable")))]


def area_codes() -> list[Code]:
    """By the number of UN Comtrade, which for states is that of UN M49; their alpha-3 is an annotation."""
    columns = ("code", "alpha3", *translated_names("name"), *translated_names("country__name"))
    rows = Area.objects.order_by("code").values_list(*columns)
    return sorted(
        (
            Code(code, as_written(words[4:] if words[4] else words[:4]), notes=(("ISO3", alpha3),) if alpha3 else ())
            for code, alpha3, *words in rows
        ),
        key=lambda code: (len(code.id), code.id),
    )


def commodity_codes() -> list[Code]:
    """The Harmonized System, each code below the one it is a part of, and what older editions have besides."""
    titles = dict(Commodity.objects.exclude(edition=CURRENT_HS_EDITION).order_by("edition").values_list(*TITLED))
    titles |= dict(Commodity.objects.filter(edition=CURRENT_HS_EDITION).values_list(*TITLED))
    titles |= {code: code for code in goods_of_rows() if code and code not in titles}
    codes = [Code(TOTAL, in_languages(_("All goods")))]
    for code in sorted(titles):
        parent = next((above for above in (code[:4], code[:2]) if above != code and above in titles), TOTAL)
        codes.append(Code(code, {"en": titles[code] or code}, parent))
    return [*codes, Code(NOT_APPLICABLE, in_languages(_("Not applicable")))]


def source_codes() -> list[Code]:
    """The public sources of public releases."""
    of_releases = Release.objects.published().values("source")
    rows = Source.objects.published().filter(pk__in=of_releases).order_by("slug")
    return [Code(slug, {"en": f"{publisher}: {title}"}) for slug, publisher, title in rows.values_list(*CITED)]


def status_codes() -> list[Code]:
    labels = {code: Reliability(name).label for name, code in STATUSES.items()}
    return of_words(labels | {"O": _("Missing value")})


CODELISTS: dict[str, tuple[str | Promise, Callable[[], list[Code]]]] = {
    "CL_FREQ": (_("Frequency"), lambda: of_words(FREQUENCIES)),
    "CL_SOURCE": (_("Sources"), source_codes),
    "CL_PERSPECTIVE": (_("Perspective"), lambda: of_choices(Perspective)),
    "CL_AREA": (_("Areas of trade statistics, by UN M49"), area_codes),
    "CL_FLOW": (_("Flow"), lambda: of_choices(Flow)),
    "CL_COMMODITY": (_("Commodities"), commodity_codes),
    "CL_TRADE_MEASURE": (_("Measure"), lambda: of_words({"VALUE": _("Value, USD"), "NET_WEIGHT": _("Net weight, kg")})),
    "CL_MEASURE": (_("Measure"), lambda: or_none(Measure)),
    "CL_SIDE": (_("Subjects and counterparts of figures"), side_codes),
    "CL_DIRECTION": (_("Direction"), lambda: or_none(Direction)),
    "CL_FIGURE": (_("Figures"), figure_titles),
    "CL_UNIT": (_("Unit"), lambda: [*of_choices(Unit), *of_words({"kg": _("kilograms")})]),
    "CL_OBS_STATUS": (_("Status"), status_codes),
    "CL_QUALIFIER": (_("Qualifier"), lambda: of_choices(Qualifier)),
    "CL_ORIGIN": (_("Stated or derived"), lambda: of_choices(Origin)),
}
