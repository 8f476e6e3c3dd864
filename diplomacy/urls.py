from django.urls import path

from diplomacy import api, feeds, views
from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of

app_name = "diplomacy"

urlpatterns = [
    path("missions/", views.MissionList.as_view(), name="mission_list"),
    *files_of(views.MissionList, api.MissionViewSet, "mission", "missions", prefix="missions/"),
    path("missions/milestones.ics", feeds.MilestoneFeed.as_view(ending="ics"), name="milestone_calendar"),
    path("missions/milestones.atom", feeds.MilestoneFeed.as_view(ending="atom"), name="milestone_feed"),
    path("missions/map.<slug:form>", views.NetworkMap.as_view(), name="network_map"),
    *pages_of(views.MissionDetail, "mission", prefix="missions/"),
    path("relations/", views.RelationList.as_view(), name="relation_list"),
    *files_of(views.RelationList, api.RelationViewSet, "relation", "relations", prefix="relations/"),
    path("relations/relations.ics", feeds.RelationFeed.as_view(ending="ics"), name="relation_calendar"),
    path("relations/relations.atom", feeds.RelationFeed.as_view(ending="atom"), name="relation_feed"),
    *pages_of(views.RelationDetail, "relation", prefix="relations/"),
    path("agreements/", views.AgreementList.as_view(), name="agreement_list"),
    *files_of(views.AgreementList, api.AgreementViewSet, "agreement", "agreements", prefix="agreements/"),
    path("agreements/agreements.ics", feeds.AgreementFeed.as_view(ending="ics"), name="agreement_calendar"),
    path("agreements/agreements.atom", feeds.AgreementFeed.as_view(ending="atom"), name="agreement_feed"),
    *pages_of(views.AgreementDetail, "agreement", prefix="agreements/"),
    path("awards/", views.AwardList.as_view(), name="award_list"),
    *files_of(views.AwardList, api.AwardViewSet, "award", "awards", prefix="awards/"),
    path("awards/awards.ics", feeds.AwardFeed.as_view(ending="ics"), name="award_calendar"),
    path("awards/awards.atom", feeds.AwardFeed.as_view(ending="atom"), name="award_feed"),
    *pages_of(views.AwardDetail, "award", prefix="awards/"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative_list"),
    *files_of(views.InitiativeList, api.InitiativeViewSet, "initiative", "initiatives", prefix="initiatives/"),
    path("initiatives/initiatives.ics", feeds.InitiativeFeed.as_view(ending="ics"), name="initiative_calendar"),
    path("initiatives/initiatives.atom", feeds.InitiativeFeed.as_view(ending="atom"), name="initiative_feed"),
    *pages_of(views.InitiativeDetail, "initiative", prefix="initiatives/"),
    path("promises/", views.OpenPromiseList.as_view(), name="promise_list"),
    path("programmes/", views.ProgrammeList.as_view(), name="programme_list"),
    *files_of(views.ProgrammeList, api.ProgrammeViewSet, "programme", "programmes", prefix="programmes/"),
    path("programmes/programmes.ics", feeds.ProgrammeFeed.as_view(ending="ics"), name="programme_calendar"),
    path("programmes/programmes.atom", feeds.ProgrammeFeed.as_view(ending="atom"), name="programme_feed"),
    *pages_of(views.ProgrammeDetail, "programme", prefix="programmes/"),
]
