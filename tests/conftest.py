"""Settings that hold for all tests: how deep Hypothesis looks.

`ISONOMY_HYPOTHESIS=scale` looks deeper (`make scale`); without it a sample is drawn, so that `make test`
stays short. A failure prints the blob that repeats it.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "sample",
    max_examples=60,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("scale", parent=settings.get_profile("sample"), max_examples=2_000)
settings.load_profile(os.environ.get("ISONOMY_HYPOTHESIS", "sample"))
