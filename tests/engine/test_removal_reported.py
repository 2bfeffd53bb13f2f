"""What may be reported of a removal: the end of the mandate as ever, asking and hearing not; who may not declare a meeting lapsed."""

from __future__ import annotations

import pytest

from isonomy.engine.act import read_told
from isonomy.kernel.bad_input import BadInput
from tests.engine.removal_rulebooks import GUILD
from tests.engine.test_removal import asked, guild, mandate_of, says


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


def test_the_person_concerned_does_not_declare_the_meeting_lapsed() -> None:
    org = guild(GUILD.replace("notice: 7 days\nchaired by: chair", "notice: 7 days\nquorum: 3\nchaired by: chair").replace(
        "with 7 days of notice.", "with 7 days of notice. 3 are a quorum."))  # fmt: skip
    asked(org)
    meeting = f"mt-{org.state.n}"
    call = {"body": "assembly", "starts": "2027-01-20T19:00", "matters": ["removal-from-chair"]}
    org.accepted("meeting.call", by="ada", as_="chair", **call)
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=6)
    org.set_clock("2027-01-20T19:05:00Z")
    few = [org.person("ada"), org.person("ben")]
    refused = org.refused("meeting.lapse", by="ada", as_="chair", meeting=meeting, present=few)
    assert "does not declare lapsed the meeting before the vote" in says(refused)
    org.accepted("meeting.lapse", by="cy", as_="clerk", meeting=meeting, present=few)
