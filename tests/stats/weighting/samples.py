"""A small clustered sample with uneven weights, to weight in every way."""

import numpy as np

from hearback.stats.survey import Design, make_design

N = 120
RANDOM = np.random.default_rng(20240601)
CHANNEL: list[str] = RANDOM.choice(["web", "phone", "mail"], N, p=[0.5, 0.3, 0.2]).tolist()
AGE: list[str] = RANDOM.choice(["young", "middle", "old"], N).tolist()
OFFICE: list[int] = RANDOM.integers(0, 20, N).tolist()
REGION: list[str] = [f"region {office % 3}" for office in OFFICE]
WEIGHTS = RANDOM.uniform(1, 9, N)
SCORES = RANDOM.integers(1, 6, N) + 0.3 * np.array([channel == "web" for channel in CHANNEL])
MARGINS = {
    "channel": {"web": 500.0, "phone": 350.0, "mail": 150.0},
    "age": {"young": 300.0, "middle": 300.0, "old": 400.0},
}
VARIABLES = {"channel": CHANNEL, "age": AGE}


def design(scale: float = 1.0, order: np.ndarray | None = None) -> Design:
    """Describe the sample, its weights scaled and its rows in another order."""
    rows = np.arange(N) if order is None else order
    return make_design(
        N,
        weights=WEIGHTS[rows] * scale,
        strata=[REGION[row] for row in rows],
        units=[[OFFICE[row] for row in rows]],
    )


def sums(labels: list[str], weights: np.ndarray) -> dict[str, float]:
    """Add up weights by label."""
    return {label: float(weights[[one == label for one in labels]].sum()) for label in sorted(set(labels))}
