"""Addresses of what is made of a release. They are final: other people's programs rely on them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from hearback.publish.open import views
from hearback.publish.open.grammar import FED, FORMS, LISTED, SINGLE


class Listed(StringConverter):
    """A kind of things that are listed as a file."""

    regex = "|".join(LISTED)


class Single(StringConverter):
    """A kind of things that have files of their own."""

    regex = "|".join(SINGLE)


class Fed(StringConverter):
    """A kind of things that have feeds."""

    regex = "|".join(FED)


class Form(StringConverter):
    """The form of a file."""

    regex = "|".join(FORMS)


for name, converter in {"listed": Listed, "single": Single, "fed": Fed, "form": Form}.items():
    register_converter(converter, name)

urlpatterns = [
    path("<listed:kind>.<form:form>", views.list_file, name="list_file"),
    path("<single:kind>/<slug:key>.<form:form>", views.thing_file, name="thing_file"),
    path("providers/<slug:key>/plans/<int:year>.<form:form>", views.plan_file, name="plan_file"),
    path("<fed:kind>/<slug:key>/feed.atom", views.thing_feed, name="thing_feed"),
    path("feed.atom", views.updates_feed, name="updates_feed"),
    path("corrections.atom", views.corrections_feed, name="corrections_feed"),
    path("data.json", views.catalog_file, name="catalog"),
    path("data.zip", views.newest_zip, name="newest_zip"),
    path("datapackage.json", views.package_file, name="datapackage"),
    path("dataset.jsonld", views.dataset_file, name="dataset"),
    path("releases/<int:number>.zip", views.release_zip, name="release_zip"),
    path("sitemap.xml", views.sitemap_file, name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
]
