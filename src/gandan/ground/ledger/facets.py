"""The values of facets that are few and known. `None` stands for any short code."""

ANY = None
LINES = frozenset({"police", "civil", "front", "administration", "post"})
PROMISES = frozenset(
    {"dossier.take", "dossier.result", "apology.letter", "task.programme", "report.due", "duty.publish", "voice.answer"}
    | {"request.answer", "statement.answer", "plan.make"}
    | {"privacy.acknowledge", "privacy.answer", "complaint.answer", "handover.depot", "crime.transfer", "complaint.accept"}
    | {"idea.sort", "idea.answer", "idea.milestone"}
    | {"activity.answer", "model.renew", "meeting.conclusion"}
    | {"consultation.answer", "poll.result"}
    | {"matter.settle", "matter.pledge", "relief.need"}
    | {"advice.answer", "inspection.remedy"}
)
WAS = frozenset({"open", "overdue"})
PUNCTUALITY = frozenset({"in_time", "late"})
FINISHED = frozenset({"early", "in_time", "late"})
CHANNELS = frozenset({"counter", "online", "post"})
LATE_BY = frozenset({"nobody", "post", "applicant"})
WHY_REFUSED = frozenset({"not_competent", "incomplete", "not_valid", "already_handed_in", "other"})
WHY_STOPPED = frozenset({"not_supplemented", "not_paid", "not_eligible", "other_authority", "other"})
HOW_RETURNED = frozenset({"counter", "collector", "post", "online"})
FILES = frozenset({"pdf", "picture", "office"})
EXPORTS = frozenset({"csv", "xlsx", "jsonl"})
WAYS = frozenset({"email", "sms", "zns"})
MESSAGE_RULES = frozenset({"quiet", "words", "stopped"})
QUESTIONS = frozenset({"courtesy", "clarity", "overall"})
FORMS = frozenset({"receipt", "supplement", "refusal", "apology", "stopped", "control", "register"})

ACTIVITIES = frozenset({"meeting", "visit", "forum", "campaign", "support"})
TOPICS = frozenset({"law", "fraud", "fire", "traffic", "drugs", "papers", "safety", "welfare", "other"})

SEATS = frozenset({"desk", "conduct", "custodian", "recovery"})
WHY_OPENED = frozenset({"court", "life", "consent", "protection"})
WISHES = frozenset({"see", "correct", "erase", "restrict", "object", "withdraw"})
OUTCOMES = frozenset({"granted", "partly", "refused"})

# What people bring, by kind: see work/voice/kinds.py.
CASES = frozenset({"report", "crime", "handover", "conduct", "complaint", "denunciation", "compliment", "question"})
CASE = {"case": CASES}
CASE_CHANNELS = frozenset({"online", "counter", "phone", "post", "reception", "program", "other"})
CASE_OUTCOMES = frozenset({"done", "explained", "passed_out", "refused"})
ARMS = frozenset({"military", "hunting", "crude", "sport", "explosive", "precursor", "support", "fireworks", "other"})
DECISIONS = frozenset({"taken_up", "partly", "studied", "exists", "not_taken"})  # about a group of ideas
UNDER = {"under": frozenset({"notice", "call"})}  # what a comment stands under
WHY_HIDDEN = frozenset({"names_someone", "abuse", "not_a_report", "under_inquiry", "not_ours"})

# The subject of a promise is the code of what it is about (a procedure, say), where a sum by it is wanted.
PROMISE = {"promise": PROMISES, "subject": ANY}
SUBJECT = frozenset({"subject"})

SORTS = frozenset({"notice", "correction", "alert"})
CHANGES = frozenset({"updated", "clarified", "our_error", "reply"})

POSTED_AT = frozenset({"board", "page", "speaker", "home"})
WHY_COMMENT_HIDDEN = frozenset({"names_someone", "abuse", "not_about_it"})
