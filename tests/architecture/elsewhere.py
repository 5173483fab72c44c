"""Addresses that the table of `expected.py` can't build, each with the test that tries who may."""

LETTERS_API = "tests/api/test_letters.py"
TASKS_API = "tests/api/test_tasks.py"
WRITING = "tests/pages/test_programme_writing.py"
TIPS = "tests/tips/test_desk.py"  # in a database of their own

# Some are everybody's who is signed in, and nobody is refused: `draft-versions`, as a draft is read by all while it is written;
# `GET /api/v1/programmes/{code}/plans`, as its page; `POST /api/v1/calls/{number}/near`, which shows what stands in public;
# `voice-entered`, which shows what the reader's own session keeps, once, and leads others to the list.
# What can't be built here yet, with the test that tries who may.
ELSEWHERE: dict[str, str] = {
    "tip": TIPS,
    "tip-piece": TIPS,
    "tips": TIPS,
    "tips-identities": TIPS,
    "tips-identity": TIPS,
    "tips-keys": TIPS,
    "tips-late": TIPS,
    "tips-reseal": TIPS,
    "tips-reward": TIPS,
    **dict.fromkeys(("request", "request-numbered", "request-file", "request-answer"), "tests/pages/test_requesting.py"),
    **dict.fromkeys(
        (
            "POST /api/v1/requests",
            "GET /api/v1/requests/{code}",
            "POST /api/v1/requests/{code}/gather",
            "GET /api/v1/requests/{code}/answers/{unit}",
            "PUT /api/v1/requests/{code}/answers/{unit}",
            "POST /api/v1/requests/{code}/answers/{unit}/give",
            "POST /api/v1/requests/{code}/answers/{unit}/return",
        ),
        "tests/api/test_report_requests.py",
    ),
    "statement": "tests/pages/test_stating.py",
    "statement-evidence": "tests/pages/test_stating.py",
    "POST /api/v1/statements/{number}/answer": "tests/api/test_statements.py",
    "POST /api/v1/owed-reports/{number}/begin": "tests/api/test_report_duties.py",
    "report-owed": "tests/pages/test_owing.py",
    "reports-owed-all": "tests/pages/test_owing.py",
    "report-send-back": "tests/pages/test_report_life.py",
    "report-sign": "tests/pages/test_report_life.py",
    "report-restatement": "tests/pages/test_report_life.py",
    "POST /api/v1/reports/{code}/send-back": "tests/api/test_report_life.py",
    **dict.fromkeys(("directive", "directive-file", "task", "task-file"), "tests/pages/test_tasks.py"),
    **dict.fromkeys(("programme-amend", "programme-plans", "plan-owed", "edition"), WRITING),
    **dict.fromkeys(("draft", "draft-pdf", "draft-sign", "draft-part", "draft-versions"), WRITING),
    **dict.fromkeys(
        ("GET /api/v1/tasks/{number}", "POST /api/v1/tasks/{number}/done", "GET /api/v1/directives/{code}"), TASKS_API
    ),
    **dict.fromkeys(("GET /api/v1/programmes/{code}/plans", "GET /api/v1/programmes/{code}/texts/{number}"), TASKS_API),
    "model-certificate": "tests/pages/test_community_models.py",
    **dict.fromkeys(
        ("democracy-poll",),
        "tests/democracy/test_pages.py",
    ),
    **dict.fromkeys(("meeting-door", "meeting-paper", "meeting-conclusion", "meeting-section"), "tests/pages/test_meetings.py"),
    "meeting-door-send": "tests/pages/test_meetings_browser.py",
    **dict.fromkeys(("activity-send", "activity-photo"), "tests/pages/test_activities.py"),
    "POST /api/v1/relief/{number}/needs": "tests/relief/test_pages.py",
    "GET /api/v1/letters/{number}/pdf": LETTERS_API,
    "GET /api/v1/hand-overs/links": "tests/voice/test_handover_pages.py",
    "GET /api/v1/hand-overs/{number}": "tests/voice/test_handover_pages.py",
    "POST /api/v1/hand-overs/links/{link}/take": "tests/voice/test_handover_pages.py",
    "POST /api/v1/hand-overs/{number}/give": "tests/voice/test_handover_pages.py",
    "POST /api/v1/hand-overs/{number}/record": "tests/voice/test_handover_pages.py",
    "POST /api/v1/hand-overs/{number}/sign": "tests/voice/test_handover_pages.py",
    "POST /api/v1/hand-overs/{number}/visit": "tests/voice/test_handover_pages.py",
    "GET /api/v1/voice/channels/{code}/answers": "tests/voice/test_channels.py",
    "GET /api/v1/calls/{number}/groups": "tests/voice/test_idea_api.py",
    "POST /api/v1/calls/{number}/groups/{group}/answer": "tests/voice/test_idea_api.py",
    **dict.fromkeys(
        (
            "GET /api/v1/voice/{number}/steps",
            "POST /api/v1/voice/{number}/steps",
            "POST /api/v1/voice/{number}/steps/lengthen",
            "POST /api/v1/voice/bursts/answer",
            "GET /api/v1/voice/extracts",
            "POST /api/v1/voice/extracts/{number}/conclude",
            "GET /api/v1/voice/{number}/extracts",
            "POST /api/v1/voice/{number}/extracts",
            "POST /api/v1/receptions",
            "POST /api/v1/receptions/{number}/call-off",
            "POST /api/v1/receptions/{number}/bookings",
        ),
        "tests/voice/test_api.py",
    ),
    **dict.fromkeys(
        ("POST /api/v1/calls/{number}/near", "POST /api/v1/calls/{number}/ideas", "POST /api/v1/comments"),
        "tests/voice/test_idea_api.py",
    ),
    "POST /api/v1/voice/{number}/pass": "tests/voice/test_api.py",
    "voice-entered": "tests/voice/test_pages.py",
    "voice-channel-answers": "tests/voice/test_channels.py",
    "voice-protocol": "tests/voice/test_handover_pages.py",
    "voice-file": "tests/voice/test_pages.py",
    "voice-moderate": "tests/voice/test_pages.py",
    "call-desk": "tests/voice/test_idea_pages.py",
    "call-edit": "tests/voice/test_idea_pages.py",
    "call-group": "tests/voice/test_idea_pages.py",
    "call-group-promise": "tests/voice/test_idea_pages.py",
    "call-milestone": "tests/voice/test_idea_pages.py",
}
