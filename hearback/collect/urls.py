"""Addresses at which people are asked. They are printed on paper, so they never change."""

from django.urls import include, path, re_path

from hearback.collect import intake_views, views

urlpatterns = [
    path("done/<slug:key>", views.done, name="done"),
    path("intake/<slug:key>", intake_views.intake, name="intake"),
    path("intake/<slug:key>/preview", intake_views.intake, name="intake-preview"),
    path("intake/", include([re_path("", intake_views.intake, {"key": ""})])),  # nothing is there, as JSON
    path("api/v1/", include("hearback.collect.api.urls")),
]
