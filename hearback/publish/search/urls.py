"""Addresses of the search. They are final: other people's links rely on them."""

from django.urls import path

from hearback.publish.search import views
from hearback.publish.views import page

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/index.json.gz", views.index_file, name="search_index"),
    path("search/kinds/<slug:kind>/", page("publish/search_kind.html", views.kind_list), name="search_kind"),
    path(
        "search/letters/<slug:letter>/",
        page("publish/search_letter.html", views.letter_list),
        name="search_letter",
    ),
]
