"""Every address of the site: public pages, sign-in, and the signed-in side."""

from django.urls import include, path

urlpatterns = [
    path("", include("hearback.publish.api.urls")),  # before the other API, which says of all else: not there
    path("", include("hearback.accounts.urls")),
    path("", include("hearback.collect.urls")),
    path("", include("hearback.collect.desk.urls")),
    path("", include("hearback.learn.desk.urls")),
    path("", include("hearback.plan.desk.urls")),
    path("", include("hearback.plan.writing.urls")),
    path("", include("hearback.plan.rounds.urls")),
    path("", include("hearback.dashboard.urls")),
    path("", include("hearback.publish.desk.urls")),
    path("", include("hearback.publish.urls")),
]
