"""Addresses of the public site. They are final: other people's links rely on them."""

from django.urls import include, path, re_path

from hearback.publish import figure_views, views
from hearback.publish.languages import TRANSLATED, others
from hearback.publish.pages import (
    action_plans,
    area,
    chain,
    directory,
    figures,
    journey,
    open_data,
    plan,
    privacy,
    quarters,
    rounds,
    service,
    success_measures,
)
from hearback.publish.views import fixed, moved, page

IN_ANOTHER_LANGUAGE = rf"^(?P<language>{'|'.join(others())})/(?P<path>(?:.*/)?)$"

LISTED = ("priority-areas", "strategies", "journeys", "projects", "milestones")
"""Kinds without a page that lists them, but for the one of the search."""

urlpatterns = [
    re_path(IN_ANOTHER_LANGUAGE, views.translated, name=TRANSLATED),
    path("", include("hearback.publish.open.urls")),
    path("", include("hearback.publish.search.urls")),
    path("", page("publish/home.html", area.home), name="home"),
    path("priority-areas/<slug:key>/", page("publish/area.html", area.area), name="area"),
    path("strategies/<slug:key>/", page("publish/strategy.html", area.strategy), name="strategy"),
    path("life-experiences/", page("publish/experiences.html", plan.experiences), name="experiences"),
    path("life-experiences/<slug:key>/", page("publish/experience.html", plan.experience), name="experience"),
    path("journeys/<slug:key>/", page("publish/journey.html", journey.journey), name="journey"),
    path("journeys/<slug:key>/map.svg", views.journey_picture, name="journey_picture"),
    path("journeys/<slug:key>/map.pdf", views.journey_paper, name="journey_paper"),
    path("agencies/", page("publish/agencies.html", directory.agencies), name="agencies"),
    path("agencies/<slug:key>/", page("publish/agency.html", directory.agency), name="agency"),
    path("providers/", page("publish/providers.html", directory.providers), name="providers"),
    path("providers/<slug:key>/", page("publish/provider.html", directory.provider), name="provider"),
    path(
        "providers/<slug:key>/plans/<int:year>/",
        page("publish/action_plan.html", action_plans.action_plan),
        name="action_plan",
    ),
    path(
        "capacity-areas/",
        page("publish/capacity_areas.html", action_plans.capacity_areas),
        name="capacity_areas",
    ),
    path("services/", page("publish/services.html", service.services), name="services"),
    path("services/<slug:key>/", page("publish/service.html", service.service), name="service"),
    path("measures/", page("publish/measures.html", success_measures.measures), name="measures"),
    path("measures/<slug:key>/", page("publish/measure.html", success_measures.measure), name="measure"),
    path("quarters/", page("publish/quarters.html", quarters.quarters), name="quarters"),
    path("quarters/<slug:code>/", page("publish/quarter.html", quarters.quarter), name="quarter"),
    path("commitments/", page("publish/commitments.html", plan.commitments), name="commitments"),
    path("funding/", page("publish/funding.html", plan.funding), name="funding"),
    path("updates/", page("publish/updates.html", plan.update_list), name="updates"),
    path("rounds/", page("publish/rounds.html", rounds.rounds), name="rounds"),
    path("chain/", page("publish/chain_index.html", chain.chain_index), name="chain_index"),
    path("chain/graph.json", views.chain_graph, name="chain_graph"),
    path("chain/<slug:kind>/<path:key>/", page("publish/chain.html", chain.chain_page), name="chain"),
    path("data/", page("publish/data.html", open_data.data), name="data"),
    path("data/dictionary/", page("publish/dictionary.html", open_data.dictionary), name="dictionary"),
    path("data/<str:name>", views.data_file, name="data_file"),
    path("charts/", page("publish/figures.html", figures.listed), name="figures"),
    path("charts/<slug:name>/", page("publish/figure.html", figures.page), name="figure"),
    path("charts/<slug:name>/frame/", figure_views.frame, name="figure_frame"),
    path("charts/<slug:name>.svg", views.chart_file, name="chart"),
    path("charts/<slug:name>.png", figure_views.image, name="figure_image"),
    path("charts/<slug:name>.<form:form>", figure_views.numbers, name="figure_numbers"),
    path("methods/", page("publish/methods.html", open_data.methods), name="methods"),
    path("methods/<slug:slug>/", page("publish/method.html", open_data.method), name="method"),
    path("releases/", views.releases, name="releases"),
    path("changes/<int:before>/<int:after>/", views.changes, name="changes"),
    path("changes/<int:before>/<int:after>.json", views.changes_file, name="changes_file"),
    path("corrections/", views.corrections, name="corrections"),
    path("releases/key.pem", views.public_key, name="public_key"),
    path("releases/<int:number>/", views.release_page, name="release"),
    path("releases/<int:number>/<path:path>", views.release_file, name="release_file"),
    path("accessibility/", page("publish/accessibility.html", privacy.to_write_to), name="accessibility"),
    path("privacy/", page("publish/privacy.html", privacy.privacy), name="privacy"),
    path("about/", fixed("publish/about.html"), name="about"),
    *(path(f"{kind}/", moved(kind), name=f"{kind}_moved") for kind in LISTED),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
