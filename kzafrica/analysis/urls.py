from django.urls import path

from kzafrica.analysis import feeds, views

app_name = "analysis"

urlpatterns = [
    path("", views.ArticleList.as_view(), name="article_list"),
    path("analysis.atom", feeds.ArticleFeed.as_view(ending="atom"), name="article_feed"),
    path("authors/<slug:slug>/", views.AuthorDetail.as_view(), name="author_detail"),
    path("<slug:slug>/", views.ArticleDetail.as_view(), name="article_detail"),
]
