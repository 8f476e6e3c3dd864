"""The parameters of a list as the OpenAPI document tells them: what each is about, then the forms that it takes."""

from django_filters import FilterSet
from drf_spectacular.contrib.django_filters import DjangoFilterExtension

WORDS = "Words that all have to occur, in any case and order; at most ten are looked for."


class StrictFilterExtension(DjangoFilterExtension):
    """A filter says in its schema which forms it takes; its label or help text says what it is about."""

    target_class = "kzafrica.rest.StrictFilterBackend"
    match_subclasses = True
    priority = 1

    def resolve_filter_field(self, auto_schema, model, filterset_class: type[FilterSet], field_name, filter_field):
        parameters = super().resolve_filter_field(auto_schema, model, filterset_class, field_name, filter_field)
        about = filter_field.extra.get("help_text") or filter_field.label
        for parameter in parameters:
            forms = parameter.get("description", "")
            if forms == about:
                forms = "" if filter_field.extra.get("help_text") else WORDS
            parameter["description"] = ". ".join(filter(None, (str(about or "").rstrip("."), forms)))
        return parameters
