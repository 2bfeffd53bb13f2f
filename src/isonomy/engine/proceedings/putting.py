"""Putting: a question, a choice or an election is put to a body, and its roll is frozen.

Lives here: `poll.open`. Not here: casting and closing (`polls`), the result (`declaring`).

Invariant: what is put is what was moved, in the body that a clause makes competent, at a moment when it may be decided; an
option means what the clause lets it mean. Nobody puts a question that concerns them (`presiding`).
"""

from __future__ import annotations

from isonomy.engine.act import judges
from isonomy.engine.competence import (
    ADMISSION,
    AMENDMENT,
    APPOINTMENT,
    CLOSING,
    CORRECTION,
    ELECTION,
    FOUNDING,
    OPENING,
    RATIFICATION,
    REMOVAL,
    RULING,
    is_own_business,
)
from isonomy.engine.conditions import has_elapsed
from isonomy.engine.facts import Moment
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.agenda import may_decide
from isonomy.engine.proceedings.constraining import frozen_groups
from isonomy.engine.proceedings.electing import check_election, roll_day, with_paper
from isonomy.engine.proceedings.marking import mark_poll
from isonomy.engine.proceedings.motions import may_be_ratified, open_motion
from isonomy.engine.proceedings.movers import competence_of
from isonomy.engine.proceedings.on_holders import check_put_on_holder, is_about_person
from isonomy.engine.proceedings.outcome import AGAINST_DEFAULT, BY_MATRIX, YES_NO
from isonomy.engine.proceedings.presiding import preside
from isonomy.engine.proceedings.putting_amendments import check_own_business, check_stands
from isonomy.engine.proceedings.question import (
    HANDS,
    NAMED,
    OPTIONS_MAX,
    SECRECY,
    SECRET,
    OpenPoll,
    OptionPut,
    PollOpened,
    RollTold,
)
from isonomy.engine.proceedings.readings import check_order, is_discussed_enough
from isonomy.engine.proceedings.rolls import barred_from
from isonomy.engine.proceedings.standing import returning_officer
from isonomy.engine.refusal import Untold
from isonomy.engine.roll import roll_as_of, roll_digest, without
from isonomy.engine.shape import Natural
from isonomy.engine.state import LIVING, day_of
from isonomy.engine.vacant import elects_in, seat_count
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body, Competence, Procedure

MOVED = (AMENDMENT, RATIFICATION, ADMISSION, CORRECTION, OPENING, RULING)
"""Matters that have an object, which a motion names."""
ASKED = "a question is put by the chair or a keeper of polls"
OWN_ROADS = (ELECTION, REMOVAL, APPOINTMENT, FOUNDING, CLOSING)
"""How matters begin that are decided by their own block and never as one option among others."""


@judges("poll.open", OpenPoll)
def judge_open(judgement: Judgement, put: OpenPoll) -> None:
    """Judges the putting of a question: right body, right moment, right person, fair options."""
    judgement.body(put.body)
    put, edition = with_paper(judgement, put)
    competence = competence_of(judgement, put.body, put.matter, edition=edition)
    if competence is None:
        return
    clause, procedure = competence.place.clause, competence.procedure
    if is_own_business(judgement.state.rulebook(edition), put.matter):
        check_own_business(judgement, put, clause)
        preside(judgement, put.body, "", clause, ASKED, meeting=put.meeting or "")
        _freeze(judgement, put, None, edition)
        return
    if put.resumes is not None:
        raise judgement.bar("only an adjournment names a time", {"matter": put.matter}, 'leave "resumes" out', clause)
    # An amendment is answered for or against, as a motion is, whatever rule counts the matter itself.
    vote = procedure if put.amendment is None else None
    if put.amendment is not None and (put.options or put.motion is None):
        raise judgement.bar(
            "an amendment is put with its motion, for or against", {"motion": put.motion or "none"},
            'give "motion", and no options', clause,
        )  # fmt: skip
    _check_options(judgement, put, vote, clause)
    check_election(judgement, put, procedure, clause)
    _check_seat(judgement, put, clause)
    _check_motion(judgement, put, competence, clause)
    for option in put.options:
        if option.motion in judgement.state.motions:
            check_stands(judgement, put, judgement.state.motions[option.motion], competence)
    _check_moment(judgement, put, procedure, clause)
    check_order(judgement, put.meeting or "", put.matter, put.motion or "")
    concerned = tuple(option.person for option in put.options if option.person is not None)
    preside(
        judgement, put.body, put.motion or "", clause, ASKED,
        concerned=concerned, meeting=put.meeting or "", officer=returning_officer(judgement, put.body, procedure),
    )  # fmt: skip
    _freeze(judgement, put, vote, edition)


# -- what is put -------------------------------------------------------------------------------------------


def _check_options(judgement: Judgement, put: OpenPoll, procedure: Procedure | None, clause: str) -> None:
    counting = procedure.counting if procedure else YES_NO
    names = [option.name for option in put.options]
    if len(set(names)) != len(names):
        judgement.refuse(FORM, "two options have one name", {"options": len(names)}, "give each its own name")
    if len(names) > OPTIONS_MAX:
        judgement.refuse(
            FORM,
            f"a poll has at most {OPTIONS_MAX} options",
            {"options": len(names)},
            "leave the others to another poll",
        )
    elects = put.matter.startswith(ELECTION)
    if counting == YES_NO and len(names) > 1 and not elects:
        raise judgement.bar(
            "a question is answered for or against; a choice between options needs a counting rule",
            {"options": len(names), "counting": counting}, "put one option, or each by itself", clause,
        )  # fmt: skip
    if counting != YES_NO and len(names) < 2 and put.election is None:
        judgement.refuse(clause, f"{counting} chooses between options", {"options": len(names)}, "name at least two")
    _check_default(judgement, put, procedure, clause)
    _check_persons(judgement, put)
    for option in put.options:
        if option.motion is not None and not judgement.reported:
            moved = open_motion(judgement, option.motion)
            if moved.body != put.body or moved.matter != (option.matter or put.matter):
                raise judgement.bar(
                    "an option stands for a motion of the same body and matter",
                    {"option": option.name},
                    "name that motion",
                )
        if option.matter is not None and option.matter != put.matter:
            _check_matter(judgement, put, option, counting)


def _check_default(judgement: Judgement, put: OpenPoll, procedure: Procedure | None, clause: str) -> None:
    """The default option is the clause's: on every paper where the clause has one, and on none where it has not."""
    marked = [option for option in put.options if option.default]
    default = procedure.default_option if procedure else ""
    if len(marked) > 1:
        judgement.refuse(FORM, "a poll has one default option", {"marked": len(marked)}, "mark one")
    if default and not marked:
        judgement.refuse(
            clause,
            f"the default option '{default}' stands on every paper",
            {"options": [option.name for option in put.options]},
            f"add '{default}' with \"default\":true",
        )
    for option in marked:
        if not default:
            judgement.refuse(
                clause, "no clause has a default option here", {"marked": option.name}, 'leave "default" out'
            )
        elif option.person or option.motion or option.matter:
            judgement.refuse(
                clause, "the default option stands for no person, motion or matter", {"marked": option.name},
                "put it as words alone",
            )  # fmt: skip
        elif not judgement.reported and option.name.casefold() != default.casefold():
            judgement.refuse(
                clause, f"the default option is '{default}'", {"marked": option.name}, f"call it '{default}'"
            )


def _check_persons(judgement: Judgement, put: OpenPoll) -> None:
    """Persons stand as options in an election alone, each once, and in a living organisation each is a member."""
    election = put.matter.startswith(ELECTION)
    persons = [option.person for option in put.options if option.person is not None]
    if persons and not election:
        raise judgement.bar(
            "persons stand as options in an election alone", {"matter": put.matter}, "name the person in the motion"
        )
    if len(set(persons)) != len(persons):
        raise judgement.bar("one person stands as two options", {"options": len(persons)}, "let each stand once")
    if judgement.reported:
        return
    for option in put.options:
        if option.person is None and election and not option.default and not option.reopen:
            raise judgement.bar(
                "who stands for election is named by id", {"option": option.name}, 'give the option its "person"'
            )
        known = judgement.state.persons.get(option.person or "")
        if option.person is not None and (known is None or not known.is_member_on(judgement.on)):
            raise judgement.bar(f"{option.person} is not a member", {"option": option.name}, "let members stand")


def _check_matter(judgement: Judgement, put: OpenPoll, option: OptionPut, counting: str) -> None:
    """An option on a matter of its own: where each is tested by its own majority, and never a matter with its own road."""
    matter = option.matter or ""
    if counting not in AGAINST_DEFAULT:
        raise judgement.bar(
            f"{counting} tests no option by the majority of its own matter", {"option": option.name, "matter": matter},
            "put it by itself",
        )  # fmt: skip
    if not judgement.reported and (matter in MOVED or matter.startswith(OWN_ROADS) or is_about_person(matter)):
        raise judgement.bar(
            f"{matter} is not decided as one option among others", {"option": option.name}, "put it by itself"
        )
    competence = competence_of(judgement, put.body, matter)
    meeting = judgement.state.meetings.get(put.meeting or "")
    if competence is not None and meeting is not None and not judgement.reported:
        may_decide(judgement, meeting, matter, competence.procedure)


def _check_seat(judgement: Judgement, put: OpenPoll, clause: str) -> None:
    """An election is to a seat, of the unit that elects, and to no more places than the seat has."""
    election = put.matter.startswith(ELECTION)
    if election and put.seat is None:
        raise judgement.bar("an election names the seat", {"matter": put.matter}, 'give "seat"')
    if put.seat is not None and put.matter != ELECTION + put.seat.partition("@")[0]:
        raise judgement.bar(
            "the matter is not the election to that seat",
            {"seat": put.seat, "matter": put.matter},
            f"write {ELECTION}{put.seat.partition('@')[0]}",
        )
    if put.seats == 0:
        raise judgement.bar("nobody is elected to no seat", {"seats": 0}, 'give "seats" from 1, or leave it out')
    if put.seat is None:
        if put.seats != 1:
            raise judgement.bar("only an election has seats", {"seats": int(put.seats)}, 'leave "seats" out')
        return
    seat = judgement.seat(put.seat)
    unit, own = put.seat.partition("@")[2], put.body.partition("@")[2]
    if not elects_in(judgement.state, seat, unit, own):
        raise judgement.bar(
            f"{judgement.title(put.body)} elects to no seat of {unit}", {"seat": put.seat}, f"elect there, or in {own}"
        )
    filled = seat.filled
    most = 1 if not isinstance(seat, Body) else seat.seats
    if filled is not None and filled.way == "delegation":
        most = seat_count(judgement.state, seat, put.seat, own, judgement.on)
    if most is not None and put.seats > most:
        judgement.refuse(
            seat.place.clause, f"{judgement.title(put.seat)} has {most} seat{'' if most == 1 else 's'} to fill here",
            {"seats": int(put.seats)}, f"elect at most {most}",
        )  # fmt: skip


def _check_motion(judgement: Judgement, put: OpenPoll, competence: Competence, clause: str) -> None:
    procedure = competence.procedure
    if put.motion is None:
        _without_motion(judgement, put, competence, clause)
        return
    motion = open_motion(judgement, put.motion)
    if motion.body != put.body or motion.matter != put.matter:
        raise judgement.bar(
            "the motion is another",
            {"motion in": motion.body, "on": motion.matter},
            "put it in its own body and matter",
        )
    other = next(
        (
            found
            for found in judgement.state.polls.values()
            if found.motion == motion.id and found.standing != "declared"
        ),
        None,
    )
    if other is not None:
        judgement.refuse(
            FORM, "the motion is being voted on",
            {"poll": other.id, "standing": other.standing}, "declare that result first",
        )  # fmt: skip
    if put.matter == RATIFICATION and not judgement.reported:
        may_be_ratified(judgement, put.body, motion.ratifies, clause)
    power = competence.power
    if power is not None and power.up_to is not None and (motion.amount is None or motion.amount > power.up_to):
        amount = "not given" if motion.amount is None else motion.amount
        judgement.refuse(
            clause, f"the power reaches up to {power.up_to}", {"amount": amount}, f"stay within {power.up_to}"
        )
    needed = procedure.seconders if procedure else 0
    if len(motion.seconders) < needed:
        judgement.refuse(
            clause,
            f"{needed} others must second",
            {"seconders": len(motion.seconders)},
            f"{needed - len(motion.seconders)} more must second",
        )
    if procedure is not None and procedure.discussion is not None:
        tested = has_elapsed(judgement.facts, procedure.discussion, Moment("moved", motion.id), Moment("now"))
        first = procedure.discussion.after(day_of(motion.moved_on))
        if tested.answer is Answer.YES or not is_discussed_enough(
            judgement, procedure.place, put.meeting or "", motion.id
        ):
            judgement.require(
                tested,
                clause,
                f"{procedure.discussion} of discussion",
                f"put it on {first.isoformat()} or later",
                {"moved": motion.moved_on},
            )
    check_stands(judgement, put, motion, competence)
    check_put_on_holder(judgement, put.matter, motion)


def _without_motion(judgement: Judgement, put: OpenPoll, competence: Competence, clause: str) -> None:
    """A question that was not moved: not where its matter has an object, nor where the clause asks for movers."""
    procedure, power = competence.procedure, competence.power
    asks = procedure is not None and bool(
        procedure.seconders or procedure.discussion or procedure.proposed_by
        or procedure.motions.names_movers or procedure.motions.deadline
    )  # fmt: skip
    asks = asks or (power is not None and power.up_to is not None)
    has_object = put.matter in MOVED or put.matter.startswith(APPOINTMENT) or is_about_person(put.matter)
    if put.matter.startswith(ELECTION) or not (has_object or asks) or any(option.motion for option in put.options):
        return
    says = f"a question on {put.matter} is moved before it is put"
    if not judgement.reported:
        judgement.refuse(clause, says, {"motion": "none"}, "move it with motion.move and name the motion")
    elif judgement.state.kind == LIVING:
        judgement.untold.append(Untold(clause, says, {"motion": "not told"}))


# -- when, and how the vote is given -----------------------------------------------------------------------


def _check_moment(judgement: Judgement, put: OpenPoll, procedure: Procedure | None, clause: str) -> None:
    if put.closes_on is not None and put.closes_on < judgement.on and not judgement.reported:
        judgement.refuse(
            FORM,
            "a poll does not close before it opens",
            {"closes_on": put.closes_on},
            f"close it on {judgement.on} or later",
        )
    if procedure is not None and procedure.taken == "poll":
        _check_polling(judgement, put, procedure, clause)
        return
    if put.meeting is None:
        says = f"{judgement.title(put.body)} decides at a meeting"
        if not judgement.reported:
            judgement.refuse(clause, says, {"meeting": "none"}, "open the meeting and name it")
        elif judgement.state.kind == LIVING:
            judgement.untold.append(Untold(clause, says, {"meeting": "not told"}))
        return
    meeting = judgement.state.meetings.get(put.meeting)
    if meeting is None or meeting.body != put.body:
        raise judgement.bar(
            f"there is no meeting '{put.meeting}' of {judgement.title(put.body)}", {}, "name the meeting"
        )
    if meeting.standing != "open":
        judgement.refuse(
            clause,
            "a question is put while the meeting is open",
            {"meeting": meeting.id, "standing": meeting.standing},
            "open the meeting first",
        )
    may_decide(judgement, meeting, put.matter, procedure)


def _check_polling(judgement: Judgement, put: OpenPoll, procedure: Procedure, clause: str) -> None:
    """A poll outside a meeting runs its time."""
    if put.meeting is not None:
        says = f"{put.matter} is decided by a poll outside meetings"
        raise judgement.bar(says, {"meeting": put.meeting}, 'leave "meeting" out', clause)
    if procedure.polling is None:
        return
    least = procedure.polling.after(day_of(judgement.on)).isoformat()
    if put.closes_on is None:
        if not judgement.reported:
            judgement.refuse(
                clause, f"the poll lasts {procedure.polling}", {"closes_on": "none"}, f'give "closes_on": "{least}"'
            )
    elif put.closes_on < least:
        judgement.refuse(
            clause,
            f"the poll lasts {procedure.polling}",
            {"closes_on": put.closes_on},
            f"close it on {least} or later",
        )


def _freeze(judgement: Judgement, put: OpenPoll, procedure: Procedure | None, edition: str) -> None:
    secrecy = _secrecy(judgement, put, procedure)
    counted: dict[str, object] = {}
    if judgement.reported:
        told = put.roll or RollTold(Natural(0))
        if told.hi is not None and told.hi < told.lo:
            raise judgement.bar(
                "a roll is at least and at most so large", {"lo": int(told.lo), "hi": int(told.hi)}, "exchange them"
            )
        counted = {"roll_lo": int(told.lo), "roll_hi": told.hi}
    else:
        if put.roll is not None:
            raise judgement.bar("a roll is taken from the record, not given", {}, 'leave "roll" out')
        counted["roll_on"] = roll_day(judgement, put, procedure)
        if not counted["roll_on"] and put.meeting in judgement.state.meetings:
            counted["roll_on"] = judgement.state.meetings[put.meeting].roll_on
        day = str(counted["roll_on"]) or judgement.on
        barred = barred_from(judgement.state, put.body, put.matter, put.motion or "", day)
        roll = without(roll_as_of(judgement.state, edition, put.body, day, judgement.on), barred)
        counted |= {"barred": barred} if barred else {}
        counted |= {"roll_count": len(roll), "roll_digest": roll_digest(roll)}
    own = is_own_business(judgement.rulebook, put.matter)
    counted["constraints"] = frozen_groups(judgement, put, procedure)
    judgement.then(
        PollOpened(
            proceeding_id("po", judgement.n), put.body, put.question, put.matter, put.options,
            procedure.name if procedure else "", (edition,), judgement.on,
            procedure.counting if procedure else YES_NO, secrecy,
            meeting=put.meeting or "", motion="" if own else put.motion or "", seat=put.seat or "", seats=int(put.seats),
            closes_on=put.closes_on or "", election=put.election or "", lot=_lot(judgement, put),
            amendment=put.amendment or "", about=put.motion or "" if own else "", resumes=put.resumes or "",
            **counted,  # type: ignore[arg-type]
        )
    )  # fmt: skip
    mark_poll(judgement, proceeding_id("po", judgement.n), put.body)


def _lot(judgement: Judgement, put: OpenPoll) -> str:
    """The lot that was published: with the question, or when its election was opened."""
    election = judgement.state.elections.get(put.election or "")
    return put.lot or (election.lot if election is not None else "")


def _secrecy(judgement: Judgement, put: OpenPoll, procedure: Procedure | None) -> str:
    """How the vote is given: as the clause says, else as whoever puts the question says."""
    clause = procedure.place.clause_of("secrecy") if procedure else FORM
    by_poll = procedure is not None and procedure.taken == "poll"
    required = procedure.secrecy if procedure else ""
    secrecy = put.secrecy or required or (NAMED if by_poll else HANDS)
    if secrecy not in SECRECY:
        raise judgement.bar(
            "a vote is secret, named or by show of hands", {"secrecy": secrecy[:40]}, "write one of the three"
        )
    if required and secrecy != required:
        judgement.refuse(clause, f"the vote is {required}", {"secrecy": secrecy}, f"put it {required}")
    counting = procedure.counting if procedure else YES_NO
    if secrecy != HANDS or judgement.reported:
        return secrecy
    if by_poll:
        judgement.refuse(clause, "hands are shown at a meeting", {"secrecy": secrecy}, f"put it {SECRET} or {NAMED}")
    elif counting not in (YES_NO, "plurality", *BY_MATRIX):
        judgement.refuse(
            clause, f"{counting} counts ballots, which can be counted again", {"secrecy": secrecy},
            f"put it {SECRET} or {NAMED}",
        )  # fmt: skip
    return secrecy
