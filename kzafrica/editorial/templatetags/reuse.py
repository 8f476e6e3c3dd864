"""The head of every page, for other sites and programs: where it is, what it is called, how it looks when shared."""

from dataclasses import dataclass

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kzafrica.editorial.reuse import Reuse, embed_code
from kzafrica.filtering import is_tracking
from kzafrica.linked_data import data_block

register = template.Library()

LOCALES = {"en": "en_GB", "kk": "kk_KZ", "ru": "ru_RU", "fr": "fr_FR"}


@dataclass(frozen=True)
class Head:
    """What ``components/head_metadata.html`` shows; ``canonical`` is empty for a page that no search should list."""

    title: SafeString
    description: SafeString
    canonical: str
    image: str
    locale: str
    other_locales: tuple[str, ...]
    linked_data: str
    reuse: Reuse | None


class HeadMetadata(template.Node):
    """``{% head_metadata %}`` in the base of all pages: reads the blocks title and description of the page itself."""

    def render(self, context) -> str:
        request = context.get("request")
        # A draft, and a page that says what is wrong, are nothing to be shared.
        if request is None or context.get("preview") or context.get("errors") or context.get("status"):
            return ""
        part = context.template.engine.get_template("components/head_metadata.html")
        return part.render(context.new({"head": self.head(context, request)}))

    def head(self, context, request) -> Head:
        reuse, linked_data = context.get("reuse"), context.get("linked_data")
        languages = context.get("site_languages") or ()
        image = request.build_absolute_uri(reverse("dossier:share_image"))
        return Head(
            title=self.block(context, "title"),
            description=self.block(context, "description"),
            canonical=canonical_address(request, context.get("canonical") or (reuse.page.address if reuse else "")),
            image=reuse.page.image if reuse else image,
            locale=LOCALES.get(context.get("LANGUAGE_CODE"), LOCALES["en"]),
            other_locales=tuple(LOCALES[other["code"]] for other in languages if not other["is_current"]),
            linked_data=reuse.linked_data if reuse else data_block(linked_data) if linked_data else "",
            reuse=reuse,
        )

    def block(self, context, name: str) -> SafeString:
        """The words of a block of this page, which it has once already where browsers look for them."""
        found = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
        # Rendered by the template, and so escaped already.
        return mark_safe(" ".join(found.render(context).split()))  # noqa: S308


@register.tag
def head_metadata(parser, token) -> HeadMetadata:
    return HeadMetadata()


@register.simple_tag(takes_context=True)
def chart_embed_code(context, files, title: str) -> str:
    """What another site puts into its page for a chart, told from the addresses of its files; empty off the site."""
    request, picture = getattr(context, "request", None), files.get("svg", "")
    if request is None or not picture.endswith(".svg"):
        return ""
    return embed_code(request.build_absolute_uri(f"{picture.removesuffix('.svg')}/embed/"), title)


def canonical_address(request, known: str = "") -> str:
    """The one address of what the page shows: without what trackers added to it."""
    if known:
        return request.build_absolute_uri(known)
    query = request.GET.copy()
    for name in [name for name in query if is_tracking(name)]:
        del query[name]
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}" if query else request.path)
