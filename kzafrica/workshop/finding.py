"""Rows found while one types: by words of what they are called, in any script, and told apart from their namesakes."""

from collections import defaultdict

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Case, Q, Value, When

from kzafrica.editorial.evidence import field_words
from kzafrica.folding import fold

# What stands for a row in files and addresses; whoever types it whole means that row.
CODES = ("alpha3", "alpha2", "m49", "code", "slug")
LONGEST_TERM = 200


def found_by_words(queryset: models.QuerySet, columns: tuple[str, ...], words: str) -> models.QuerySet:
    """Rows each of whose words is in one of the columns, whatever the case and the accents.

    Compared here and not by the database: SQLite folds the case of ASCII alone. There are a few thousand rows at most.
    """
    wanted = fold(words[:LONGEST_TERM]).split()
    written: dict[int, list[str]] = defaultdict(list)
    # Of all rows, since these may be joined, counted or narrowed already.
    for pk, *texts in queryset.model._base_manager.order_by().values_list("pk", *columns):
        written[pk] += [fold(str(text)) for text in texts if text]
    found = [
        pk for pk, folded in written.items() if wanted and all(any(word in text for text in folded) for word in wanted)
    ]
    return queryset.filter(pk__in=found)


def best_first(queryset: models.QuerySet, columns: tuple[str, ...], term: str) -> models.QuerySet:
    """The row whose code was typed whole, then those that begin with what was typed, then the others."""
    term = term.strip().replace("\x00", "")
    if not term:
        return queryset
    names = {field.name for field in queryset.model._meta.fields}
    is_code, begins = Q(), Q()
    for name in CODES:
        if name in names:
            is_code |= Q(**{f"{name}__iexact": term})
    for column in columns:
        # A row of another table would come once for each of its rows.
        if "__" not in column:
            begins |= Q(**{f"{column}__istartswith": term})
    whens = [When(condition, then=Value(rank)) for rank, condition in enumerate((is_code, begins)) if condition]
    rank = Case(*whens, default=Value(len(whens)))
    return queryset.order_by(rank, *queryset.model._meta.ordering)


class FindableMixin:
    """An admin class whose rows are found by words, and say behind their name what tells them apart."""

    # Fields of the row, or methods of the admin class.
    told_apart_by: tuple[str, ...] = ()
    # What those methods read.
    read_to_tell_apart: tuple[str, ...] = ()

    def get_search_results(self, request, queryset, search_term: str) -> tuple:
        columns = tuple(self.get_search_fields(request))
        if not search_term.strip() or not columns:
            return queryset, False
        return found_by_words(queryset, columns, search_term), False

    def for_choosing(self, queryset: models.QuerySet) -> models.QuerySet:
        """With all that ``told_apart`` reads."""
        keys = [name for name in self.told_apart_by if _is_key(queryset.model, name)]
        named_by = getattr(queryset.model, "named_by", ())
        return queryset.select_related(*keys, *named_by).prefetch_related(*self.read_to_tell_apart)

    def told_apart(self, record: models.Model) -> str:
        """``Kinshasa (Democratic Republic of the Congo)``: the record as it is offered among others."""
        told = [self._told(record, name) for name in self.told_apart_by]
        told = [words for words in told if words]
        return f"{record} ({', '.join(told)})" if told else str(record)

    def _told(self, record: models.Model, name: str) -> str:
        own = getattr(self, name, None)
        return str(own(record)) if callable(own) else field_words(record, name).text


def _is_key(model: type[models.Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).many_to_one
    except FieldDoesNotExist:
        return False


class Autocomplete(AutocompleteJsonView):
    """Django's answer to what is typed into a key, the best first and each told apart."""

    def get_queryset(self) -> models.QuerySet:
        columns = tuple(self.model_admin.get_search_fields(self.request))
        queryset = best_first(super().get_queryset(), columns, self.term)
        return self.model_admin.for_choosing(queryset) if self.tells_apart else queryset

    @property
    def tells_apart(self) -> bool:
        return isinstance(self.model_admin, FindableMixin)

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        told = super().serialize_result(obj, to_field_name)
        return told | {"text": self.model_admin.told_apart(obj)} if self.tells_apart else told
