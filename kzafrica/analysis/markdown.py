"""The text of an article as plain Markdown: live numbers in words, sources in footnotes as links to their pages."""

import re

from django.http import HttpRequest

from kzafrica.analysis.live import Named, load_named
from kzafrica.analysis.models import Article
from kzafrica.markdown_words import link, words
from kzafrica.prose import IN_BRACES, LIVE, SOURCE, read_prose

# As CommonMark has it: what ends with as many backquotes as it began with.
BETWEEN_BACKQUOTES = re.compile(r"(?<!`)(`+)(?!`)(?:.*?)(?<!`)\1(?!`)", re.DOTALL)


def article_in_markdown(article: Article, request: HttpRequest) -> str:
    """What the author wrote, without any markup but that of Markdown; what is between backquotes stays as it is."""
    text = article.body.strip()
    named = load_named([read_prose(text)])
    told, place = [], 0
    for code in BETWEEN_BACKQUOTES.finditer(text):
        told += [_told(text[place : code.start()], named, request), code[0]]
        place = code.end()
    return "".join([*told, _told(text[place:], named, request)])


def _told(piece: str, named: Named, request: HttpRequest) -> str:
    def number(found: re.Match) -> str:
        live = LIVE.fullmatch(found[1].strip())
        known = named.numbers.get(f"{live['kind']}/{live['key']}") if live else None
        return words(known.in_form(live["form"] or "")) if known else found[0]

    def source(found: re.Match) -> str:
        known = named.sources.get(found[0])
        if known is None:
            return found[0]
        page = request.build_absolute_uri(known.get_absolute_url()) if known.is_public else known.url
        date = f", {words(known.published.text())}" if known.published else ""
        return f"{link(known.title, page)}, {words(known.publisher)}{date}"

    # The parser of the page takes no HTML either. A stroke before the sign could be escaped itself.
    return SOURCE.sub(source, IN_BRACES.sub(number, piece.replace("<", "&lt;")))
