"""The worked examples of the pages `burden` and `pain-points`: read out of the page, and recomputed."""

from hearback.learn.rules import QUANTITIES, Amount, Total, burden, pain_size, ranked
from tests.measure.test_method_pages import agrees, example, section


def number(text: str) -> float | None:
    return None if text == "–" else float(text)


def amounts(what: str) -> list[Amount]:
    cells = example("burden")
    return [Amount(*(number(text) for text in cells[f"{what}, step {n}"])) for n in (1, 2, 3)]


def same(texts: list[str], found: tuple[float | None, ...]) -> bool:
    return all(n is None if text == "–" else agrees(text, n) for text, n in zip(texts, found, strict=True))


def test_the_example_of_burden_comes_out() -> None:
    known = {name.lower(): amounts(name) for name in ("Minutes", "Documents", "Visits")}
    steps = [{name: known[name][n] if name in known else Amount() for name in QUANTITIES} for n in range(3)]
    found = burden(steps, 36_000)
    assert found is not None
    cells = example("burden")
    totals: dict[str, Total] = {
        "Minutes": found.minutes, "Documents": found.documents, "Visits": found.visits,
    }  # fmt: skip
    for name, result in totals.items():
        assert same(cells[name], (result.value, result.low, result.high, result.n_unknown)), name
    hours = found.hours_per_year
    assert same(cells["Hours in a year"][:3], (hours.value, hours.low, hours.high))
    assert (hours.is_at_least, found.documents.is_at_least) == (False, True)
    assert "36,000 people" in section("burden", "Worked example")
    assert f"`{found.method}`" in section("burden", "Version and changes")


def test_the_example_of_pain_points_comes_out() -> None:
    cells = example("pain-points")
    sizes = []
    for key in ("slow", "dear", "unclear"):
        naming, asked = (None if text == "–" else int(text) for text in cells[key])
        sizes.append((key, pain_size(naming, asked, 1200)))
    by_key = dict(sizes)
    for place in ranked(sizes):
        size = by_key[place.key]
        texts = cells[f"{place.key}, result"]
        assert same(texts, (place.rank, size.share, size.low, size.high, size.people_per_year)), place.key
    assert [place.key for place in ranked(sizes)] == [
        key.removesuffix(", result") for key in cells if key.endswith(", result")
    ]
