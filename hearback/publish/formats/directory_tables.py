"""Tables of who provides what."""

from hearback.publish.formats.tables import Table, columns

AGENCIES = Table(
    "agencies",
    "Agencies",
    columns(
        agency="Key of the agency.",
        name="Official name.",
        abbreviation="Abbreviation.",
        level="federal, state, local, tribal, territorial or nonprofit.",
        parent="Key of the agency it belongs to.",
        starts_on="First day; empty where unknown.",
        ends_before="First day after the last; empty where unknown or still there.",
        source="Where this was read.",
    ),
    lambda content: (
        (a.key, a.name, a.abbreviation, a.level, a.parent_key, a.starts_on, a.ends_before, a.source)
        for a in content.agencies
    ),
)

PROVIDERS = Table(
    "providers",
    "Providers",
    columns(
        provider="Key of the provider.",
        name="Name.",
        abbreviation="Abbreviation.",
        agency="Key of the agency it belongs to.",
        designated_since="When it was designated, as the source gives it.",
        note="Remarks.",
        source="Where this was read.",
    ),
    lambda content: (
        (p.key, p.name, p.abbreviation, p.agency_key, p.designated_since, p.note, p.source)
        for p in content.providers
    ),
)

SERVICES = Table(
    "services",
    "Services",
    columns(
        service="Key of the service.",
        name="Name.",
        providers="Keys of all providers, past and present, separated by '; '.",
        designated="Whether it is a designated service.",
        state="What is known of its state.",
        first_quarter="First quarter reported.",
        last_quarter="Last quarter reported.",
        replaced_by="Key of the service that took its place.",
        source="Where this was read.",
    ),
    lambda content: (
        (
            s.key, s.name, tuple(p.provider_key for p in s.provisions), s.designated, s.state,
            s.first_quarter, s.last_quarter, s.replaced_by_key, s.source,
        )
        for s in content.services
    ),
)  # fmt: skip
