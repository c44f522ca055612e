"""The worked example of the method page on noise: computed here, and by SciPy."""

from decimal import Decimal

from scipy.stats import dlaplace

from hearback.measure.rules.noise import LEVEL, SENSITIVITY, epsilon_of_table, noise_of
from tests.measure.test_method_pages import agrees, example


def test_the_example_of_noise_comes_out() -> None:
    cells = {name: row[0] for name, row in example("noise").items()}
    cost = epsilon_of_table(Decimal(cells["Budget"]), int(cells["Dimensions"]))
    noise, same = noise_of(cost), dlaplace(float(cost) / SENSITIVITY)
    assert agrees(cells["Epsilon of each"], float(cost))
    for probability in (noise.probability(0), same.pmf(0)):
        assert agrees(cells["Probability of no noise"], probability)
    for sd in (noise.sd, same.std()):
        assert agrees(cells["Standard deviation"], sd)
    half_width = noise.half_width(LEVEL)
    assert cells["Half width of 95 %"] == str(half_width)
    assert same.cdf(half_width) - same.cdf(-half_width - 1) >= LEVEL
    assert same.cdf(half_width - 1) - same.cdf(-half_width) < LEVEL
