"""Roles are data; permissions are strings owned by the domain that checks them.

A role held at a province reaches its regencies, one held at the head office reaches all:
see `halopst.accounts.actors`.
"""

ADMIN, HEAD, TEAM_LEAD, OFFICER, FRONT_OFFICE, AUDITOR = (
    "admin",
    "kepala",
    "ketua_tim",
    "petugas",
    "front_office",
    "auditor",
)

_READ = frozenset(
    {
        "units.view",
        "accounts.view",
        "calendars.view",
        "scheduling.view",
        "letters.view",
        "knowledge.view",
        "assistant.view",
        "cases.view",
        "consultations.view",
        "partners.view",
        "satisfaction.view",
        "reporting.view",
    }
)
_WORK = frozenset(
    {
        "cases.view",
        "cases.work",
        "consultations.view",
        "consultations.work",
        "scheduling.view",
        "knowledge.view",
        "knowledge.write",
        "assistant.view",
        "assistant.improve",
    }
)
_LEAD = frozenset(
    {
        "cases.manage",
        "cases.configure",
        "consultations.manage",
        "consultations.configure",
        "partners.view",
        "partners.manage",
        "partners.allocate",
        "partners.pay",
        "scheduling.manage",
        "letters.view",
        "letters.issue",
        "knowledge.view",
        "knowledge.write",
        "knowledge.publish",
        "knowledge.data",
        "assistant.view",
        "assistant.improve",
        "satisfaction.view",
        "reporting.view",
        "calendars.view",
        "accounts.view",
        "units.view",
    }
)
_ADMINISTER = frozenset(
    {
        "units.manage",
        "accounts.manage",
        "audit.view",
        "calendars.manage",
        "notifications.view",
        "notifications.manage",
        "scheduling.manage",
        "letters.manage",
        "knowledge.write",
        "knowledge.publish",
        "knowledge.data",
        "knowledge.configure",
        "assistant.configure",
        "assistant.improve",
        "cases.configure",
        "consultations.configure",
        "partners.manage",
        "partners.configure",
    }
)

ROLES: dict[str, frozenset[str]] = {
    ADMIN: _READ | _ADMINISTER,
    HEAD: _READ
    | _LEAD
    | {
        "audit.view",
        "partners.configure",
        "partners.approve",
        "partners.override",
        "assistant.configure",
    },
    TEAM_LEAD: _WORK | _LEAD,
    OFFICER: _WORK | {"calendars.view", "units.view"},
    FRONT_OFFICE: frozenset(
        {
            "cases.view",
            "cases.work",
            "consultations.view",
            "consultations.receive",
            "scheduling.view",
            "knowledge.view",
            "calendars.view",
            "units.view",
        }
    ),
    AUDITOR: _READ | {"audit.view", "notifications.view"},
}
