"""What is asked of a new person or organization that is met in a source."""

from django.utils.translation import gettext_lazy as _

from kzafrica.workshop.compact import Compact, One, Table

PERSON = Compact(
    essential=(
        "name_en",
        One("offices_held", "office", _("Office")),
        One("offices_held", "attested", _("Shown in it on"), is_aside=True),
    ),
    more=(
        One("offices_held", "begins", _("In office since"), is_aside=True),
        "name_kk",
        "name_ru",
        "name_fr",
        "born",
        "died",
        "summary_en",
        Table("name_forms", ("text", "kind"), _("Other forms of the name")),
    ),
    printed="name_en",
)
ORGANIZATION = Compact(
    essential=("name_en", "kind", "country"),
    more=(
        "name_kk",
        "name_ru",
        "name_fr",
        "summary_en",
        Table("name_forms", ("text", "kind"), _("Other forms of the name")),
    ),
    printed="name_en",
)
