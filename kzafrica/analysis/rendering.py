"""Markdown of articles as clean HTML: the one place where text of an editor becomes markup."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def article_html(markdown: str) -> SafeString:
    """The text as HTML: no markup of the author's own, no script, style or image; links to http(s) and our pages."""
    clean = nh3.clean(
        MARKDOWN.render(markdown),
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https"},
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 - rendered and cleaned on the lines above
