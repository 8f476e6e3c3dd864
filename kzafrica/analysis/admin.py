from django.contrib import admin

from kzafrica.analysis.models import Article, Author
from kzafrica.editorial.workshop import RecordAdmin


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    list_extra = ("date",)
    search_fields = ("title_en", "slug")
