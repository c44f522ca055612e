"""Addresses of the signed-in pages for what is promised."""

from django.urls import path

from hearback.plan.desk import gaps, pages

MILESTONE = "dashboard/milestones/<str:key>/"

urlpatterns = [
    path("dashboard/chain/", gaps.gap_list, name="gap_list"),
    path("dashboard/milestones/", pages.milestone_list, name="milestone_list"),
    path(MILESTONE, pages.milestone_page, name="milestone_page"),
    path(f"{MILESTONE}<slug:what>/", pages.milestone_change, name="milestone_change"),
]
