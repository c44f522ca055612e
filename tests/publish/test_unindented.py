"""What only templates need is not sent: the home page fits into the first packets that a server sends."""

import gzip
import re

from django.template import Context, Template
from django.test import Client

from hearback.publish.frozen import ReleaseData

SPACE = re.compile(r"\s+")


def rendered(body: str) -> str:
    return Template(f"{{% load publish %}}{body}").render(Context({"name": "<b>\n   who"}))


def test_lines_begin_at_their_first_letter_and_no_blank_between_words_is_lost() -> None:
    body = "<p>\n    one <a>two</a>\n\n\n   <a>three</a>\n</p>{{ name }}"
    assert rendered(f"{{% unindented %}}{body}{{% endunindented %}}") == (
        "<p>\none <a>two</a>\n<a>three</a>\n</p>&lt;b&gt;\nwho"
    )
    assert SPACE.sub(" ", rendered(body)) == SPACE.sub(
        " ", rendered(f"{{% unindented %}}{body}{{% endunindented %}}")
    )


def test_the_home_page_has_no_indent_and_no_text_that_would_want_one(
    client: Client, site: ReleaseData
) -> None:
    page = client.get("/").content.decode()
    body = page.split("<main")[1].split("</main>")[0]
    assert "<pre" not in body
    inside = body.split('class="title title--home"')[1].split("</section>")[0]
    assert re.findall(r"\n[ \t]+", inside) == []


def test_pages_are_packed_as_small_as_gzip_can(client: Client, site: ReleaseData) -> None:
    whole = client.get("/").content
    packed = client.get("/", headers={"accept-encoding": "gzip"}).content
    assert gzip.decompress(packed) == whole
    assert len(packed) == len(gzip.compress(whole, 9, mtime=0))
