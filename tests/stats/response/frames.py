"""A frame of everybody asked, with response that depends on what it knows."""

import numpy as np

N = 400
RANDOM = np.random.default_rng(11)
CHANNEL: list[str] = RANDOM.choice(["mail", "phone", "web"], N).tolist()
WAIT = RANDOM.gamma(2, 5, N)
WEIGHTS = RANDOM.uniform(1, 4, N)
LOGIT = -0.5 + 0.8 * np.array([channel == "web" for channel in CHANNEL]) - 0.06 * WAIT
RESPONDED = RANDOM.random(N) < 1 / (1 + np.exp(-LOGIT))
