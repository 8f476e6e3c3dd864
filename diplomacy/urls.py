from django.urls import path

from diplomacy import feeds, views

app_name = "diplomacy"

urlpatterns = [
    path("missions/", views.MissionList.as_view(), name="mission_list"),
    path("missions/milestones.ics", feeds.MilestoneFeed.as_view(ending="ics"), name="milestone_calendar"),
    path("missions/milestones.atom", feeds.MilestoneFeed.as_view(ending="atom"), name="milestone_feed"),
    path("missions/map.<slug:form>", views.NetworkMap.as_view(), name="network_map"),
    path("missions/<slug:slug>/", views.MissionDetail.as_view(), name="mission_detail"),
    path("relations/", views.RelationList.as_view(), name="relation_list"),
    path("relations/relations.ics", feeds.RelationFeed.as_view(ending="ics"), name="relation_calendar"),
    path("relations/relations.atom", feeds.RelationFeed.as_view(ending="atom"), name="relation_feed"),
    path("relations/<slug:slug>/", views.RelationDetail.as_view(), name="relation_detail"),
    path("agreements/", views.AgreementList.as_view(), name="agreement_list"),
    path("agreements/agreements.ics", feeds.AgreementFeed.as_view(ending="ics"), name="agreement_calendar"),
    path("agreements/agreements.atom", feeds.AgreementFeed.as_view(ending="atom"), name="agreement_feed"),
    path("agreements/<slug:slug>/", views.AgreementDetail.as_view(), name="agreement_detail"),
    path("awards/", views.AwardList.as_view(), name="award_list"),
    path("awards/awards.ics", feeds.AwardFeed.as_view(ending="ics"), name="award_calendar"),
    path("awards/awards.atom", feeds.AwardFeed.as_view(ending="atom"), name="award_feed"),
    path("awards/<slug:slug>/", views.AwardDetail.as_view(), name="award_detail"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative_list"),
    path("initiatives/initiatives.ics", feeds.InitiativeFeed.as_view(ending="ics"), name="initiative_calendar"),
    path("initiatives/initiatives.atom", feeds.InitiativeFeed.as_view(ending="atom"), name="initiative_feed"),
    path("initiatives/<slug:slug>/", views.InitiativeDetail.as_view(), name="initiative_detail"),
    path("promises/", views.OpenPromiseList.as_view(), name="promise_list"),
    path("programmes/", views.ProgrammeList.as_view(), name="programme_list"),
    path("programmes/programmes.ics", feeds.ProgrammeFeed.as_view(ending="ics"), name="programme_calendar"),
    path("programmes/programmes.atom", feeds.ProgrammeFeed.as_view(ending="atom"), name="programme_feed"),
    path("programmes/<slug:slug>/", views.ProgrammeDetail.as_view(), name="programme_detail"),
]
