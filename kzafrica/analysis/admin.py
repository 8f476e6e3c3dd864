from django.contrib import admin

from kzafrica.analysis.models import Article, Author
from kzafrica.workshop.records import RecordAdmin, ReferenceAdmin


@admin.register(Author)
class AuthorAdmin(ReferenceAdmin):
    search_fields = ("name",)


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    list_extra = ("date",)
    search_fields = ("title_en", "slug")
    told_apart_by = ("date",)
