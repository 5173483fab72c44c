"""What each address takes: one row per page and per operation of the API. `test_matrix` tries every row with everybody.

**A new address needs a row here**; without one `test_every_address_has_a_row` fails. Write, for a page under its name in
`faces/pages/urls.py`, for an operation of the API under `"GET /api/v1/…"` as `openapi.json` has it:

    "dossier-finish": [Row(Right.WRITE_DOSSIERS, "/dossiers/{dossier}/finish/", "post", {"note": "x"})],

- `right`: the right it needs (a member of `Right`); `SIGNED_IN` if anybody signed in may, as with their own account;
  `NOBODYS` if it belongs to one person, who is not among those who try (that they may themselves is tried beside the feature).
- `address`: with `{unit}` (a unit's code), `{dossier}` (the number of a dossier there),
  `{case}` (the number of what somebody brought there), `{report}` (a draft of that unit),
  `{person}` (somebody appointed there), `{appointment}`, `{promise}`, … (see `World.at`): the test fills in the unit itself,
  one below it, a sister and one of another line. A row without such a part is tried once for everybody; then the right
  is needed at one unit or another.
- `method` and `body`: what is sent. It should be so whole that who may is not told that something is missing.
- `shows`: for lists that leave out what one may not see: what stands in the answer if one may: `"{dossier}"`.
- `whole`: False where what is sent can't be so whole (a file): 422 then means that the right was there.
- `besides`: roles that may too, wherever they are: the post is the partner of every list.
- `also`: a right that opens it as well; `along`: it reaches the whole line, not only downwards.
- `missing`: the refusal is a 404, as if there were nothing (where even the existence is nobody's business).
- `says`: what a form says instead of a 403 to who may not.
A page that takes GET and POST has a row for each. Public addresses (`PUBLIC`) need none.
"""

from gandan.ground.organisations.rights import Right, Role
from tests.architecture.elsewhere import ELSEWHERE as ELSEWHERE
from tests.architecture.rows import NO_SESSION, NOBODYS, OPEN, SIGNED_IN
from tests.architecture.rows import Row as Row

FIGURES, DOSSIERS, WRITE, FREEZE = Right.READ_FIGURES, Right.READ_DOSSIERS, Right.WRITE_REPORTS, Right.FREEZE_REPORTS
PERIOD = "period=2026-Q3"
REPORT = {"first": "2026-01-01", "last": "2026-03-31", "title": "", "programme": ""}
MEASURE = "/measures/dossiers-received/"
API = "/api/v1"
MEETINGS, HOLDS = Right.READ_MEETINGS, Right.HOLD_MEETINGS
COMMUNITY, WRITES = Right.READ_COMMUNITY, Right.WRITE_COMMUNITY
MATTERS, WORKS = Right.READ_MATTERS, Right.WRITE_MATTERS
LOG, HEAR, PARCELS, ASKED = Right.READ_LOG, Right.HEAR_OPENINGS, Right.WRITE_DOSSIERS, Right.HANDLE_REQUESTS
UNITS, ENDS = Right.MANAGE_UNITS, Right.MANAGE_PRIVACY
NOTHING_TO_SIGN = "của đơn vị khác"
ACT = {"effective": "2026-12-01", "number": "1/QĐ", "title": "Sắp xếp", "body": "Hội đồng", "unit": "{unit}", "name": "Tên mới"}
NEW_KEY = {"step": "make", "program": "{program}", "label": "x", "rights": ["read_figures"], "units": "{unit}", "days": "30",
           "per_minute": "60"}  # fmt: skip
EXPORT = {"kind": "dossiers.csv", "unit": "{unit}"}
KEEP = {"kind": "dossiers", "months": "240", "source": "1/QĐ"}
WISH = {"dossier": "{dossier}", "wish": "see", "text": "", "reply_to": "", "checked": "on"}
REFUSED = {"step": "answer", "outcome": "refused", "reason": "law_keeps", "text": "Luật buộc giữ."}
VOICE, ANSWERS = Right.READ_VOICE, Right.ANSWER_VOICE
POST = frozenset({Role.POST_PARTNER})
KEEPING = frozenset({Role.PROGRAMME_OFFICER_POLICE, Role.PROGRAMME_OFFICER_CIVIL, Role.INSPECTORATE})  # what is theirs to work on
WHY = "Người dân đang ở quầy của chúng tôi"
SCANS = {"scans": []}
RULE = {
    "code": "walked", "name": "x", "valid_from": "2026-11-20", "amount": 1, "legal_basis": "x", "handled_by": ["PC08"],
}  # fmt: skip
PROPOSED = {"do": "propose", "title": "Hẹn giờ qua loa khu phố"}
RAISED = {"do": "point", "words": "Đèn đường hỏng"}
HELD = {"unit": "{unit}", "form": "visit", "topic": "law", "day": "2026-11-19", "place": "Hội trường", "count": 9}
NEW_ROLE = {"username": "nobody-yet", "role": "publisher", "line": "{line}"}

TEMPLATE = "- code: x\n  title: x\n  rows: [dossiers-received]\n  valid_from: 2026-01-01\n  source: x"
STATED = {"unit": "{unit}", "measure": "dossiers-received", "period": "2016", "value": "3", "source": "x", "evidence": "x"}
DECLARED = {"unit": "{unit}", "work": "dossiers", "system": "x", "since": "2026-01-01", "source": "x"}
TOTALS = {"source": "x", "totals": "{unit};dossiers-received;2026-Q3;1"}

PAGES: dict[str, list[Row]] = {
    "today": [Row(DOSSIERS, "/?scope=below&group=later", shows="{dossier}")],
    "my-unit": [Row(SIGNED_IN, "/my-unit/", "post", {"unit": "CATP"})],
    "mine": [Row(SIGNED_IN, "/unit/")],
    "units": [Row(SIGNED_IN, "/units/")],
    "unit-find": [Row(SIGNED_IN, "/units/find/?q=ben")],
    "people-find": [Row(HOLDS, "/people/find/?of=q&q=a")],
    "unit": [Row(FIGURES, "/units/{unit}/")],
    "unit-history": [Row(SIGNED_IN, "/units/CATP/history/")],
    "measures": [Row(FIGURES, "/measures/")],
    "measure": [Row(FIGURES, MEASURE + "?unit={unit}")],
    "measure-events": [Row(FIGURES, MEASURE + "events/?unit={unit}&" + PERIOD)],
    "measure-events-csv": [Row(FIGURES, MEASURE + "events/csv/?unit={unit}&" + PERIOD)],
    "directives": [Row(SIGNED_IN, "/directives/")],
    "tasks": [Row(SIGNED_IN, "/tasks/")],
    "task-feed-key": [Row(SIGNED_IN, "/tasks/feed/", "post")],
    "programmes": [Row(SIGNED_IN, "/programmes/")],
    "programme": [Row(FIGURES, "/programmes/2022-2026/?unit={unit}")],
    "requests": [Row(FIGURES, "/requests/")],
    "request-new": [Row(WRITE, "/requests/new/")],
    "statements": [Row(FIGURES, "/statements/")],
    "statement-new": [Row(Right.STATE_FIGURES, "/statements/new/"), Row(Right.STATE_FIGURES, "/statements/new/", "post", STATED)],
    "works": [Row(FIGURES, "/works/"), Row(Right.STATE_FIGURES, "/works/", "post", DECLARED)],
    "totals": [Row(FIGURES, "/works/totals/"), Row(Right.STATE_FIGURES, "/works/totals/", "post", TOTALS)],
    "reports": [Row(FIGURES, "/reports/", shows="/reports/{report}/")],
    "report-new": [
        Row(SIGNED_IN, "/reports/new/"),
        Row(WRITE, "/reports/new/", "post", REPORT | {"unit": "{unit}"}),
    ],
    "report": [
        Row(FIGURES, "/reports/{report}/"),
        Row(WRITE, "/reports/{report}/", "post", {"position": "1", "text": "x"}),
    ],
    "report-pdf": [Row(FIGURES, "/reports/{report}/pdf/")],
    "reports-mine": [Row(WRITE, "/reports/mine/"), Row(WRITE, "/reports/mine/", "post", {"do": "begin"})],
    "report-templates": [
        Row(FIGURES, "/reports/templates/"),
        # What counts for everybody is set by those at the top; whoever tries here is appointed further down.
        Row(NOBODYS, "/reports/templates/", "post", {"text": TEMPLATE}),
    ],
    "reports-owed": [Row(SIGNED_IN, "/reports/owed/")],
    "report-xlsx": [Row(FIGURES, "/reports/{report}/xlsx/")],
    "report-docx": [Row(FIGURES, "/reports/{report}/docx/")],
    "report-save": [Row(WRITE, "/reports/{report}/save/", "post", {"position": "1", "base": "1", "text": "x"})],
    "report-versions": [
        Row(FIGURES, "/reports/{report}/sections/1/"),
        Row(WRITE, "/reports/{report}/sections/1/", "post", {"number": "1"}),
    ],
    "report-comment": [Row(FIGURES, "/reports/{report}/comment/", "post", {"position": "1", "text": "x"})],
    "report-settle": [Row(WRITE, "/reports/{report}/settle/", "post", {"comment": "1"})],
    "report-explain": [Row(WRITE, "/reports/{report}/explain/", "post", {"measure": "dossiers-received", "text": "x"})],
    "report-submit": [Row(WRITE, "/reports/{report}/submit/", "post")],
    "report-give-back": [Row(FREEZE, "/reports/{report}/give-back/", "post", {"reason": "x"})],
    "report-redraft": [Row(WRITE, "/reports/{report}/redraft/", "post")],
    "report-number": [Row(WRITE, "/reports/{report}/number/", "post")],
    "report-signer": [Row(WRITE, "/reports/{report}/signer/", "post", {"position": "1", "signer": "alice"})],
    "report-publish": [Row(Right.PUBLISH_REPORTS, "/reports/{report}/publish/", "post")],
    "report-restate": [Row(FREEZE, "/reports/{report}/restate/", "post", {"reason": "x"})],
    "report-freeze": [Row(FREEZE, "/reports/{report}/freeze/", "post")],
    "report-discard": [Row(WRITE, "/reports/{report}/discard/", "post")],
    "dossiers": [Row(DOSSIERS, "/dossiers/?unit={unit}", shows="{dossier}"), Row(SIGNED_IN, "/dossiers/", "post", {"q": "x"})],
    "dossier": [Row(DOSSIERS, "/dossiers/{dossier}/")],
    "dossier-holder": [Row(PARCELS, "/dossiers/{dossier}/holder/")],
    "dossier-file": [Row(DOSSIERS, "/files/{file}/")],
    "privacy-requests": [
        Row(ASKED, "/privacy/requests/"),
        Row(ASKED, "/privacy/requests/?show=all", shows="/privacy/requests/{request}/"),
    ],
    "privacy-new": [
        Row(ASKED, "/privacy/requests/new/"),
        Row(ASKED, "/privacy/requests/new/", "post", WISH | {"wish": "erase"}),
    ],
    "privacy-request": [
        Row(ASKED, "/privacy/requests/{request}/"),
        Row(ASKED, "/privacy/requests/{request}/", "post", REFUSED),
    ],
    "privacy-holds": [
        Row(ASKED, "/privacy/holds/", also=ENDS, besides=KEEPING),
        Row(ASKED, "/privacy/holds/", "post", {"step": "hold", "number": "{dossier}", "reason": "court", "until": "2026-12-31"}),
    ],
    "privacy-extract": [Row(ASKED, "/privacy/requests/{request}/extract/")],
    "counter": [Row(PARCELS, "/counter/"), Row(PARCELS, "/counter/", "post", {"card": "x"}, whole=False)],
    "counter-look": [Row(PARCELS, "/counter/look/", "post", {"procedure": "anywhere"})],
    "queue": [Row(DOSSIERS, "/queue/?scope=below", shows="{dossier}")],
    "queue-do": [Row(PARCELS, "/queue/do/", "post", {"do": "start", "dossier": "{dossier_id}"}, shows="Đã làm 1 hồ sơ.")],
    "queue-save": [Row(SIGNED_IN, "/queue/save/", "post", {"name": "x", "query": "?group=today"})],
    "bookings": [Row(PARCELS, "/bookings/"), Row(PARCELS, "/bookings/", "post", {"opens-0": "08:00", "closes-0": "11:00"})],
    "exports": [Row(SIGNED_IN, "/exports/"), Row(DOSSIERS, "/exports/", "post", EXPORT, says="Ông/Bà không có quyền xem")],
    "export": [Row(NOBODYS, "/exports/{export}/", missing=True)],
    "letters": [Row(DOSSIERS, "/letters/", shows="/letters/{letter}/")],
    "letter": [
        Row(DOSSIERS, "/letters/{letter}/", missing=True),
        Row(PARCELS, "/letters/{letter}/", "post", {"reason": "partner"}, missing=True),
    ],
    "letter-pdf": [Row(DOSSIERS, "/letters/{letter}/pdf/", missing=True)],
    "letter-batch": [Row(NOBODYS, "/letters/batches/{batch}/", missing=True)],
    "letters-print": [Row(SIGNED_IN, "/letters/print/", "post", {"done": "1"})],  # of those that wait at one's own units
    "letters-sign": [Row(Right.SIGN_LETTERS, "/letters/sign/", "post", {"letter": "{letter}"}, says=NOTHING_TO_SIGN)],
    "messages": [Row(DOSSIERS, "/messages/?show=", shows="/messages/{message}/")],
    "message": [
        Row(DOSSIERS, "/messages/{message}/", missing=True),
        Row(PARCELS, "/messages/{message}/", "post", {"drop": "1"}, missing=True),
    ],
    "dossier-step": [
        Row(DOSSIERS, "/dossiers/{dossier}/steps/start/"),
        Row(PARCELS, "/dossiers/{dossier}/steps/start/", "post", {"seen": "1"}),
    ],
    "dossier-form": [Row(PARCELS, "/dossiers/{dossier}/forms/control/")],
    "dossier-undo": [Row(PARCELS, "/dossiers/{dossier}/undo/", "post", {"seen": "1"})],
    "dossier-receipt": [Row(DOSSIERS, "/dossiers/{dossier}/receipt/")],
    "dossier-open": [
        Row(Right.READ_OUTSIDE, "/dossiers/open/", "post", {"number": "{dossier}", "reason": WHY}, along=True, also=DOSSIERS)
    ],
    "post": [Row(PARCELS, "/post/", shows="/post/{manifest}/", besides=POST)],
    "post-scan": [Row(Right.SCAN_PARCELS, "/post/scan/")],
    "post-file": [Row(Right.SCAN_PARCELS, "/post/file/", "post", whole=False)],
    "post-manifest": [Row(PARCELS, "/post/{manifest}/", missing=True, besides=POST)],
    "post-manifest-file": [Row(PARCELS, "/post/{manifest}/csv/", missing=True, besides=POST)],
    "people-mine": [Row(Right.READ_PEOPLE, "/people/")],
    "people": [
        Row(Right.READ_PEOPLE, "/units/{unit}/people/"),
        Row(Right.MANAGE_PEOPLE, "/units/{unit}/people/", "post", NEW_ROLE),
        Row(Right.MANAGE_PEOPLE, "/units/{unit}/people/", "post", {**NEW_ROLE, "username": "somebody-new", "name": "Người mới"}),
    ],
    "people-grant": [
        Row(Right.MANAGE_PEOPLE, "/units/{unit}/people/asked/{grant}/", "post", {"step": "give"}),
        Row(Right.MANAGE_PEOPLE, "/units/{unit}/people/asked/{grant}/", "post", {"step": "decline"}),
    ],
    "person": [Row(Right.READ_PEOPLE, "/people/{person}/")],
    "person-account": [
        Row(Right.MANAGE_PEOPLE, "/people/{person}/account/password/", "post"),
        Row(Right.MANAGE_PEOPLE, "/people/{person}/account/factors/", "post"),
        Row(Right.MANAGE_PEOPLE, "/people/{person}/account/sessions/", "post"),
    ],
    "person-act": [
        Row(Right.MANAGE_PEOPLE, "/people/{person}/end/", "post", {"appointment": "{appointment}"}),
        Row(Right.ARRANGE_PEOPLE, "/people/{person}/stand-in/", "post", {"taker": "nobody-yet", "until": "2026-12-01"}),
        Row(Right.ARRANGE_PEOPLE, "/people/{person}/hand-over/", "post"),
        Row(Right.MANAGE_PEOPLE, "/people/{person}/leave/", "post"),
    ],
    "alerts": [Row(HEAR, "/alerts/", shows='id="a{alert}"')],
    "alert": [Row(HEAR, "/alerts/{alert}/", "post")],
    "log": [Row(LOG, "/log/"), Row(LOG, "/log/?dossier={dossier}", shows=">{unit_name}<")],
    "ratings": [Row(Right.READ_RATINGS, "/ratings/?unit={unit}")],
    "log-csv": [Row(LOG, "/log/csv/")],
    "log-sheet": [Row(LOG, "/log/sheet/?dossier={dossier}")],
    "calendar": [Row(SIGNED_IN, "/calendar/")],
    "meetings": [Row(SIGNED_IN, "/meetings/")],
    "meeting": [Row(MEETINGS, "/meetings/{meeting}/"), Row(HOLDS, "/meetings/{meeting}/", "post", {"do": "cancel"})],
    "meeting-now": [Row(MEETINGS, "/meetings/{meeting}/now/")],
    "meeting-pack": [Row(MEETINGS, "/meetings/{meeting}/pack/")],
    "meeting-minutes": [Row(MEETINGS, "/meetings/{meeting}/minutes/")],
    "meeting-code": [Row(HOLDS, "/meetings/{meeting}/code/")],
    "meeting-new": [Row(HOLDS, "/meetings/new/")],
    "meeting-door-offline": [Row(SIGNED_IN, "/meetings/door/offline/")],
    "meeting-door-worker": [Row(SIGNED_IN, "/meetings/door/worker.js")],
    "meeting-feed-key": [Row(SIGNED_IN, "/meetings/feed/", "post")],
    "matters": [Row(MATTERS, "/matters/?unit={unit}", shows="/matters/{matter}/")],
    "matter-map": [Row(MATTERS, "/matters/map/")],
    "matter-new": [Row(WORKS, "/matters/new/")],
    "matter": [
        Row(MATTERS, "/matters/{matter}/"),
        Row(WORKS, "/matters/{matter}/", "post", {"do": "ask", "words": "Thêm đèn"}),
    ],
    "matter-change": [Row(WORKS, "/matters/{matter}/change/")],
    "initiatives": [Row(COMMUNITY, "/initiatives/"), Row(WRITES, "/initiatives/", "post", PROPOSED)],
    "commendations": [Row(COMMUNITY, "/commendations/")],
    "models": [Row(COMMUNITY, "/models/?unit={unit}", shows="/models/{model}/")],
    "model": [Row(COMMUNITY, "/models/{model}/"), Row(WRITES, "/models/{model}/", "post", {"do": "lapse"})],
    "model-new": [Row(WRITES, "/models/new/")],
    "model-certificates": [Row(COMMUNITY, "/models/certificates/")],
    "activities": [Row(COMMUNITY, "/activities/?unit={unit}", shows="/activities/{activity}/")],
    "activity": [Row(COMMUNITY, "/activities/{activity}/"), Row(WRITES, "/activities/{activity}/", "post", RAISED)],
    "activity-change": [Row(WRITES, "/activities/{activity}/change/")],
    "activity-map": [Row(COMMUNITY, "/activities/map/")],
    "activity-twins": [Row(WRITES, "/activities/twins/")],
    "activity-new": [Row(WRITES, "/activities/new/")],
    "activity-offline": [Row(WRITES, "/activities/new/offline/")],
    "activity-worker": [Row(SIGNED_IN, "/activities/new/worker.js")],
    "settings": [Row(UNITS, "/settings/", besides=frozenset({Role.UNIT_HEAD}))],
    "settings-units": [
        Row(UNITS, "/settings/units/rename/"),
        Row(UNITS, "/settings/units/rename/", "post", ACT | {"sure": "1"}),
    ],
    # What counts for everybody is changed by those at the top; whoever tries here is appointed further down.
    "settings-retention": [Row(ENDS, "/settings/retention/"), Row(NOBODYS, "/settings/retention/", "post", KEEP)],
    "settings-messages": [
        Row(Right.MANAGE_MESSAGES, "/settings/messages/"),
        Row(NOBODYS, "/settings/messages/", "post", {"step": "quiet", "hours": "22:00-06:00", "source": "1/QĐ"}),
    ],
    "settings-words": [
        Row(Right.MANAGE_MESSAGES, "/settings/messages/dossier-receipt/vi/"),
        Row(NOBODYS, "/settings/messages/dossier-receipt/vi/", "post", {"step": "back", "source": "1/QĐ"}),
    ],
    "program-keys": [Row(Right.MANAGE_KEYS, "/settings/keys/")],
    "program-keys-do": [Row(Right.MANAGE_KEYS, "/settings/keys/do/", "post", NEW_KEY)],
    "account": [Row(SIGNED_IN, "/account/")],
    "account_change_password": [Row(SIGNED_IN, "/account/password/")],
    "account_reauthenticate": [Row(SIGNED_IN, "/account/confirm/")],
    "end-sessions": [Row(SIGNED_IN, "/account/sessions/end/", "post", {"session": "1"})],
    "mfa_activate_totp": [Row(SIGNED_IN, "/account/app/")],
    "mfa_add_webauthn": [Row(SIGNED_IN, "/account/keys/add/")],
    "mfa_authenticate": [Row(SIGNED_IN, "/sign-in/code/")],  # leads on who is in already
    "mfa_deactivate_totp": [Row(NOBODYS, "/account/app/remove/", missing=True)],  # who has none
    "mfa_generate_recovery_codes": [Row(SIGNED_IN, "/account/recovery/new/")],
    "mfa_index": [Row(SIGNED_IN, "/account/")],
    "mfa_list_webauthn": [Row(SIGNED_IN, "/account/")],
    "mfa_reauthenticate": [Row(SIGNED_IN, "/account/confirm/code/")],
    "mfa_reauthenticate_webauthn": [Row(SIGNED_IN, "/account/confirm/key/")],
    "mfa_remove_webauthn": [Row(NOBODYS, "/account/keys/{security_key}/remove/", missing=True)],
    "mfa_view_recovery_codes": [Row(NOBODYS, "/account/recovery/", missing=True)],
    "voice": [Row(VOICE, "/voice/?unit={unit}", shows="{case}")],
    "voice-case": [
        Row(VOICE, "/voice/{case}/", missing=True),
        Row(ANSWERS, "/voice/{case}/", "post", {"do": "note", "words": "x"}, missing=True),
    ],
    "calls": [Row(Right.ANSWER_IDEAS, "/ideas/")],
    "call-new": [Row(Right.LEAD_CALLS, "/ideas/new/")],
    "ledger": [Row(Right.VERIFY_LEDGER, "/ledger/"), Row(Right.VERIFY_LEDGER, "/ledger/", "post")],
}
OPERATIONS: dict[str, list[Row]] = {
    "GET /api/v1/units": [Row(SIGNED_IN, f"{API}/units?text=ben")],
    "GET /api/v1/tree": [Row(SIGNED_IN, f"{API}/tree")],
    "GET /api/v1/units/{code}": [Row(SIGNED_IN, f"{API}/units/CATP")],
    "GET /api/v1/units/{code}/history": [Row(SIGNED_IN, f"{API}/units/CATP/history")],
    "GET /api/v1/units/{code}/successors": [Row(SIGNED_IN, f"{API}/units/O2/successors")],
    "GET /api/v1/calendar/working-days": [Row(SIGNED_IN, f"{API}/calendar/working-days?from=2026-01-01&to=2026-01-31")],
    "GET /api/v1/calendar/reckoning": [Row(SIGNED_IN, f"{API}/calendar/reckoning?received=2026-01-05&amount=5")],
    "GET /api/v1/calendar/periods": [Row(SIGNED_IN, f"{API}/calendar/periods?grain=quarter&year=2026")],
    "GET /api/v1/calendar/periods/{name}": [Row(SIGNED_IN, f"{API}/calendar/periods/2026-Q3")],
    "GET /api/v1/measures": [Row(SIGNED_IN, f"{API}/measures")],
    "GET /api/v1/measures/{code}": [Row(SIGNED_IN, f"{API}/measures/dossiers-received")],
    "GET /api/v1/figures": [Row(FIGURES, API + "/figures?measure=dossiers-received&unit={unit}&" + PERIOD)],
    "GET /api/v1/measures/{code}/trend": [
        Row(FIGURES, API + "/measures/dossiers-received/trend?unit={unit}&grain=quarter&from=2026-01-01&to=2026-06-30")
    ],
    "GET /api/v1/measures/{code}/events": [Row(FIGURES, API + "/measures/dossiers-received/events?unit={unit}&" + PERIOD)],
    "GET /api/v1/promises": [Row(DOSSIERS, API + "/promises?unit={unit}", shows="{dossier}")],
    "GET /api/v1/directives": [Row(SIGNED_IN, f"{API}/directives")],
    "GET /api/v1/tasks": [Row(SIGNED_IN, f"{API}/tasks")],
    "GET /api/v1/programmes": [Row(SIGNED_IN, f"{API}/programmes")],
    "GET /api/v1/programmes/{code}": [Row(SIGNED_IN, f"{API}/programmes/2022-2026")],
    "GET /api/v1/programmes/{code}/progress": [Row(FIGURES, API + "/programmes/2022-2026/progress?unit={unit}")],
    "GET /api/v1/requests": [Row(SIGNED_IN, f"{API}/requests")],
    "GET /api/v1/statements": [Row(SIGNED_IN, f"{API}/statements")],
    "POST /api/v1/statements": [Row(Right.STATE_FIGURES, API + "/statements", "post", STATED | {"value": 3})],
    "GET /api/v1/works": [Row(SIGNED_IN, f"{API}/works")],
    "POST /api/v1/works": [Row(Right.STATE_FIGURES, API + "/works", "post", DECLARED)],
    "GET /api/v1/totals": [Row(SIGNED_IN, f"{API}/totals")],
    "POST /api/v1/totals": [Row(Right.STATE_FIGURES, API + "/totals", "post", TOTALS)],
    "GET /api/v1/owed-reports": [Row(SIGNED_IN, f"{API}/owed-reports")],
    "GET /api/v1/monthly-reports": [Row(FIGURES, API + "/monthly-reports?unit={unit}")],
    "GET /api/v1/report-templates": [Row(SIGNED_IN, f"{API}/report-templates")],
    "GET /api/v1/reports": [Row(FIGURES, API + "/reports", shows='"{report}"')],
    "POST /api/v1/reports": [Row(WRITE, API + "/reports", "post", {"unit": "{unit}", "from": "2026-01-01", "to": "2026-03-31"})],
    "GET /api/v1/reports/{code}": [Row(FIGURES, API + "/reports/{report}")],
    "GET /api/v1/reports/{code}/as-signed": [Row(FIGURES, API + "/reports/{report}/as-signed")],
    "GET /api/v1/reports/{code}/as-known-now": [Row(FIGURES, API + "/reports/{report}/as-known-now")],
    "GET /api/v1/reports/{code}/differences": [Row(FIGURES, API + "/reports/{report}/differences")],
    "GET /api/v1/reports/{code}/way": [Row(FIGURES, API + "/reports/{report}/way")],
    "PUT /api/v1/reports/{code}/sections/{position}": [
        Row(WRITE, API + "/reports/{report}/sections/1", "put", {"text": "x", "base": 1})
    ],
    "POST /api/v1/reports/{code}/submit": [Row(WRITE, API + "/reports/{report}/submit", "post")],
    "POST /api/v1/reports/{code}/give-back": [Row(FREEZE, API + "/reports/{report}/give-back", "post", {"reason": "x"})],
    "POST /api/v1/reports/{code}/number": [Row(WRITE, API + "/reports/{report}/number", "post", {"signers": ["alice"]})],
    "POST /api/v1/reports/{code}/publish": [Row(Right.PUBLISH_REPORTS, API + "/reports/{report}/publish", "post")],
    "POST /api/v1/reports/{code}/restatements": [Row(FREEZE, API + "/reports/{report}/restatements", "post", {"reason": "x"})],
    "POST /api/v1/reports/{code}/freeze": [Row(FREEZE, API + "/reports/{report}/freeze", "post")],
    "GET /api/v1/dossiers": [Row(DOSSIERS, API + "/dossiers?unit={unit}", shows="{dossier}")],
    "POST /api/v1/dossiers/search": [Row(DOSSIERS, API + "/dossiers/search", "post", {"text": "{dossier}"}, shows="{dossier}")],
    "GET /api/v1/dossiers/{number}": [Row(DOSSIERS, API + "/dossiers/{dossier}")],
    "POST /api/v1/dossiers": [
        Row(PARCELS, API + "/dossiers", "post", {"unit": "{unit}", "procedure": "anywhere", "applicant": "Trần An"})
    ],
    "POST /api/v1/dossiers/{number}/steps": [Row(PARCELS, API + "/dossiers/{dossier}/steps", "post", {"step": "start"})],
    "POST /api/v1/dossiers/{number}/undo": [Row(PARCELS, API + "/dossiers/{dossier}/undo", "post", {"why": "wrong_step"})],
    "POST /api/v1/dossiers/{number}/officer": [Row(PARCELS, API + "/dossiers/{dossier}/officer", "post", {"officer": None})],
    "GET /api/v1/letters": [Row(SIGNED_IN, f"{API}/letters")],
    "GET /api/v1/manifests": [Row(PARCELS, f"{API}/manifests", shows='"{manifest}"', besides=POST)],
    "GET /api/v1/manifests/{number}": [Row(PARCELS, API + "/manifests/{manifest}", missing=True, besides=POST)],
    "GET /api/v1/procedures": [Row(SIGNED_IN, f"{API}/procedures")],
    "GET /api/v1/procedures/{code}": [Row(SIGNED_IN, f"{API}/procedures/anywhere")],
    "GET /api/v1/procedures/{code}/reckoning": [Row(SIGNED_IN, f"{API}/procedures/anywhere/reckoning?received=2026-11-02")],
    "POST /api/v1/procedures": [Row(Right.MANAGE_PROCEDURES, f"{API}/procedures", "post", RULE | {"body": "{unit}"})],
    "GET /api/v1/meetings": [Row(SIGNED_IN, f"{API}/meetings")],
    "GET /api/v1/meetings/{number}": [Row(MEETINGS, API + "/meetings/{meeting}")],
    "GET /api/v1/meetings/{number}/parts": [Row(MEETINGS, API + "/meetings/{meeting}/parts")],
    "GET /api/v1/initiatives": [Row(SIGNED_IN, f"{API}/initiatives")],
    "GET /api/v1/commendations": [Row(SIGNED_IN, f"{API}/commendations")],
    "GET /api/v1/advice": [Row(SIGNED_IN, f"{API}/advice")],
    "GET /api/v1/inspections": [Row(SIGNED_IN, f"{API}/inspections")],
    "GET /api/v1/relief": [Row(Right.READ_RELIEF, f"{API}/relief")],
    "GET /api/v1/matters": [Row(MATTERS, API + "/matters?unit={unit}", shows='"number": {matter},')],
    "GET /api/v1/matters/{number}": [Row(MATTERS, API + "/matters/{matter}")],
    "GET /api/v1/models": [Row(COMMUNITY, API + "/models?unit={unit}", shows='"number": {model},')],
    "GET /api/v1/models/{number}": [Row(COMMUNITY, API + "/models/{model}")],
    "GET /api/v1/activities": [Row(COMMUNITY, API + "/activities?unit={unit}", shows='"number": {activity},')],
    "GET /api/v1/activities/{number}": [Row(COMMUNITY, API + "/activities/{activity}")],
    "POST /api/v1/activities": [Row(WRITES, API + "/activities", "post", HELD)],
    "GET /api/v1/calls": [Row(SIGNED_IN, f"{API}/calls")],
    "GET /api/v1/sending": [Row(OPEN, f"{API}/sending")],
    "GET /api/v1/receptions": [Row(SIGNED_IN, f"{API}/receptions")],
    "GET /api/v1/voice/bursts": [Row(Right.ANSWER_VOICE, f"{API}/voice/bursts")],
    "GET /api/v1/voice": [Row(VOICE, API + "/voice?unit={unit}", shows="{case}")],
    "GET /api/v1/voice/{number}": [Row(VOICE, API + "/voice/{case}", missing=True)],
    "GET /api/v1/receipt": [Row(NO_SESSION, f"{API}/receipt")],
    "POST /api/v1/post/{partner}/scans": [Row(NO_SESSION, f"{API}/post/BDTP/scans", "post", SCANS)],
    "GET /api/v1/privacy/register": [Row(OPEN, f"{API}/privacy/register")],
    "GET /api/v1/privacy/requests": [
        Row(ASKED, f"{API}/privacy/requests"),
        Row(ASKED, API + "/privacy/requests?limit=200", shows='"number": {request},'),
    ],
    "GET /api/v1/privacy/requests/{number}": [Row(ASKED, API + "/privacy/requests/{request}")],
    "POST /api/v1/privacy/requests": [Row(ASKED, API + "/privacy/requests", "post", {"dossier": "{dossier}", "wish": "erase"})],
    "POST /api/v1/privacy/requests/{number}/acknowledge": [
        Row(ASKED, API + "/privacy/requests/{request}/acknowledge", "post"),
    ],
    "POST /api/v1/privacy/requests/{number}/answer": [
        Row(
            ASKED,
            API + "/privacy/requests/{request}/answer",
            "post",
            {"outcome": "refused", "text": "Luật buộc giữ.", "reason": "law_keeps"},
        )
    ],
    "GET /api/v1/log": [
        Row(LOG, f"{API}/log"),
        Row(LOG, API + "/log?limit=200&unit={unit}", shows='"about_id": {dossier_id},'),
    ],
    "GET /api/v1/ledger/head": [Row(SIGNED_IN, f"{API}/ledger/head")],
    "GET /api/v1/ledger": [Row(Right.VERIFY_LEDGER, f"{API}/ledger")],
}
