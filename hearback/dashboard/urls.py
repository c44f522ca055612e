"""Addresses of the signed-in side."""

from django.urls import path

from hearback.dashboard import views

urlpatterns = [
    path("dashboard/", views.home, name="dashboard"),
    path("dashboard/surveys/<str:quarter>/", views.surveys, name="dashboard_surveys"),
    path("dashboard/history/", views.history, name="dashboard_history"),
    path("dashboard/people/", views.people, name="dashboard_people"),
]
