"""Pages in memory: the same for everybody who is not signed in, and nobody's own."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from hearback.accounts.actions import add_person
from hearback.accounts.models import User
from hearback.publish import remembering, views
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.remembering import MEMORY, Memory, Page, remembered
from tests.publish.publishing import make_release
from tests.publish.site import small_site

pytestmark = pytest.mark.django_db
SERVICE = "/services/va-vha-2/"
SAFE = ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every page that is made anew, by its address."""
    made: list[str] = []
    render = views.render

    def counted(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        made.append(request.path)
        answer: HttpResponse = render(request, *args, **more)  # type: ignore[arg-type]
        return answer

    monkeypatch.setattr(views, "render", counted)
    return made


@pytest.fixture
def person(db: None, at: datetime) -> User:
    add_person("somebody", "Some Body", by="operator", at=at)
    return User.objects.get(username="somebody")


def test_a_page_is_made_once_and_answered_the_same(
    site: ReleaseData, client: Client, built: list[str]
) -> None:
    first, second = client.get(SERVICE), client.get(SERVICE)
    assert built == [SERVICE]
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)
    for name in SAFE:
        assert second.headers[name], name
    assert second.headers["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(second.headers["Vary"].split(", "))
    assert not second.cookies


def test_who_has_the_page_is_told_so_without_it(site: ReleaseData, client: Client, built: list[str]) -> None:
    tag = client.get(SERVICE).headers["ETag"]
    packed = client.get(SERVICE, HTTP_ACCEPT_ENCODING="gzip").headers["ETag"]
    assert tag != packed
    for known in (tag, packed, f'"other", W/{tag}'):
        answer = client.get(SERVICE, HTTP_IF_NONE_MATCH=known)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
        assert "Content-Type" not in answer.headers
    assert client.get(SERVICE, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_compressed_where_it_may_be_and_the_same_page(site: ReleaseData, client: Client) -> None:
    plain = client.get(SERVICE)
    assert "Content-Encoding" not in plain.headers
    packed = client.get(SERVICE, HTTP_ACCEPT_ENCODING="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert client.get(SERVICE, HTTP_ACCEPT_ENCODING="gzip;q=0").content == plain.content


@pytest.mark.parametrize("accepts", ["", "gzip"])
def test_each_language_is_kept_by_itself_compressed_or_not(
    site: ReleaseData, client: Client, accepts: str
) -> None:
    def read(address: str) -> str:
        answer = client.get(address, headers={"Accept-Encoding": accepts})
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding", "") == accepts
        return (gzip.decompress(answer.content) if accepts else answer.content).decode()

    for _ in range(2):
        assert '<html lang="en"' in read("/services/va-vha-2/")
        assert '<html lang="es"' in read("/es/services/va-vha-2/")
    framed = client.get("/es/charts/commitments/frame/", headers={"Accept-Encoding": accepts})
    again = client.get("/es/charts/commitments/frame/", headers={"Accept-Encoding": accepts})
    for answer in (framed, again):
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Language"] == "es"


def test_a_head_has_the_headers_and_no_body(site: ReleaseData, client: Client) -> None:
    whole = client.get(SERVICE)
    head = client.head(SERVICE)
    assert head.content == b""
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_another_release_is_seen_at_once(
    site: ReleaseData, client: Client, drawn: dict[str, bytes], at: datetime
) -> None:
    before = client.get(SERVICE)
    services = tuple(replace(one, name=f"{one.name}, renamed") for one in small_site().services)
    content = replace(small_site(), services=services)
    make_release(content, data_files(content) | drawn, by="reviewer", at=at + timedelta(days=1))
    after = client.get(SERVICE, HTTP_IF_NONE_MATCH=before.headers["ETag"])
    assert after.status_code == 200
    assert "outpatient care, renamed" in after.content.decode()
    assert "outpatient care, renamed" not in before.content.decode()


def test_who_is_signed_in_sees_their_own_page_and_nobody_else_does(
    site: ReleaseData, client: Client, person: User
) -> None:
    anybody = client.get(SERVICE)
    signed_in = Client()
    signed_in.force_login(person)
    own = signed_in.get(SERVICE, HTTP_IF_NONE_MATCH=anybody.headers["ETag"])
    assert own.status_code == 200
    assert "Signed in as Some Body" in own.content.decode()
    assert "ETag" not in own.headers
    assert own.headers["Cache-Control"] == "private, no-cache"
    again = Client().get(SERVICE)
    assert again.content == anybody.content
    assert "Some Body" not in again.content.decode()
    MEMORY.clear()
    assert "Signed in as Some Body" in signed_in.get(SERVICE).content.decode()
    assert "Some Body" not in Client().get(SERVICE).content.decode()


def test_who_is_told_something_gets_a_page_of_their_own(site: ReleaseData, client: Client) -> None:
    client.cookies["messages"] = "not signed by us"
    answer = client.get(SERVICE)
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert MEMORY.size == 0


def test_addresses_with_a_query_are_made_anew_and_not_kept(
    site: ReleaseData, client: Client, built: list[str]
) -> None:
    for number in range(3):
        assert client.get(SERVICE, {"x": str(number)}).status_code == 200
    assert built == [SERVICE] * 3
    assert MEMORY.size == 0


def test_what_is_not_there_is_not_kept(site: ReleaseData, client: Client) -> None:
    for number in range(3):
        assert client.get(f"/services/none-{number}/").status_code == 404
    assert MEMORY.size == 0


def test_before_the_first_release_nothing_is_kept(db: None, client: Client) -> None:
    assert client.get("/").status_code == 200
    assert MEMORY.size == 0


def test_a_page_of_whoever_holds_to_a_release_is_not_kept(site: ReleaseData) -> None:
    request = RequestFactory().get(SERVICE)
    request.held = site  # type: ignore[attr-defined]
    assert _door(lambda r: HttpResponse("a"))(request).status_code == 200
    assert MEMORY.size == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request, answer: answer.set_cookie("own", "1"),
        lambda request, answer: request.META.update(CSRF_COOKIE="token"),
        lambda request, answer: answer.headers.__setitem__("Cache-Control", "no-store"),
    ],
)
def test_an_answer_for_one_person_is_never_kept(
    site: ReleaseData, spoil: Callable[[HttpRequest, HttpResponse], None]
) -> None:
    numbers = iter(range(9))

    def view(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse(f"page {next(numbers)}")
        spoil(request, answer)
        return answer

    door = _door(view)
    assert [door(RequestFactory().get("/")).content for _ in range(2)] == [b"page 0", b"page 1"]
    assert MEMORY.size == 0


def _door(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    return remembered(view)


def test_a_preview_is_made_anew_and_never_kept(site: ReleaseData, client: Client) -> None:
    request = RequestFactory().get(SERVICE)
    request.previewed = site  # type: ignore[attr-defined]
    _door(lambda r: HttpResponse("preview"))(request)
    assert MEMORY.size == 0
    assert client.get(SERVICE).content != b"preview"


def test_in_development_pages_are_made_anew(
    site: ReleaseData, client: Client, settings: Settings, built: list[str]
) -> None:
    settings.DEBUG = True
    client.get("/")
    client.get("/")
    assert built == ["/", "/"]


def page(size: int) -> Page:
    return Page(b"x" * size, packed=False, sha256="0" * 64, content_type="text/html")


def key(name: str) -> remembering.Key:
    return (name, "en", False)


def test_memory_is_bounded_and_the_page_not_asked_for_goes_first() -> None:
    memory = Memory(100)
    memory.put("m", key("a"), page(40))
    memory.put("m", key("b"), page(40))
    assert memory.get("m", key("a"))
    memory.put("m", key("c"), page(40))
    assert (memory.size, memory.get("m", key("b"))) == (80, None)
    assert memory.get("m", key("a"))
    assert memory.get("m", key("c"))
    memory.put("m", key("c"), page(10))
    assert memory.size == 50
    memory.put("m", key("too large"), page(101))
    assert (memory.size, memory.get("m", key("too large"))) == (50, None)


def test_pages_of_another_release_are_forgotten_as_a_whole() -> None:
    memory = Memory(100)
    memory.put("m", key("a"), page(40))
    assert memory.get("n", key("a")) is None
    memory.put("n", key("b"), page(30))
    assert (memory.size, memory.get("m", key("a")), memory.get("m", key("b"))) == (30, None, None)
    assert memory.get("n", key("b"))


def test_whose_answer_streams_is_passed_on(site: ReleaseData) -> None:
    answer = SimpleNamespace(status_code=200, streaming=True)
    assert remembering._is_for_anybody(RequestFactory().get("/"), answer) is False  # type: ignore[arg-type]
