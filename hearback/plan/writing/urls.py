"""Addresses of the signed-in pages on which updates are written."""

from django.urls import path

from hearback.plan.writing import pages

DRAFT = "dashboard/updates/<str:key>/"

urlpatterns = [
    path("dashboard/updates/", pages.draft_list, name="draft_list"),
    path("dashboard/updates/new/", pages.draft_new, name="draft_new"),
    path(DRAFT, pages.draft_page, name="draft_page"),
    path(f"{DRAFT}edit/", pages.draft_edit, name="draft_edit"),
    path(f"{DRAFT}correct/", pages.draft_correct, name="draft_correct"),
    path(f"{DRAFT}move/<slug:move>/", pages.draft_move, name="draft_move"),
]
