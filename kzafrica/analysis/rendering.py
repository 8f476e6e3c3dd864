"""Markdown of articles as clean HTML: the one place where text of an editor becomes markup."""

from collections.abc import Mapping

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.analysis.live import LiveNumber, Named, numbers_of
from kzafrica.editorial.models import Source
from kzafrica.prose import Live, Prose, prose_parser, read_prose

TAGS = {
    "a", "blockquote", "br", "cite", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "section", "span",
    "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class", "id", "aria-label", "hreflang"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "li": {"id"},
    "section": {"class", "aria-labelledby"},
    "span": {"class", "title"},
    "sup": {"class"},
    "cite": {"lang"},
}


def article_html(
    text: str | Prose, named: Named | None = None, published: Mapping[str, dict] | None = None, *, base: str = ""
) -> SafeString:
    """The text as HTML: no markup of the author's own, no script, style or image; links to http(s) and our pages.

    ``named`` are the numbers and sources that stand in the place of their names; a name that is not among them stays
    as it is written. ``base`` is put before the addresses of our own pages, for programs that read it elsewhere.
    """
    prose = read_prose(text) if isinstance(text, str) else text
    named = named or Named()
    numbers = {number.now.name: number for number in numbers_of(prose, named, published or {})}
    env = {**prose.env, "numbers": numbers, "sources": named.sources, "base": base}
    clean = nh3.clean(
        MARKDOWN.renderer.render(prose.tokens, MARKDOWN.options, env),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 - rendered and cleaned on the lines above


def anchor_of_number(name: str) -> str:
    """Where the list below the text tells of a number."""
    # With points, which no anchor of a heading has.
    return "number." + name.replace("/", ".")


def _live(self, tokens, idx, options, env) -> str:
    token = tokens[idx]
    live: Live | str = token.meta["names"]
    number: LiveNumber | None = None if isinstance(live, str) else env["numbers"].get(live.name)
    if number is None:
        return format_html('<span class="live-unknown">{}</span>', token.content)
    words = number.now.in_form(live.form)
    if token.meta["is_in_link"]:
        return escape(words)
    link = format_html(
        '<a class="live" href="{}{}" title="{}">{}</a>', env["base"], number.now.address, _hint(number), words
    )
    return link + _mark(number, "" if live.form else live.name)


def _hint(number: LiveNumber) -> str:
    """What a pointer that rests on the number is told: what it is, for when, how it stands."""
    return " · ".join(filter(None, (number.now.title, number.now.standing, number.movement)))


def _mark(number: LiveNumber, name: str) -> str:
    """A small sign where the number has moved or is disputed, which leads to what the list says of it."""
    signs = []
    if number.has_moved:
        signs.append(("moved", "↕", _("has moved since publication")))
    if number.now.is_disputed:
        signs.append(("disputed", "≠", _("disputed")))
    if not signs or not name:
        return ""
    classes = " ".join(f"live-{kind}" for kind, _sign, _words in signs)
    text = "".join(sign for _kind, sign, _words in signs)
    words = ", ".join(words for _kind, _sign, words in signs)
    return format_html(
        '<sup class="live-mark {}"><a href="#{}" aria-label="{}" title="{}">{}</a></sup>',
        classes,
        anchor_of_number(name),
        words,
        words,
        text,
    )


def _source(self, tokens, idx, options, env) -> str:
    token = tokens[idx]
    source: Source | None = env["sources"].get(token.meta["names"].name)
    if source is None:
        return format_html('<span class="live-unknown">{}</span>', token.content)
    title = format_html('<cite lang="{}">{}</cite>', source.language, source.title)
    if source.is_public:
        title = format_html('<a href="{}{}">{}</a>', env["base"], source.get_absolute_url(), title)
    said = [title, escape(source.publisher)]
    if source.published:
        said.append(escape(source.published.text()))
    return ", ".join(said)


def _number_of_note(token) -> int:
    return token.meta["id"] + 1


def _way_back(token) -> str:
    times = token.meta.get("subId", 0)
    return f"note.{_number_of_note(token)}.back" + (f".{times + 1}" if times > 0 else "")


def _footnote_ref(self, tokens, idx, options, env) -> str:
    number = _number_of_note(tokens[idx])
    return format_html(
        '<sup class="note-ref"><a href="#note.{}" id="{}" aria-label="{}">{}</a></sup>',
        number,
        _way_back(tokens[idx]),
        _("Footnote %s") % number,
        number,
    )


def _footnotes_open(self, tokens, idx, options, env) -> str:
    count = len(env["footnotes"]["list"])
    return format_html(
        '<section class="notes" aria-labelledby="footnotes"><h2 id="footnotes">{}</h2><ol>',
        ngettext("Footnote", "Footnotes", count),
    )


def _footnotes_close(self, tokens, idx, options, env) -> str:
    return "</ol></section>"


def _footnote_open(self, tokens, idx, options, env) -> str:
    return format_html('<li id="note.{}">', _number_of_note(tokens[idx]))


def _footnote_anchor(self, tokens, idx, options, env) -> str:
    # With the sign that asks for a letter rather than a picture.
    return format_html(
        ' <a class="note-back" href="#{}" aria-label="{}">↩︎</a>',
        _way_back(tokens[idx]),
        _("Back to the text"),
    )


MARKDOWN = prose_parser()
for name, rule in {
    "live": _live,
    "source": _source,
    "footnote_ref": _footnote_ref,
    "footnote_block_open": _footnotes_open,
    "footnote_block_close": _footnotes_close,
    "footnote_open": _footnote_open,
    "footnote_anchor": _footnote_anchor,
}.items():
    MARKDOWN.add_render_rule(name, rule)
