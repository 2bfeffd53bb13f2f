"""Papers: the form of a ballot for every counting rule, and what is counted if it is left like this.

Lives here: which kind of paper a poll has, the form that a voter fills in, and the ballot that it makes. Not here: casting
(`cast`), whether a rule reads a ballot (`engine.proceedings.papers`).

Invariant: a paper that nothing is written on is no ballot: leaving it blank is a choice of its own. The options stand in the
order of the paper, which is that of the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isonomy.counting.registry import rule_named
from isonomy.engine.proceedings.outcome import YES_NO, top_score_of
from isonomy.engine.state import Poll, State
from isonomy.engine.words import listed
from isonomy.kernel.canonical import Json

QUESTION, ANSWERS, ONE, MARKS, SCORES, RANKS = "question", "answers", "one", "marks", "scores", "ranks"
FIRST_ALONE = ("plurality", "dhondt", "sainte-lague", "largest-remainder-hare")
"""Rules that read the first preference and nothing behind it."""
EQUAL_RANKS = ("debian-1998", "debian-2003", "debian-2015", "schulze-wv", "ranked-pairs-wv")
"""Rules that read options ranked equally; by the others a paper is read down to the first rank that is shared."""
BLANK: Json = []
ANSWER_WORDS = {"for": 1, "against": -1, "abstain": None}


def kind_of(poll: Poll) -> str:
    """Which kind of paper a poll has."""
    if poll.counting == YES_NO:
        return QUESTION if len(poll.options) <= 1 else ANSWERS
    reads = rule_named(poll.counting).ballots
    if reads == "ranks":
        return ONE if poll.counting in FIRST_ALONE else RANKS
    return MARKS if reads == "approvals" else SCORES


def most_marks(poll: Poll) -> int:
    """How many options may be marked on a paper of marks."""
    return poll.seats if poll.counting == "bloc" else len(poll.options)


def instruction(poll: Poll, state: State) -> str:
    """How the paper is filled in, in a sentence or two."""
    kind = kind_of(poll)
    if kind == QUESTION:
        return _("Answer for or against, or abstain.")
    if kind == ANSWERS:
        return _("Answer each by itself: for, against, or abstain.")
    if kind == ONE:
        return _("Choose one.")
    if kind == MARKS:
        most = most_marks(poll)
        if most < len(poll.options):
            return ngettext("Mark one at most.", "Mark up to %(most)s.", most) % {"most": most}
        return _("Mark every one that you support: as many as you like.")
    if kind == SCORES:
        top = top_score_of(state, poll, poll.editions[0])
        return _("Give each a score from 0 (lowest) to %(top)s (highest). No score counts as 0.") % {"top": top}
    if poll.counting in EQUAL_RANKS:
        return _("Write 1 beside your first choice, 2 beside your second, and so on. The same number twice: you like both "
                 "alike. Whom you leave out comes after all others.")  # fmt: skip
    return _("Write 1 beside your first choice, 2 beside your second, and so on, as far as you wish. Each number once.")


class PaperForm(forms.Form):
    """A ballot paper: a field for each option, `o1` and on, or one `answer`."""

    def __init__(self, data: Any, poll: Poll, names: Sequence[str], state: State) -> None:
        super().__init__(data)
        self.poll, self.names, self.kind = poll, names, kind_of(poll)
        self.top = top_score_of(state, poll, poll.editions[0]) if self.kind == SCORES else 1
        if self.kind == QUESTION:
            self.fields["answer"] = _radios(_("Your answer"), _answers())
        elif self.kind == ONE:
            numbered = [(str(number), name) for number, name in enumerate(names, start=1)]
            self.fields["answer"] = _radios(_("Your choice"), numbered)
        else:
            for number, name in enumerate(names, start=1):
                self.fields[f"o{number}"] = self._field(name)

    def _field(self, name: str) -> forms.Field:
        if self.kind == ANSWERS:
            return _radios(name, _answers())
        if self.kind == MARKS:
            return forms.BooleanField(label=name, required=False)
        if self.kind == SCORES:
            scores = [("", _("no score")), *((str(score), str(score)) for score in range(self.top + 1))]
            if self.top <= 10:
                return _radios(name, scores)
            return forms.IntegerField(label=name, required=False, min_value=0, max_value=self.top)
        entry = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4", "size": "3"})
        return forms.IntegerField(label=name, required=False, min_value=1, max_value=999, widget=entry)

    def rows(self) -> list[tuple[int, forms.BoundField]]:
        """The options with their numbers, in the order of the paper."""
        return [(number, self[f"o{number}"]) for number in range(1, len(self.names) + 1) if f"o{number}" in self.fields]

    def wrong(self) -> list[tuple[str, str, str]]:
        """What is wrong with the paper: the id of the field, its label, the reason."""
        found = [(field.id_for_label, str(field.label), str(error)) for field in self for error in field.errors]
        return found + [("", "", str(error)) for error in self.non_field_errors()]

    def clean(self) -> dict[str, Any]:
        """Bars a paper that says nothing, or what its rule would not count."""
        data = super().clean() or {}
        if self.errors:
            return data
        if not _written(data):
            raise forms.ValidationError(
                _("Nothing is written on the paper. Fill it in, or leave it blank on purpose below.")
            )
        if self.kind == MARKS:
            marked = sum(bool(value) for value in data.values())
            if marked > most_marks(self.poll):
                says = _("You marked %(marked)s, and at most %(most)s are counted. Take some out.")
                raise forms.ValidationError(says % {"marked": marked, "most": most_marks(self.poll)})
        if self.kind == RANKS and self.poll.counting not in EQUAL_RANKS:
            self._check_order(data)
        return data

    def _check_order(self, data: dict[str, Any]) -> None:
        given: dict[int, str] = {}
        for number, name in enumerate(self.names, start=1):
            rank = data.get(f"o{number}")
            if rank is not None and rank in given:
                says = _("%(name)s and %(other)s both have the number %(rank)s.")
                self.add_error(f"o{number}", says % {"name": name, "other": given[rank], "rank": rank})
            elif rank is not None:
                given[rank] = name

    def ballot(self) -> Json:
        """The ballot that the paper makes, as the act `ballot.cast` carries it."""
        data = self.cleaned_data
        if self.kind == QUESTION:
            return str(data["answer"])
        if self.kind == ONE:
            return [[int(data["answer"])]]
        given = [data.get(f"o{number}") for number in range(1, len(self.names) + 1)]
        if self.kind == MARKS:
            return [[number for number, mark in enumerate(given, start=1) if mark]]
        if self.kind == ANSWERS:
            return {"scores": [ANSWER_WORDS.get(answer or "abstain") for answer in given]}
        if self.kind == SCORES:
            return {"scores": [None if score in (None, "") else int(score) for score in given]}
        ranks: dict[int, list[Json]] = {}
        for number, rank in enumerate(given, start=1):
            if rank is not None:
                ranks.setdefault(int(rank), []).append(number)
        return [ranks[rank] for rank in sorted(ranks)]

    def filled(self) -> list[tuple[str, str]]:
        """What was written, to be carried along unseen while it is reviewed."""
        return [(name, value) for name in self.fields for value in self.data.getlist(name) if value]


def _answers() -> list[tuple[str, str]]:
    return [("for", _("For")), ("against", _("Against")), ("abstain", _("Abstain"))]


def _radios(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def _written(data: dict[str, Any]) -> bool:
    return any(value not in (None, "", False) for value in data.values())


def counted_as(poll: Poll, ballot: Json, names: Sequence[str]) -> list[str]:
    """What is counted if the paper is left like this, in sentences."""
    kind = kind_of(poll)
    if kind == QUESTION:
        said = {"for": _("You vote for."), "against": _("You vote against.")}
        return [said.get(str(ballot), _("You abstain: counted as present, neither for nor against."))]
    if ballot == BLANK:
        return [_("Your paper is blank. It counts as cast and prefers nobody.")]
    if isinstance(ballot, dict):
        return _scores_said(kind, ballot["scores"], names)
    ranks = [[names[number - 1] for number in rank] for rank in ballot]
    if kind == ONE:
        return [_("Your vote goes to %(name)s.") % {"name": ranks[0][0]}]
    if kind == MARKS:
        found = [_("You marked %(names)s.") % {"names": listed(ranks[0])}]
        left = most_marks(poll) - len(ranks[0])
        if poll.counting == "bloc" and left:
            found.append(ngettext("You could mark one more.", "You could mark %(left)s more.", left) % {"left": left})
        return found
    found = [
        _("%(place)s. %(names)s") % {"place": place, "names": listed(rank)} for place, rank in enumerate(ranks, start=1)
    ]
    left_out = [name for number, name in enumerate(names, start=1) if not any(number in rank for rank in ballot)]
    if left_out and poll.counting in EQUAL_RANKS:
        found.append(_("After all these, alike: %(names)s.") % {"names": listed(left_out)})
    elif left_out:
        found.append(_("Your vote never goes to %(names)s.") % {"names": listed(left_out, "or")})
    return found


def _scores_said(kind: str, scores: Sequence[int | None], names: Sequence[str]) -> list[str]:
    if kind == ANSWERS:
        words = {1: _("for"), -1: _("against")}
        return [f"{name}: {words.get(score or 0, _('abstain'))}" for name, score in zip(names, scores, strict=True)]
    return [
        f"{name}: {score if score is not None else _('no score, counts as 0')}"
        for name, score in zip(names, scores, strict=True)
    ]
