"""Literate trials: pages that show what the lint finds and what it lets pass, and that are run as tests.

Lives here: reading a page of trials, and running those of the lint. Not here: the pages (`tests/rulebook/trials`,
`rulebooks/NAME/trials`), and the running of trials of acts, which the engine does.

A trial is a fence of four backticks or more with the info string `trial KIND[ of EDITION]`:

- `trial good`: what stands in it has no error and no warning.
- `trial bad`: it has exactly the errors and warnings on its lines `=> LINE: SEVERITY: WHAT[; CURE]`; notes count
  where one is written.
- `trial compare of EDITION`: a change of that edition gives exactly the changes of power on its lines `=> SENTENCE`.
- `trial acts`: acts against a rulebook and the verdicts expected; kept as written.

What stands in a trial is a fragment of clauses (front matter of a model is put before it; lines count from 1 in
the fragment), or a whole edition that begins with `---`; or, with `of EDITION`, a change of that edition: lines
`- old` and `+ new`, where `=> +:` means the line of the first new one.

Invariant: a trial passes only when the findings are those that stand on the page, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.rulebook.compare import compare
from isonomy.rulebook.findings import NOTE, SEVERITIES, Finding
from isonomy.rulebook.reader import examine, read_rulebook

KINDS = ("good", "bad", "compare", "acts")
FRONT = "---\norganisation: Trial\nlanguage: en\ntime zone: UTC\nedition: 1\nstatus: model\n---\n"

_FENCE = re.compile(r"(`{4,})trial(?:[ \t]+(\S+))?(?:[ \t]+of[ \t]+(\S+))?[ \t]*")
_EXPECTED = re.compile(rf"=> ([0-9]+|\+): ({'|'.join(SEVERITIES)}): (.+)")


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a trial expects; `line` 0 is the first line that a change adds."""

    line: int
    severity: str
    text: str

    def is_met_by(self, finding: Finding) -> bool:
        """Whether the finding says this, with or without its cure, on that line."""
        says = (finding.what, f"{finding.what}; {finding.cure}")
        return finding.severity == self.severity and self.text in says and finding.line == self.line


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial: the heading over it, its line on the page, its kind, the edition it changes, lines, expectations."""

    title: str
    line: int
    kind: str
    of: str
    lines: tuple[str, ...]
    expected: tuple[Expected, ...]


def read_trials(data: bytes, name: str = "trials.md") -> tuple[Trial, ...]:
    """The trials of a page, in order; raises `BadInput` for a trial that is not written as the format asks."""
    try:
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as fault:
        raise BadInput("not UTF-8 text", name, "save the file as UTF-8") from fault
    trials: list[Trial] = []
    title, at = "", 0
    while at < len(lines):
        fence = _FENCE.fullmatch(lines[at])
        if lines[at].startswith("#"):
            title = lines[at].lstrip("#").strip()
        if fence:
            where = f"{name}:{at + 1}"
            end = next((index for index in range(at + 1, len(lines)) if lines[index].rstrip() == fence.group(1)), 0)
            if not end:
                raise BadInput("the trial that begins here is not closed", where, f"close it with {fence.group(1)}")
            trials.append(_trial(title, at + 1, fence, lines[at + 1 : end], name))
            at = end
        at += 1
    return tuple(trials)


def _trial(title: str, line: int, fence: re.Match[str], inside: list[str], name: str) -> Trial:
    kind, of = fence.group(2) or "", fence.group(3) or ""
    if kind not in KINDS:
        raise BadInput(f"'{kind}' is not a kind of trial", f"{name}:{line}", did_you_mean(kind, list(KINDS)))
    written = [text for text in inside if not text.startswith("=>")]
    expected: list[Expected] = []
    for at, text in enumerate(inside, line + 1):
        if text.startswith("=> ") and kind == "compare":
            expected.append(Expected(0, "", text[3:]))
        elif text.startswith("=>") and kind != "acts":
            found = _EXPECTED.fullmatch(text)
            if not found:
                cure = "write => LINE: error: WHAT, with + for the line that a change adds"
                raise BadInput(f"'{text}' is not an expectation", f"{name}:{at}", cure)
            place = 0 if found.group(1) == "+" else int(found.group(1))
            expected.append(Expected(place, found.group(2), found.group(3)))
    if kind == "good" and any(each.severity != NOTE for each in expected):
        raise BadInput("a good trial expects an error or a warning", f"{name}:{line}", "make it a bad trial")
    if kind == "compare" and not of:
        raise BadInput("a comparison names no edition", f"{name}:{line}", "write trial compare of NAME/EDITION")
    if kind == "bad" and not expected:
        raise BadInput("a bad trial expects nothing", f"{name}:{line}", "add a line => LINE: error: WHAT")
    return Trial(title, line, kind, of, tuple(inside if kind == "acts" else written), tuple(expected))


def run_trial(trial: Trial, editions: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """What went otherwise than the trial says, one sentence each; nothing when it passes.

    `editions` are the bytes of the editions that `of` may name. Raises `BadInput` for a change that does not fit.
    A trial of acts is not run here.
    """
    data, first, shift = _edition(trial, editions or {})
    if trial.kind == "compare":
        return _compared(trial, (editions or {}).get(trial.of, b""), data)
    findings = [_moved(finding, shift) for finding in examine(data).findings]
    told = {expected.severity for expected in trial.expected}
    found = [finding for finding in findings if finding.severity != NOTE or NOTE in told]
    problems = []
    for expected in trial.expected:
        each = Expected(expected.line or first, expected.severity, expected.text)
        met = next((finding for finding in found if each.is_met_by(finding)), None)
        if met is None:
            problems.append(f"not found: {each.line}: {each.severity}: {each.text}")
        else:
            found.remove(met)
    problems += [
        f"not expected: {finding.line}: {finding.severity}: {finding.what}; {finding.cure}"
        for finding in found
        if finding.severity != NOTE
    ]
    return tuple(problems)


def _compared(trial: Trial, before: bytes, after: bytes) -> tuple[str, ...]:
    """What the comparison told otherwise than the trial says."""
    found = [change.sentence for change in compare(read_rulebook(before), read_rulebook(after)).powers]
    wanted = [expected.text for expected in trial.expected]
    return (
        *(f"not found: {sentence}" for sentence in wanted if sentence not in found),
        *(f"not expected: {sentence}" for sentence in found if sentence not in wanted),
    )


def _moved(finding: Finding, shift: int) -> Finding:
    """The finding with its lines, and those it names, counted in the fragment."""
    what = re.sub(r"\bline ([0-9]+)", lambda found: f"line {int(found.group(1)) - shift}", finding.what)
    return replace(finding, line=finding.line - shift, what=what)


def _edition(trial: Trial, editions: Mapping[str, bytes]) -> tuple[bytes, int, int]:
    """The bytes to examine, the first line that a change added, and how many lines were put before the fragment."""
    if not trial.of:
        text = "\n".join(trial.lines) + "\n"
        if trial.lines and trial.lines[0].startswith("---"):
            return text.encode(), 0, 0
        return (FRONT + text).encode(), 0, FRONT.count("\n")
    if trial.of not in editions:
        raise BadInput(f"there is no edition '{trial.of}' to change", "", did_you_mean(trial.of, list(editions)))
    old = [line[2:] for line in trial.lines if line.startswith("- ")]
    new = [line[2:] for line in trial.lines if line.startswith("+ ")]
    lines = editions[trial.of].decode().replace("\r\n", "\n").split("\n")
    places = [at for at in range(len(lines)) if lines[at : at + len(old)] == old]
    if not old or len(places) != 1:
        cure = "write the lines to change letter for letter, so many that they stand once"
        raise BadInput(f"the lines to change stand {len(places)} times in '{trial.of}'", f"line {trial.line}", cure)
    changed = lines[: places[0]] + new + lines[places[0] + len(old) :]
    return "\n".join(changed).encode(), places[0] + 1, 0
