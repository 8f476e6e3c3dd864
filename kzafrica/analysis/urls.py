from django.urls import path

from kzafrica.analysis import api, feeds, views
from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of

app_name = "analysis"

urlpatterns = [
    path("", views.ArticleList.as_view(), name="article_list"),
    path("authors/<slug:slug>/", views.AuthorDetail.as_view(), name="author_detail"),
    path("articles.atom", feeds.ArticleFeed.as_view(), name="article_feed"),
    *files_of(views.ArticleList, api.ArticleViewSet, "article", "articles"),
    *pages_of(views.ArticleDetail, "article"),
]
