"""Settings of the OpenAPI document and of its page; what is true of all operations is in ``kzafrica/contract/``."""

SPECTACULAR_SETTINGS = {
    "TITLE": "KZ-Africa",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SERVE_INCLUDE_SCHEMA": False,
    # What is sent has components of its own: an answer has all its members.
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "kzafrica.writing.schemas.add_parts",
        "kzafrica.contract.schema.finish_document",
    ],
    # A key may be sent and need not, but to write.
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "kza_…",
                "description": "Raises the limit that `RateLimit-Limit` tells; one tied to an account also writes.",
            }
        }
    },
    "SECURITY": [{"key": []}],
    # Without these, sets of choices that share a field name would be called by numbers.
    "ENUM_NAME_OVERRIDES": {
        "MeasureEnum": "kzafrica.statements.choices.Measure",
        "SourceKindEnum": "kzafrica.editorial.choices.SourceKind",
        "EventKindEnum": "events.choices.EventKind",
        "OutcomeKindEnum": "events.choices.OutcomeKind",
        "MissionKindEnum": "diplomacy.choices.MissionKind",
        "MilestoneKindEnum": "diplomacy.choices.MilestoneKind",
        "AgreementKindEnum": "diplomacy.choices.AgreementKind",
        "AgreementStateEnum": "diplomacy.choices.AgreementState",
        "InitiativeStateEnum": "diplomacy.choices.InitiativeState",
        "ProgrammeKindEnum": "diplomacy.choices.ProgrammeKind",
        "ProgrammeStateEnum": "diplomacy.choices.ProgrammeState",
        "RouteStateEnum": "trade.choices.RouteState",
        "ProjectKindEnum": "trade.choices.ProjectKind",
        "ProjectStateEnum": "trade.choices.ProjectState",
        "ProjectRoleEnum": "trade.choices.ProjectRole",
        "ParticipationRoleEnum": "events.choices.ParticipationRole",
        "AreaKindEnum": "kzafrica.reference.choices.AreaKind",
        "BlocKindEnum": "kzafrica.reference.choices.BlocKind",
        "OfficeKindEnum": "kzafrica.reference.choices.OfficeKind",
        "OrganizationKindEnum": "kzafrica.reference.choices.OrganizationKind",
        "NameFormKindEnum": "kzafrica.reference.choices.NameFormKind",
        "ClaimKindEnum": "kzafrica.statements.choices.ClaimKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "defaultModelsExpandDepth": 0},
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
