"""What keeps the text of an article from readers: what it names that is not there, and footnotes that lead nowhere."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kzafrica.analysis.live import FORMS, Named, day_of, load_named
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Source
from kzafrica.filtering import nearest
from kzafrica.prose import CitedSource, Live, Prose
from kzafrica.reference.models import Country
from kzafrica.statements.models import Figure

EXAMPLE = "{{figure/turnover-kaz-africa-2024}}"


def faults_of(text: Prose, becoming_public: Iterable[Source] = ()) -> list[str]:
    """One sentence for each thing in the text that readers cannot follow, with the nearest that they can."""
    named = load_named([text])
    faults = [
        *_faults_of_form(text),
        *(sentence for each in dict.fromkeys(text.live) for sentence in _faults_of_live(each, named)),
        *(sentence for each in text.sources for sentence in _faults_of_source(each, named, list(becoming_public))),
    ]
    return list(dict.fromkeys(faults))


def _faults_of_form(text: Prose) -> Iterator[str]:
    for written in text.unreadable:
        sentence = _(
            "“%(written)s” names no number: write two braces, “figure/” and the last part of the address of a figure, "
            "such as %(example)s. Braces that are to be read as they are stand between backquotes."
        )
        yield sentence % {"written": written, "example": EXAMPLE}
    for label in text.without_text:
        sentence = _("Footnote [^%(label)s] has no text: write “[^%(label)s]: …” on a line of its own.")
        yield sentence % {"label": label}
    for label in text.defined_twice:
        yield _("Footnote [^%s] has two texts: give each note a label of its own.") % label
    for label in text.never_used:
        sentence = _("Footnote [^%(label)s] has a text, and nothing leads to it: write [^%(label)s] where it belongs.")
        yield sentence % {"label": label}


def _faults_of_live(live: Live, named: Named) -> Iterator[str]:
    forms = FORMS.get(live.kind)
    if forms is None:
        near = nearest(live.kind, FORMS) or "figure"
        sentence = _("“%(written)s”: there are no live numbers of the kind “%(kind)s”. Did you mean “%(near)s”?")
        yield sentence % {"written": live, "kind": live.kind, "near": near}
        return
    if live.form not in forms:
        sentence = _("“%(written)s”: nothing is known by the word “%(form)s”. Write “period”, or nothing.")
        yield sentence % {"written": live, "form": live.form}
    if live.kind == "network":
        yield from _faults_of_network(live)
    elif live.name not in named.numbers:
        yield _hidden_figure(live)
    elif named.numbers[live.name].quantity is None:
        yield _("“%s”: this figure cannot be computed now, so there is no number to show.") % live


def _faults_of_network(live: Live) -> Iterator[str]:
    code, _slash, day = live.key.partition("/")
    if not Country.objects.filter(alpha3=code).exists():
        known = list(Country.objects.order_by("alpha3").values_list("alpha3", flat=True))
        yield _there_is_no(_("“%(written)s”: there is no country “%(key)s”."), live, code, known)
    if day_of(day) is None:
        sentence = _("“%(written)s”: “%(day)s” is not a day that has come, written YYYY-MM-DD, such as 2025-09-14.")
        yield sentence % {"written": live, "day": day}


def _hidden_figure(live: Live) -> str:
    figure = Figure.objects.filter(slug=live.key).first()
    known = list(Figure.objects.published().order_by("slug").values_list("slug", flat=True))
    if figure is None:
        return _there_is_no(_("“%(written)s”: there is no figure “%(key)s”."), live, live.key, known)
    if figure.status == Status.WITHDRAWN:
        sentence = _("“%(written)s”: the figure “%(key)s” is withdrawn.")
    else:
        sentence = _("“%(written)s”: readers do not see the figure “%(key)s” yet. Publish it first.")
    return _there_is_no(sentence, live, live.key, known)


def _there_is_no(sentence: str, written: object, key: str, known: list[str]) -> str:
    said = sentence % {"written": written, "key": key}
    near = nearest(key, known)
    return f"{said} {_('Did you mean “%s”?') % near}" if near else said


def _faults_of_source(cited: CitedSource, named: Named, becoming_public: list[Source]) -> Iterator[str]:
    note = _("footnote %s") % cited.footnote
    source = named.sources.get(cited.name)
    known = list(Source.objects.published().order_by("slug").values_list("slug", flat=True))
    if source is None:
        yield _there_is_no(_("In %(written)s: there is no source “%(key)s”."), note, cited.key, known)
    elif source.status == Status.WITHDRAWN:
        yield _there_is_no(_("In %(written)s: the source “%(key)s” is withdrawn."), note, cited.key, known)
    elif not source.is_public and source not in becoming_public:
        sentence = _(
            "In %(written)s: readers do not see the source “%(key)s” yet. Cite it for the article too, below the text, "
            "and it comes before readers with it."
        )
        yield sentence % {"written": note, "key": cited.key}
