"""What may be reported of a removal: the vote and the end of the mandate as ever; asking, hearing and petition are done here or not."""

from __future__ import annotations

import pytest

from isonomy.engine.act import read_told
from isonomy.kernel.bad_input import BadInput
from tests.engine.test_removal import guild, mandate_of


@pytest.mark.parametrize(
    "act", ["removal.ask", "hearing.offer", "petition.open", "mandate.suspend", "resignation.withdraw"]
)
def test_what_is_asked_together_is_asked_here_or_not_at_all(act: str) -> None:
    with pytest.raises(BadInput, match="cannot be reported"):
        read_told({"act": act})


def test_the_end_of_a_mandate_may_be_reported() -> None:
    org = guild()
    told, kind, _fields = read_told({"act": "mandate.end", "mandate": mandate_of(org, "chair")})
    assert (told.act, kind.reportable) == ("mandate.end", True)
