"""What editors call the kinds and fields of records; Django's own names of them cannot be translated.

Everywhere in the admin, labels of forms, headings of columns and of inline forms, titles and filters are read from
``verbose_name``, so that is where the labels of readers and of editors are put, once, when the site starts.
"""

from django.apps import apps
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.labels import FIELD_LABELS, RECORD_LABELS, base_name

# What stands in the workshop alone; what readers see too is in kzafrica/editorial/labels.py.
EDITORS_FIELD_LABELS = {
    "action": _("action"),
    "address": _("address"),
    "alpha2": _("alpha-2 code"),
    "alpha3": _("alpha-3 code"),
    "answer": _("answer"),
    "as_printed": _("as printed"),
    "at": _("when"),
    "author": _("author"),
    "basis": _("basis"),
    "bio": _("about the author"),
    "bloc": _("bloc"),
    "by": _("by"),
    "by_name": _("by"),
    "capital": _("capital"),
    "capital_latitude": _("latitude of the capital"),
    "capital_longitude": _("longitude of the capital"),
    "change": _("change"),
    "checked_at": _("checked at"),
    "checked_on": _("checked on"),
    "claim": _("claim"),
    "code": _("code"),
    "content_revision": _("content revision"),
    "corrected_at": _("corrected at"),
    "created_at": _("created at"),
    "decided_at": _("decided at"),
    "decided_by": _("decided by"),
    "decision_note": _("note on the decision"),
    "description": _("description"),
    "email": _("e-mail"),
    "field": _("field"),
    "figure": _("figure"),
    "flow": _("flow"),
    "fob_value_usd": _("FOB value, USD"),
    "formal_name": _("formal name"),
    "geonames_id": _("GeoNames number"),
    "handled_at": _("handled at"),
    "handled_by": _("handled by"),
    "hs": _("HS code"),
    "is_african": _("African"),
    "is_alive": _("answers"),
    "is_current": _("current"),
    "is_un_member": _("member of the United Nations"),
    "latitude": _("latitude"),
    "line": _("line"),
    "locator": _("place in the source"),
    "longitude": _("longitude"),
    "m49": _("M49 code"),
    "message": _("message"),
    "net_weight_kg": _("net weight, kg"),
    "number": _("number"),
    "old_key": _("old key"),
    "other_names": _("other spellings"),
    "page": _("page"),
    "partner": _("partner"),
    "position": _("order"),
    "proposed_at": _("proposed at"),
    "proposed_by": _("proposed by"),
    "published_at": _("published at"),
    "quantity": _("quantity"),
    "record": _("record"),
    "record_key": _("key of the record"),
    "record_title": _("title of the record"),
    "record_type": _("kind of record"),
    "region": _("region"),
    "release": _("release"),
    "reported_at": _("reported at"),
    "reporter": _("reporter"),
    "section": _("section"),
    "slice": _("slice"),
    "slug": _("key in the address"),
    "state": _("state"),
    "stated": _("what it states instead"),
    "strand": _("strand"),
    "submitted_by": _("submitted by"),
    "subregion": _("subregion"),
    "target_key": _("present key"),
    "updated_at": _("last changed"),
    "valid_from": _("valid from"),
    "valid_until": _("valid until"),
    "value_usd": _("value, USD"),
    "verification": _("verified"),
    "year": _("year"),
}

# By model name: one, many; as they stand inside a sentence.
EDITORS_RECORD_LABELS = {
    "affiliation": (_("affiliation"), _("affiliations")),
    "agreementparty": (_("party"), _("parties")),
    "area": (_("statistical area"), _("statistical areas")),
    "author": (_("author of analysis"), _("authors of analysis")),
    "bloc": (_("bloc"), _("blocs")),
    "change": (_("change"), _("changes")),
    "citation": (_("citation"), _("citations")),
    "claimsubject": (_("subject"), _("subjects")),
    "commodity": (_("commodity"), _("commodities")),
    "correction": (_("correction"), _("corrections")),
    "country": (_("country"), _("countries")),
    "errorreport": (_("error report"), _("error reports")),
    "figureinput": (_("input"), _("inputs")),
    "linkcheck": (_("link check"), _("link checks")),
    "membership": (_("membership"), _("memberships")),
    "office": (_("office"), _("offices")),
    "place": (_("place"), _("places")),
    "projectparty": (_("party"), _("parties")),
    "proposedchange": (_("proposed change"), _("proposed changes")),
    "recorddiscussed": (_("record discussed"), _("records discussed")),
    "redirect": (_("redirect"), _("redirects")),
    "releasefile": (_("file of a release"), _("files of a release")),
    "routecall": (_("call"), _("calls")),
    "slice": (_("slice of a release"), _("slices of a release")),
    "sourceauthor": (_("author"), _("authors")),
    "step": (_("step"), _("steps")),
    "theme": (_("theme"), _("themes")),
    "tradeflow": (_("row of trade statistics"), _("rows of trade statistics")),
}


def column_label(column: str) -> str:
    """``title (Kazakh)`` for ``title_kk``: what an editor reads beside the input of one column, in that language."""
    name = base_name(column)
    label = FIELD_LABELS.get(name) or EDITORS_FIELD_LABELS.get(name) or name.replace("_", " ")
    if name == column:
        return str(label)
    language = dict(settings.LANGUAGES)[column.removeprefix(f"{name}_")]
    return gettext("%(label)s (%(language)s)") % {"label": label, "language": language}


def kind_label(model_name: str, *, many: bool = False) -> str:
    """``head of mission``: what a kind of record is called inside a sentence, in the active language."""
    if model_name in EDITORS_RECORD_LABELS:
        return str(EDITORS_RECORD_LABELS[model_name][many])
    words = str(RECORD_LABELS[model_name][many])
    return words[:1].lower() + words[1:]


_column_label, _kind_label = lazy(column_label, str), lazy(kind_label, str)


def call_by_labels() -> None:
    """Give every model of ours, and each of its columns that has no name of its own, its label as ``verbose_name``.

    Migrations do not see it: they read what the models themselves declare.
    """
    for model in apps.get_models():
        name = model._meta.model_name
        if name not in {**EDITORS_RECORD_LABELS, **RECORD_LABELS}:
            continue
        model._meta.verbose_name = _kind_label(name)
        model._meta.verbose_name_plural = _kind_label(name, many=True)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            # Columns of a translated attribute are named by their attribute, in English alone.
            if field._verbose_name is None or base_name(field.name) != field.name:
                field.verbose_name = _column_label(field.name)
