"""Addresses of the signed-in pages of releases."""

from django.urls import path

from hearback.publish.desk import pages, preview

HERE = "dashboard/releases/"

urlpatterns = [
    path(HERE, pages.release_desk, name="release_desk"),
    path(f"{HERE}prepare/", pages.release_prepare, name="release_prepare"),
    path(f"{HERE}publish/", pages.release_publish, name="release_publish"),
    path(f"{HERE}withdraw/", pages.release_withdraw, name="release_withdraw"),
    path(f"{HERE}preview/", preview.preview, name="release_preview"),
    path(f"{HERE}preview/<path:path>", preview.preview, name="release_preview_page"),
]
