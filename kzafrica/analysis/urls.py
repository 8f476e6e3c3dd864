from django.urls import path

from kzafrica.analysis import views

app_name = "analysis"

urlpatterns = [
    path("", views.ArticleList.as_view(), name="article_list"),
    path("<slug:slug>/", views.ArticleDetail.as_view(), name="article_detail"),
]
