"""The names an edition defines, and how words in a value find them.

Lives here: gathering the names of units, classes, bodies, offices and matters before any value is read, and
resolving `members' meeting`, `branches` or `election of committee` to them. Not here: the checking of forms
in `readings`.

Invariant: a name resolves to exactly one thing, or is a finding with the nearest known name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.ids import slug
from isonomy.rulebook.findings import Misreading, shown
from isonomy.rulebook.model import EVERYTHING_ELSE, MEMBERS
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import built_in_matters, matters_about
from isonomy.rulebook.readings import Fact, note
from isonomy.rulebook.vocabulary import COUNTING_RULES

ARTICLES = ("the ", "a ", "an ", "each ", "every ", "any ", "its ")


@dataclass(slots=True)
class Names:
    """What an edition defines: seats with the line of their block and their words, units, classes, clauses,
    matters."""

    bodies: dict[str, int] = field(default_factory=dict)
    offices: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()
    matters: frozenset[str] | None = None
    counting: frozenset[str] = frozenset(COUNTING_RULES)

    def all_seats(self) -> list[str]:
        """Bodies, then offices."""
        return [*self.bodies, *self.offices]


def seat(passage: Passage, names: Names, facts: list[Fact], among: str = "seat", members: bool = False) -> str:
    """The body or office that the words name; `among` is seat, body or office; `members` lets everybody be
    named."""
    known = {"seat": names.all_seats(), "body": list(names.bodies), "office": list(names.offices)}[among]
    found = _resolve(passage.text, {**dict.fromkeys(known), **dict.fromkeys(names.all_seats())}, names.titles)
    if found is None and members and _as_slug(passage.text) in (MEMBERS, "member", "all-members"):
        return MEMBERS
    if found is None:
        sort = {"seat": "body or office", "body": "body", "office": "office"}[among]
        what = f"'{shown(passage.text)}' is not {'an' if among == 'office' else 'a'} {sort} of this rulebook"
        raise Misreading("unknown-seat", what, passage, did_you_mean(_as_slug(passage.text), known))
    if found not in known:
        is_a = "a body" if found in names.bodies else "an office"
        wanted = "an office" if among == "office" else "a body"
        what = f"'{shown(passage.text)}' is {is_a}; here stands {wanted}"
        raise Misreading("wrong-seat", what, passage, did_you_mean(_as_slug(passage.text), known))
    note(facts, "seat", found, passage)
    return found


def seats(
    passage: Passage, names: Names, facts: list[Fact], among: str = "seat", members: bool = False
) -> tuple[str, ...]:
    """One or several, `a or b`."""
    return _once([(seat(part, names, facts, among, members), part) for part in passage.split(r"\s+or\s+")])


def listed(passage: Passage) -> list[Passage]:
    """The parts of a list `a; b; c`; an empty part is a finding."""
    parts = passage.split(";")
    for part in parts:
        if not part.text:
            raise Misreading("value-form", "a part of the list is empty", part, "write a; b; c")
    return parts


def unit_kind(passage: Passage, names: Names, facts: list[Fact]) -> str:
    """The kind of unit that the words name, in the singular or the plural."""
    found = _resolve(passage.text, dict.fromkeys(names.units), {})
    if found is None:
        what = f"'{shown(passage.text)}' is not a kind of unit of this rulebook"
        cure = did_you_mean(_as_slug(passage.text), list(names.units)) or "define it in a block: ```rule unit branch"
        raise Misreading("unknown-unit", what, passage, cure)
    note(facts, "unit", found, passage)
    return found


def clause(passage: Passage, names: Names) -> str:
    """The id of a clause of this edition."""
    if passage.text not in names.clauses:
        what = f"there is no clause '{shown(passage.text)}'"
        raise Misreading("unknown-clause", what, passage, did_you_mean(passage.text, list(names.clauses)))
    return passage.text


def matter(passage: Passage, names: Names, facts: list[Fact], residual: bool = True) -> str:
    """A matter as a slug: defined by the edition, built in, or (where no list of matters is written) any words."""
    text = " ".join(passage.text.split())
    if text == EVERYTHING_ELSE and residual:
        note(facts, "matter", text, passage)
        return text
    try:
        word = slug(text)
    except BadInput as fault:
        what = f"'{shown(passage.text)}' cannot be the name of a matter"
        raise Misreading("matter-form", what, passage, fault.cure) from fault
    for start, among in matters_about().items():
        if word.startswith(start):
            known = names.units if among == "unit" else dict.fromkeys(names.all_seats())
            found = _resolve(word.removeprefix(start), dict.fromkeys(known), names.titles)
            if found is None:
                what = f"the matter '{shown(text)}' names no {'kind of unit' if among == 'unit' else 'body or office'}"
                cure = did_you_mean(word.removeprefix(start), list(known))
                raise Misreading("unknown-matter", what, passage, cure)
            return f"{start}{found}"
    if word in built_in_matters():
        return word
    if names.matters is None or word in names.matters:
        note(facts, "matter", word, passage)
        return word
    what = f"the matter '{shown(text)}' is not in the list of matters"
    raise Misreading("unknown-matter", what, passage, did_you_mean(word, [*names.matters, *built_in_matters()]))


def matters(passage: Passage, names: Names, facts: list[Fact], residual: bool = True) -> tuple[str, ...]:
    """A list of matters."""
    return _once([(matter(part, names, facts, residual), part) for part in listed(passage)])


def counting_rule(passage: Passage, names: Names) -> str:
    """The name of a counting rule, with its edition."""
    if passage.text not in names.counting:
        what = f"'{shown(passage.text)}' is not a counting rule known here"
        raise Misreading("unknown-counting", what, passage, did_you_mean(passage.text, sorted(names.counting)))
    return passage.text


def _once(found: list[tuple[str, Passage]]) -> tuple[str, ...]:
    seen: set[str] = set()
    for name, part in found:
        if name in seen:
            raise Misreading("double-value", f"'{shown(part.text)}' is named twice", part, "name it once")
        seen.add(name)
    return tuple(name for name, _ in found)


def _as_slug(text: str) -> str:
    """The slug of the words without their article; what cannot be a slug is given back as it is."""
    plain = " ".join(text.split())
    for article in ARTICLES:
        plain = plain.removeprefix(article)
    try:
        return slug(plain)
    except BadInput:
        return plain


def _resolve(text: str, known: dict[str, None], titles: dict[str, str]) -> str | None:
    word = _as_slug(text)
    if word in known:
        return word
    if word in titles:
        return titles[word]
    return next((name for name in singulars(word) if name in known), None)


def singulars(word: str) -> list[str]:
    """The words of which `word` may be the English plural: `branches` gives `branche` and `branch`,
    `parties` gives `party`."""
    found = []
    if word.endswith("s") and len(word) > 2:
        found.append(word[:-1])
    if word.endswith("es") and len(word) > 3:
        found.append(word[:-2])
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    return found
