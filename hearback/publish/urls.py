"""Addresses of the public site. They are final: other people's links rely on them."""

from django.urls import include, path

from hearback.publish import views
from hearback.publish.pages import (
    action_plans,
    area,
    chain,
    directory,
    journey,
    open_data,
    plan,
    rounds,
    service,
)
from hearback.publish.views import fixed, page

urlpatterns = [
    path("", include("hearback.publish.open.urls")),
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
    path("commitments/", page("publish/commitments.html", plan.commitments), name="commitments"),
    path("funding/", page("publish/funding.html", plan.funding), name="funding"),
    path("updates/", page("publish/updates.html", plan.update_list), name="updates"),
    path("rounds/", page("publish/rounds.html", rounds.rounds), name="rounds"),
    path("chain/", page("publish/chain_index.html", chain.chain_index), name="chain_index"),
    path("chain/graph.json", views.chain_graph, name="chain_graph"),
    path("chain/<slug:kind>/<str:key>/", page("publish/chain.html", chain.chain_page), name="chain"),
    path("data/", page("publish/data.html", open_data.data), name="data"),
    path("data/dictionary/", page("publish/dictionary.html", open_data.dictionary), name="dictionary"),
    path("data/<str:name>", views.data_file, name="data_file"),
    path("charts/<slug:name>.svg", views.chart_file, name="chart"),
    path("methods/", page("publish/methods.html", open_data.methods), name="methods"),
    path("methods/<slug:slug>/", page("publish/method.html", open_data.method), name="method"),
    path("releases/", views.releases, name="releases"),
    path("changes/<int:before>/<int:after>/", views.changes, name="changes"),
    path("changes/<int:before>/<int:after>.json", views.changes_file, name="changes_file"),
    path("corrections/", views.corrections, name="corrections"),
    path("releases/key.pem", views.public_key, name="public_key"),
    path("releases/<int:number>/", views.release_page, name="release"),
    path("releases/<int:number>/<path:path>", views.release_file, name="release_file"),
    path("accessibility/", fixed("publish/accessibility.html"), name="accessibility"),
    path("about/", fixed("publish/about.html"), name="about"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
