"""Addresses of what people bring."""

from django.urls import path
from django.views.decorators.http import require_safe

from gandan.faces.pages.voice import desk, entering, handovers, mine, sending, stages, standing, together

PUBLIC = frozenset(
    {
        "public-ask",
        "public-hand-over",
        "public-problem",
        "public-voice",
        "public-voice-draft",
        "public-voice-file",
        "public-voice-kind",
        "public-voice-leave",
        "public-voice-map",
        "public-voice-mine",
        "public-voice-photo",
        "public-voice-protocol",
        "public-voice-sent",
        "public-voice-shown",
        "public-voice-stands",
    }
)

urlpatterns = [
    path("voice/", require_safe(desk.inbox), name="voice"),
    path("voice/enter/", entering.enter, name="voice-enter"),
    path("voice/entered/", require_safe(entering.entered), name="voice-entered"),
    path("voice/moderate/", desk.moderate, name="voice-moderate"),
    path("voice/bursts/", together.bursts, name="voice-bursts"),
    path("voice/extracts/", stages.extracts, name="voice-extracts"),
    path("voice/items/", handovers.items, name="voice-items"),
    path("voice/<str:number>/protocol.pdf", require_safe(handovers.paper), name="voice-protocol"),
    path("voice/<str:number>/", desk.one, name="voice-case"),
    path("voice/<str:number>/files/<str:token>/", require_safe(desk.file), name="voice-file"),
    path("public/voice/", require_safe(sending.choose), name="public-voice"),
    path("public/voice/draft/", sending.draft, name="public-voice-draft"),
    path("public/voice/sent/", require_safe(sending.sent), name="public-voice-sent"),
    path("public/voice/map.svg", require_safe(sending.map_picture), name="public-voice-map"),
    path("public/voice/mine/", mine.mine, name="public-voice-mine"),
    path("public/voice/mine/leave/", mine.leave, name="public-voice-leave"),
    path("public/voice/mine/protocol.pdf", require_safe(handovers.own_paper), name="public-voice-protocol"),
    path("public/voice/mine/files/<str:token>/", require_safe(mine.file), name="public-voice-file"),
    path("public/voice/shown/", require_safe(standing.shown), name="public-voice-shown"),
    path("public/voice/shown/<str:number>/", require_safe(standing.one), name="public-voice-stands"),
    path("public/voice/photos/<str:token>/", require_safe(standing.photo), name="public-voice-photo"),
    path("public/voice/new/report/", sending.begin, {"kind": "report"}, name="public-problem"),
    path("public/voice/new/question/", sending.begin, {"kind": "question"}, name="public-ask"),
    path("public/voice/new/handover/", sending.begin, {"kind": "handover"}, name="public-hand-over"),
    path("public/voice/new/<slug:kind>/", sending.begin, name="public-voice-kind"),
]
