from django.urls import path

from diplomacy import views

app_name = "diplomacy"

urlpatterns = [
    path("missions/", views.MissionList.as_view(), name="mission_list"),
    path("missions/<slug:slug>/", views.MissionDetail.as_view(), name="mission_detail"),
    path("relations/", views.RelationList.as_view(), name="relation_list"),
    path("relations/<slug:slug>/", views.RelationDetail.as_view(), name="relation_detail"),
    path("agreements/", views.AgreementList.as_view(), name="agreement_list"),
    path("agreements/<slug:slug>/", views.AgreementDetail.as_view(), name="agreement_detail"),
    path("awards/", views.AwardList.as_view(), name="award_list"),
    path("awards/<slug:slug>/", views.AwardDetail.as_view(), name="award_detail"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative_list"),
    path("initiatives/<slug:slug>/", views.InitiativeDetail.as_view(), name="initiative_detail"),
    path("programmes/", views.ProgrammeList.as_view(), name="programme_list"),
    path("programmes/<slug:slug>/", views.ProgrammeDetail.as_view(), name="programme_detail"),
]
