"""Addresses of the research repository."""

from django.urls import path

from hearback.learn.desk import pages

urlpatterns = [
    path("dashboard/research/", pages.research_list, name="research_list"),
    path("dashboard/research/search/", pages.research_search, name="research_search"),
    path("dashboard/research/journeys/<str:key>/", pages.research_journey, name="research_journey"),
    path("dashboard/research/studies/<str:key>/", pages.research_study, name="research_study"),
]
