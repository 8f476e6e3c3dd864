from django.urls import path

from kzafrica.analysis import views
from kzafrica.editorial.reuse_views import pages_of

app_name = "analysis"

urlpatterns = [
    path("", views.ArticleList.as_view(), name="article_list"),
    *pages_of(views.ArticleDetail, "article"),
]
