"""A small directory to place rows in: providers and services with their codes, and who gives what."""

from collections.abc import Iterable

from hearback.directory.models import Agency, Identifier, Provider, Provision, Service

Pair = tuple[str, str]


def build_directory(pairs: Iterable[Pair], *, unlinked: Iterable[Pair] = ()) -> None:
    """Make providers and services for pairs of codes, linked; those of `unlinked` are made and not linked."""
    linked, apart = list(pairs), list(unlinked)
    agency, _ = Agency.objects.get_or_create(
        key="agency", defaults={"name": "An agency", "abbreviation": "AA", "level": "federal"}
    )
    providers = {code: _provider(code, agency) for code in sorted({p for p, _ in linked + apart})}
    services = {code: _service(code) for code in sorted({s for _, s in linked + apart})}
    for provider, service in sorted(set(linked)):
        Provision.objects.get_or_create(
            provider=providers[provider], service=services[service], starts_on=None
        )


def _provider(code: str, agency: Agency) -> Provider:
    made, _ = Provider.objects.get_or_create(
        key=f"provider-{code}", defaults={"name": f"Provider {code}", "agency": agency}
    )
    Identifier.objects.get_or_create(scheme="us-cx-provider", value=code, defaults={"provider": made})
    return made


def _service(code: str) -> Service:
    made, _ = Service.objects.get_or_create(key=f"service-{code}", defaults={"name": f"Service {code}"})
    Identifier.objects.get_or_create(scheme="us-cx-service", value=code, defaults={"service": made})
    return made
