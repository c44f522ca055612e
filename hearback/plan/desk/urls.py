"""Addresses of the signed-in pages for what is promised."""

from django.urls import path

from hearback.plan.desk import gaps, goals, pages

MILESTONE = "dashboard/milestones/<str:key>/"

urlpatterns = [
    path("dashboard/chain/", gaps.gap_list, name="gap_list"),
    path("dashboard/goals/", goals.goal_list, name="goal_list"),
    path("dashboard/goals/<str:key>/replace/", goals.goal_replace, name="goal_replace"),
    path("dashboard/milestones/", pages.milestone_list, name="milestone_list"),
    path(MILESTONE, pages.milestone_page, name="milestone_page"),
    path(f"{MILESTONE}<slug:what>/", pages.milestone_change, name="milestone_change"),
]
