"""Addresses of the site's own pages: those in every language, and those that have none."""

from django.urls import path

from kzafrica import views

# Under a language prefix, so the root of all addresses takes them into its i18n_patterns.
pages = [
    path("about/", views.Page.as_view(template_name="pages/about.html"), name="about"),
    path("methodology/", views.Methodology.as_view(), name="methodology"),
    path("data/", views.Page.as_view(template_name="pages/data.html"), name="data"),
    path("privacy/", views.Page.as_view(template_name="pages/privacy.html"), name="privacy"),
]

urlpatterns = [
    path("robots.txt", views.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", views.SecurityContact.as_view(), name="security_txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
