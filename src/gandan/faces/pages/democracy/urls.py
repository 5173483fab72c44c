"""Addresses of democracy at the grassroots."""

from django.urls import path

from gandan.faces.pages.democracy import desk, polls, public

PUBLIC = frozenset(
    {
        "public-comment",
        "public-comment-sent",
        "public-consultation",
        "public-consultation-comment",
        "public-democracy",
        "public-duty",
        "public-duty-photo",
        "public-vote",
        "public-vote-ballot",
        "public-vote-ballots",
    }
)

urlpatterns = [
    path("democracy/", desk.desk, name="democracy"),
    path("democracy/comments/", desk.moderate, name="democracy-moderate"),
    path("democracy/duties/new/", desk.new_duty, name="democracy-duty-new"),
    path("democracy/duties/<int:number>/", desk.duty, name="democracy-duty"),
    path("democracy/consultations/new/", desk.new_consultation, name="democracy-consultation-new"),
    path("democracy/consultations/<int:number>/", desk.consultation, name="democracy-consultation"),
    path("democracy/consultations/<int:number>/edit/", desk.edit_consultation, name="democracy-consultation-edit"),
    path("democracy/polls/new/", polls.new, name="democracy-poll-new"),
    path("democracy/polls/<int:number>/", polls.one, name="democracy-poll"),
    path("public/democracy/", public.overview, name="public-democracy"),
    path("public/duties/<int:number>/", public.duty, name="public-duty"),
    path("public/duties/<int:number>/photos/<slug:place>/", public.photo, name="public-duty-photo"),
    path("public/consultations/mine/", public.own_comment, name="public-comment"),
    path("public/consultations/sent/", public.comment_sent, name="public-comment-sent"),
    path("public/consultations/<int:number>/", public.consultation, name="public-consultation"),
    path("public/consultations/<int:number>/comment/", public.comment, name="public-consultation-comment"),
    path("public/votes/<int:number>/", public.vote, name="public-vote"),
    path("public/votes/<int:number>/ballot/", public.ballot, name="public-vote-ballot"),
    path("public/votes/<int:number>/ballots.csv", public.ballots, name="public-vote-ballots"),
]
