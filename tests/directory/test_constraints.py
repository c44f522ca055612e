"""What must always be true of the directory is held by the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from hearback.directory.models import Agency, Designation, Identifier, Provider, Provision, Service, Website

pytestmark = pytest.mark.django_db

DAY, NEXT = date(2022, 1, 1), date(2022, 1, 2)


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(key="department", name="Department", abbreviation="D", level="federal")


@pytest.fixture
def provider(agency: Agency) -> Provider:
    return Provider.objects.create(key="docks", name="Docks", agency=agency)


@pytest.fixture
def service() -> Service:
    return Service.objects.create(key="mooring", name="Mooring")


def refuses(row: Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_nothing_ends_before_it_starts(agency: Agency, provider: Provider, service: Service) -> None:
    for start, end in ((DAY, DAY), (NEXT, DAY)):
        refuses(Agency(key="x", name="x", abbreviation="x", level="state", starts_on=start, ends_before=end))
        refuses(Provider(key="x", name="x", agency=agency, starts_on=start, ends_before=end))
        refuses(Provision(provider=provider, service=service, starts_on=start, ends_before=end))
        refuses(Designation(service=service, starts_on=start, ends_before=end))
        refuses(Website(address="x", name="x", agency=agency, starts_on=start, ends_before=end))
    Provision.objects.create(provider=provider, service=service, starts_on=DAY, ends_before=NEXT)


def test_an_agency_is_of_a_known_level(agency: Agency) -> None:
    agency.level = "galactic"
    refuses(agency)


def test_nothing_is_its_own_parent_or_successor(agency: Agency, service: Service) -> None:
    agency.parent, service.replaced_by = agency, service
    refuses(agency)
    refuses(service)


def test_a_code_stands_for_one_thing(agency: Agency, service: Service) -> None:
    Identifier.objects.create(scheme="s", value="1", agency=agency)
    refuses(Identifier(scheme="s", value="1", service=service))
    Identifier.objects.create(scheme="t", value="1", service=service)


def test_a_code_stands_for_exactly_one_thing(agency: Agency, service: Service) -> None:
    refuses(Identifier(scheme="s", value="1"))
    refuses(Identifier(scheme="s", value="1", agency=agency, service=service))


def test_several_providers_may_give_one_service_at_once(
    agency: Agency, provider: Provider, service: Service
) -> None:
    Provision.objects.create(provider=provider, service=service)
    other = Provider.objects.create(key="ports", name="Ports", agency=agency)
    Provision.objects.create(provider=other, service=service)
    refuses(Provision(provider=provider, service=service))


def test_a_service_is_designated_once_per_start(service: Service) -> None:
    Designation.objects.create(service=service)
    refuses(Designation(service=service))
    Designation.objects.create(service=service, starts_on=DAY)
