"""The vocabularies of reference data. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    STATE = "state", _("State or territory")
    GROUP = "group", _("Group of states")
    SPECIAL = "special", _("Special category")
    WORLD = "world", _("World")


class CountryRole(models.TextChoices):
    HOME = "home", _("Kazakhstan")
    AFRICAN_STATE = "african_state", _("African state")
    AFRICAN_TERRITORY = "african_territory", _("Territory in Africa")
    OTHER = "other", _("Other country met in the record")


class BlocKind(models.TextChoices):
    CONTINENT = "continent", _("Continent")
    UNION = "union", _("Union of states")
    ECONOMIC_COMMUNITY = "economic_community", _("Regional economic community")
    ALLIANCE = "alliance", _("Alliance")


class MembershipStatus(models.TextChoices):
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    SUSPENDED = "suspended", _("Suspended")
    WITHDREW = "withdrew", _("Withdrew")
    DISPUTED = "disputed", _("Sources differ")


class Verification(models.TextChoices):
    VERIFIED = "V", _("Verified in a document")
    LISTED = "L", _("Listed by the bloc")
    LISTED_DATE_KNOWN = "L+K", _("Listed by the bloc; date from general knowledge")
    KNOWN = "K", _("General knowledge")


class OfficeKind(models.TextChoices):
    HEAD_OF_STATE = "head_of_state", _("Head of state")
    HEAD_OF_GOVERNMENT = "head_of_government", _("Head of government")
    DEPUTY_HEAD_OF_GOVERNMENT = "deputy_head_of_government", _("Deputy head of government")
    FOREIGN_MINISTER = "foreign_minister", _("Minister of foreign affairs")
    MINISTER = "minister", _("Minister")
    DEPUTY_MINISTER = "deputy_minister", _("Deputy minister or senior official")
    PARLIAMENT = "parliament", _("Member or officer of a parliament")
    AMBASSADOR = "ambassador", _("Ambassador")
    INTERNATIONAL = "international", _("Officer of an international organization")
    BUSINESS = "business", _("Officer of a company")
    TRADITIONAL = "traditional", _("Traditional or spiritual office")
    OTHER = "other", _("Other office")


class OrganizationKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry or agency")
    PARLIAMENT = "parliament", _("Parliament")
    STATE_COMPANY = "state_company", _("State company")
    COMPANY = "company", _("Company")
    INTERNATIONAL = "international", _("International organization")
    TRADITIONAL = "traditional", _("Traditional institution")
    FORUM = "forum", _("Forum")
    RESEARCH = "research", _("University or research institute")
    OTHER = "other", _("Other")


class NameFormKind(models.TextChoices):
    SPELLING = "spelling", _("Other spelling")
    TRANSLITERATION = "transliteration", _("Other script")
    STYLE = "style", _("Style or title used as a name")
    MISSPELLING = "misspelling", _("Misspelling met in a source")
