"""Who may do what. One table: a right, and the roles that carry it.

A role is held by appointment, at a unit and along a line; its rights reach down that line's tree as it stands on the day,
never sideways. Rights on records about people don't leave the line: the administration line, on which every unit stands
to be summed, doesn't carry them into the units of the other lines.
"""

from dataclasses import dataclass
from enum import StrEnum

from gandan.ground.organisations.rules import Line


class Right(StrEnum):
    READ_FIGURES = "read_figures"
    READ_DOSSIERS = "read_dossiers"
    WRITE_DOSSIERS = "write_dossiers"  # receive, finish, hand over
    SCAN_PARCELS = "scan_parcels"  # of the post's own lists, and nothing more
    IMPORT = "import"
    WRITE_REPORTS = "write_reports"
    FREEZE_REPORTS = "freeze_reports"  # approve them, which freezes their figures
    PUBLISH_REPORTS = "publish_reports"
    STATE_FIGURES = "state_figures"  # from outside the system, or answer for one's side what the other states
    MANAGE_UNITS = "manage_units"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KEYS = "manage_keys"  # of partners' programs
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_PROGRAMMES = "manage_programmes"
    WRITE_PLANS = "write_plans"  # a unit's own plan, derived from the programme
    DO_TASKS = "do_tasks"  # of the unit: steps, evidence, done
    MANAGE_PROCEDURES = "manage_procedures"
    VERIFY_LEDGER = "verify_ledger"
    HANDLE_REQUESTS = "handle_requests"  # of people about their data
    MANAGE_PRIVACY = "manage_privacy"  # ends, holds, keys
    SIGN_DOCUMENTS = "sign_documents"  # reports, programmes, amendments: in the name of the body
    SIGN_LETTERS = "sign_letters"  # of apology, in the name of the unit
    REAPPOINT_AGAIN = "reappoint_again"  # move an appointment more often than the rule allows
    MANAGE_FORMS = "manage_forms"  # lay a template of the unit's own over a form
    MANAGE_MESSAGES = "manage_messages"  # in which words, at which hours and by which ways people are written to
    READ_OUTSIDE = "read_outside"  # a dossier of another unit of the line, for a reason, which is told there
    HEAR_OPENINGS = "hear_openings"  # be told of it
    HEAR_GRANTS = "hear_grants"  # be told of who tried to give a right to themselves
    READ_PEOPLE = "read_people"  # who holds which role
    ARRANGE_PEOPLE = "arrange_people"  # who stands in for whom, who takes over whose work
    WRITE_NOTICES = "write_notices"  # what a unit will tell everyone
    PUBLISH_NOTICES = "publish_notices"  # let out in the unit's name what another has written
    READ_LOG = "read_log"  # who looked at what
    READ_RATINGS = "read_ratings"  # what people wrote of a service, where there are enough
    READ_COMMUNITY = "read_community"  # activities, community models, initiatives: nothing about one person
    WRITE_COMMUNITY = "write_community"
    HANDLE_TIPS = "handle_tips"  # those that are sealed to a key of one's own
    WATCH_TIPS = "watch_tips"  # whose day was missed, and what is said of officers
    KEEP_IDENTITIES = "keep_identities"  # one half of each sealed identity
    READ_VOICE = "read_voice"  # what people bring, but complaints about conduct
    ANSWER_VOICE = "answer_voice"
    MODERATE_VOICE = "moderate_voice"  # say what is shown in public: words alone, never whose they are
    HANDLE_COMPLAINTS = "handle_complaints"  # about conduct, decisions and breaches of the law
    RESOLVE_EXTRACTS = "resolve_extracts"  # of denunciations, as the law gives them to a superior; never who denounced
    MANAGE_VOICE = "manage_voice"  # services that can be reported, channels that bring cases
    LEAD_CALLS = "lead_calls"  # for ideas: open, extend, end them; say which ideas say the same
    ANSWER_IDEAS = "answer_ideas"  # in the name of the unit that decides: answers, milestones
    ASSESS_MODELS = "assess_models"  # for one of the two sides
    RECOGNISE_MODELS = "recognise_models"
    READ_MEETINGS = "read_meetings"  # of the unit; who is invited sees theirs besides
    HOLD_MEETINGS = "hold_meetings"
    READ_MATTERS = "read_matters"  # places and issues, owned by two units: nothing about one person
    WRITE_MATTERS = "write_matters"
    READ_COUNSEL = "read_counsel"  # advice to superiors, joint inspections
    WRITE_COUNSEL = "write_counsel"
    READ_RELIEF = "read_relief"  # what households need while an emergency lasts
    WRITE_RELIEF = "write_relief"  # take down, set aside, hand out
    OPEN_EMERGENCIES = "open_emergencies"  # by an act, and end them
    KEEP_POLLS = "keep_polls"  # rolls and ballots of household votes: never along the police line


@dataclass(frozen=True)
class Scope:
    """What a program's key opens of what its appointments allow: these rights, at these units and below."""

    rights: frozenset[Right]
    units: frozenset[int]


class Role(StrEnum):
    DESK_OFFICER = "desk_officer"
    SPECIALIST = "specialist"
    UNIT_HEAD = "unit_head"
    PROGRAMME_OFFICER_POLICE = "programme_officer_police"
    PROGRAMME_OFFICER_CIVIL = "programme_officer_civil"
    SIGNATORY = "signatory"
    INSPECTORATE = "inspectorate"
    TIP_DESK = "tip_desk"  # reads what people send through the sealed channel
    CUSTODIAN = "custodian"  # one of the two who open a sealed identity
    PUBLISHER = "publisher"  # answers with the body's name for what is published
    AUDITOR = "auditor"  # reads all but sealed things, changes nothing
    POST_PARTNER = "post_partner"
    ADMINISTRATOR = "administrator"  # keeps the house, sees no dossier


_DESK = {Role.DESK_OFFICER, Role.SPECIALIST, Role.UNIT_HEAD}
_PROGRAMME = {Role.PROGRAMME_OFFICER_POLICE, Role.PROGRAMME_OFFICER_CIVIL}

RIGHTS: dict[Right, frozenset[Role]] = {
    Right.READ_FIGURES: frozenset(set(Role) - {Role.POST_PARTNER}),
    Right.READ_DOSSIERS: frozenset(_DESK | {Role.INSPECTORATE, Role.AUDITOR}),
    Right.WRITE_DOSSIERS: frozenset(_DESK),
    Right.SCAN_PARCELS: frozenset({Role.POST_PARTNER}),
    Right.IMPORT: frozenset({Role.ADMINISTRATOR}),
    Right.WRITE_REPORTS: frozenset(_PROGRAMME | {Role.UNIT_HEAD}),
    Right.FREEZE_REPORTS: frozenset({Role.SIGNATORY, Role.UNIT_HEAD}),
    Right.PUBLISH_REPORTS: frozenset({Role.PUBLISHER, Role.SIGNATORY}),
    Right.STATE_FIGURES: frozenset(_PROGRAMME | {Role.UNIT_HEAD}),
    Right.MANAGE_UNITS: frozenset({Role.ADMINISTRATOR}),
    Right.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Right.MANAGE_KEYS: frozenset({Role.ADMINISTRATOR}),
    Right.MANAGE_CALENDAR: frozenset({Role.ADMINISTRATOR}),
    Right.MANAGE_PROGRAMMES: frozenset(_PROGRAMME | {Role.ADMINISTRATOR}),
    Right.WRITE_PLANS: frozenset(_PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD}),
    Right.DO_TASKS: frozenset(_DESK | _PROGRAMME),
    Right.MANAGE_PROCEDURES: frozenset({Role.ADMINISTRATOR}),
    Right.HANDLE_REQUESTS: frozenset(_DESK),
    Right.MANAGE_PRIVACY: frozenset({Role.ADMINISTRATOR}),
    Right.SIGN_DOCUMENTS: frozenset({Role.SIGNATORY, Role.UNIT_HEAD}),
    Right.SIGN_LETTERS: frozenset({Role.UNIT_HEAD}),
    Right.REAPPOINT_AGAIN: frozenset({Role.SIGNATORY}),
    Right.MANAGE_FORMS: frozenset({Role.UNIT_HEAD}),
    Right.MANAGE_MESSAGES: frozenset({Role.ADMINISTRATOR}),
    Right.VERIFY_LEDGER: frozenset({Role.AUDITOR, Role.INSPECTORATE, Role.ADMINISTRATOR}),
    Right.READ_OUTSIDE: frozenset({Role.SPECIALIST, Role.UNIT_HEAD, Role.INSPECTORATE}),
    Right.HEAR_OPENINGS: frozenset({Role.UNIT_HEAD, Role.INSPECTORATE}),
    Right.HEAR_GRANTS: frozenset({Role.INSPECTORATE}),
    Right.READ_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.UNIT_HEAD, Role.INSPECTORATE, Role.AUDITOR}),
    Right.ARRANGE_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.UNIT_HEAD}),
    Right.WRITE_NOTICES: frozenset(_DESK | _PROGRAMME | {Role.PUBLISHER}),
    Right.PUBLISH_NOTICES: frozenset({Role.PUBLISHER, Role.UNIT_HEAD}),
    Right.READ_LOG: frozenset({Role.AUDITOR, Role.INSPECTORATE}),
    Right.READ_RATINGS: frozenset({Role.UNIT_HEAD, Role.INSPECTORATE}),
    Right.READ_COMMUNITY: frozenset(_DESK | _PROGRAMME | {Role.SIGNATORY, Role.INSPECTORATE, Role.AUDITOR, Role.PUBLISHER}),
    Right.WRITE_COMMUNITY: frozenset(_DESK | _PROGRAMME),
    Right.HANDLE_TIPS: frozenset({Role.TIP_DESK, Role.INSPECTORATE}),
    Right.WATCH_TIPS: frozenset({Role.INSPECTORATE}),
    Right.KEEP_IDENTITIES: frozenset({Role.CUSTODIAN}),
    Right.READ_VOICE: frozenset(_DESK | {Role.INSPECTORATE, Role.AUDITOR}),
    Right.ANSWER_VOICE: frozenset(_DESK),
    Right.MODERATE_VOICE: frozenset({Role.PROGRAMME_OFFICER_CIVIL}),
    Right.HANDLE_COMPLAINTS: frozenset({Role.INSPECTORATE}),
    Right.RESOLVE_EXTRACTS: frozenset({Role.UNIT_HEAD}),
    Right.MANAGE_VOICE: frozenset({Role.ADMINISTRATOR}),
    Right.LEAD_CALLS: frozenset({Role.PROGRAMME_OFFICER_CIVIL}),
    Right.ANSWER_IDEAS: frozenset(_PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD}),
    Right.ASSESS_MODELS: frozenset(_PROGRAMME | {Role.UNIT_HEAD}),
    Right.RECOGNISE_MODELS: frozenset({Role.SIGNATORY, Role.UNIT_HEAD}),
    Right.READ_MEETINGS: frozenset(
        _PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD, Role.SIGNATORY, Role.INSPECTORATE, Role.AUDITOR}
    ),
    Right.HOLD_MEETINGS: frozenset(_PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD}),
    Right.READ_MATTERS: frozenset(
        _PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD, Role.SIGNATORY, Role.INSPECTORATE, Role.AUDITOR}
    ),
    Right.WRITE_MATTERS: frozenset(_PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD}),
    Right.READ_COUNSEL: frozenset(
        _PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD, Role.SIGNATORY, Role.INSPECTORATE, Role.AUDITOR}
    ),
    Right.WRITE_COUNSEL: frozenset(_PROGRAMME | {Role.SPECIALIST, Role.UNIT_HEAD, Role.SIGNATORY}),
    Right.READ_RELIEF: frozenset(_DESK | {Role.INSPECTORATE, Role.AUDITOR}),
    Right.WRITE_RELIEF: frozenset(_DESK),
    Right.OPEN_EMERGENCIES: frozenset({Role.SIGNATORY, Role.UNIT_HEAD}),
    Right.KEEP_POLLS: frozenset({Role.PROGRAMME_OFFICER_CIVIL}),
}

# Roles that belong to one side.
ROLE_LINES: dict[Role, frozenset[Line]] = {
    Role.PROGRAMME_OFFICER_POLICE: frozenset({Line.POLICE, Line.ADMINISTRATION}),
    Role.PROGRAMME_OFFICER_CIVIL: frozenset({Line.CIVIL, Line.FRONT, Line.ADMINISTRATION}),
    Role.POST_PARTNER: frozenset({Line.POST}),
    Role.TIP_DESK: frozenset({Line.POLICE}),
}

ABOUT_PEOPLE: frozenset[Right] = frozenset(
    {
        Right.READ_DOSSIERS,
        Right.WRITE_DOSSIERS,
        Right.SCAN_PARCELS,
        Right.HANDLE_REQUESTS,
        Right.SIGN_LETTERS,
        Right.READ_RATINGS,
        Right.HANDLE_TIPS,
    }
    | {Right.READ_VOICE, Right.ANSWER_VOICE, Right.HANDLE_COMPLAINTS, Right.KEEP_POLLS}
    | {Right.READ_RELIEF, Right.WRITE_RELIEF}
)

# Roles that are a person's own: nobody stands in for one.
PERSONAL: frozenset[Role] = frozenset({Role.INSPECTORATE, Role.AUDITOR, Role.TIP_DESK, Role.CUSTODIAN, Role.ADMINISTRATOR})
# Who keeps the accounts holds no role that opens records about people, and the other way round.
KEEPERS: frozenset[Role] = frozenset({Role.ADMINISTRATOR})
READERS: frozenset[Role] = frozenset[Role]().union(*(RIGHTS[right] for right in ABOUT_PEOPLE))

# The product's own hands hold no appointment. They act only from commands and jobs on the machine itself.
IMPORTER, CLOCK, PUBLIC = "importer", "clock", "public"
OWN_HANDS: dict[str, frozenset[Right]] = {
    IMPORTER: frozenset(
        {
            Right.IMPORT,
            Right.READ_FIGURES,
            Right.WRITE_DOSSIERS,
            Right.MANAGE_UNITS,
            Right.MANAGE_PEOPLE,
            Right.MANAGE_KEYS,
            Right.MANAGE_CALENDAR,
            Right.MANAGE_PROGRAMMES,
            Right.WRITE_PLANS,
            Right.DO_TASKS,
            Right.MANAGE_PROCEDURES,
            Right.WRITE_REPORTS,
            Right.FREEZE_REPORTS,
            Right.MANAGE_PRIVACY,
            Right.READ_COMMUNITY,
            Right.WRITE_COMMUNITY,
            Right.ASSESS_MODELS,
            Right.RECOGNISE_MODELS,
            Right.READ_MEETINGS,
            Right.HOLD_MEETINGS,
            Right.READ_MATTERS,
            Right.WRITE_MATTERS,
            Right.READ_COUNSEL,
            Right.WRITE_COUNSEL,
            Right.READ_RELIEF,
            Right.WRITE_RELIEF,
            Right.OPEN_EMERGENCIES,
            Right.ANSWER_VOICE,
            Right.MODERATE_VOICE,
            Right.HANDLE_COMPLAINTS,
            Right.MANAGE_VOICE,
            Right.LEAD_CALLS,
            Right.ANSWER_IDEAS,
            Right.WRITE_NOTICES,
            Right.PUBLISH_NOTICES,
            Right.KEEP_POLLS,
        }
    ),
    CLOCK: frozenset(
        {Right.WRITE_COMMUNITY, Right.WRITE_DOSSIERS, Right.MANAGE_PRIVACY, Right.ANSWER_VOICE, Right.HANDLE_COMPLAINTS}
        | {Right.DO_TASKS, Right.WRITE_MATTERS, Right.LEAD_CALLS}
    ),
    PUBLIC: frozenset(),
}

# Who signs, seals, keeps or looks through what others do proves who they are twice.
SECOND_FACTOR_ROLES: frozenset[Role] = frozenset(
    {Role.SIGNATORY, Role.INSPECTORATE, Role.AUDITOR, Role.ADMINISTRATOR, Role.TIP_DESK, Role.CUSTODIAN}
)
# What one administrator alone gives nobody: one asks, another gives.
FOUR_EYES: frozenset[Role] = SECOND_FACTOR_ROLES
