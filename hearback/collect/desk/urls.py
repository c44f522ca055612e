"""Addresses of the signed-in pages for forms."""

from django.urls import path

from hearback.collect.desk import (
    building,
    exporting,
    from_file,
    keeping,
    listing,
    moving,
    overview,
    preview,
    question,
    settings_page,
    text_page,
    translating,
    versions,
)
from hearback.collect.desk import responses as answers

FORM = "dashboard/forms/<slug:key>/"

urlpatterns = [
    path("dashboard/forms/", listing.form_list, name="form_list"),
    path("dashboard/forms/new/", listing.form_new, name="form_new"),
    path(FORM, overview.form_overview, name="form_overview"),
    path(f"{FORM}qr.<slug:kind>", overview.form_qr, name="form_qr"),
    path(f"{FORM}poster-<slug:paper>.pdf", overview.form_poster, name="form_poster"),
    path(f"{FORM}email.<str:language>.<slug:kind>", overview.form_email, name="form_email"),
    path(f"{FORM}edit/", building.form_edit, name="form_edit"),
    path(f"{FORM}edit/<int:number>/", question.form_question, name="form_question"),
    path(f"{FORM}edit/<int:number>/preview/", preview.form_question_preview, name="form_question_preview"),
    path(f"{FORM}edit/<int:number>/remove/", question.form_question_remove, name="form_question_remove"),
    path(f"{FORM}languages/", translating.form_languages, name="form_languages"),
    path(f"{FORM}languages/<str:language>/", translating.form_translate, name="form_translate"),
    path(
        f"{FORM}languages/<str:language>/remove/",
        translating.form_language_remove,
        name="form_language_remove",
    ),
    path(f"{FORM}settings/", settings_page.form_settings, name="form_settings"),
    path(f"{FORM}keep/", keeping.form_keep, name="form_keep"),
    path(f"{FORM}text/", text_page.form_text, name="form_text"),
    path(f"{FORM}file/", from_file.form_from_file, name="form_from_file"),
    path(f"{FORM}preview/", preview.form_preview, name="form_preview"),
    path(f"{FORM}move/<slug:move>/", moving.form_move, name="form_move"),
    path(f"{FORM}versions/", versions.form_versions, name="form_versions"),
    path(f"{FORM}responses/", answers.form_responses, name="form_responses"),
    path(f"{FORM}export/", exporting.form_export, name="form_export"),
]
