"""The command itself: verbs, help, exit statuses, and what a person sees when something goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from isonomy.cli import main as command
from isonomy.cli.main import BAD, DONE, READER_GONE, REFUSED, VERBS, main
from isonomy.kernel.bad_input import BadInput

ISONOMY = (sys.executable, "-m", "isonomy")


def run(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run([*ISONOMY, *words], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_every_verb_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in VERBS:
        assert main([verb, "--help"]) == DONE
        shown = capsys.readouterr().out
        assert "example:\n" in shown, verb
        assert f"isonomy {verb}" in shown.partition("example:")[2], verb


def test_help_names_every_verb_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == DONE
    lines = capsys.readouterr().out.splitlines()
    for verb in VERBS:
        assert any(line.startswith(f"  {verb} ") and len(line.split()) > 2 for line in lines), verb


def test_a_misspelt_verb_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctr"]) == BAD
    assert capsys.readouterr().err == "isonomy: 'doctr' is not a verb\n  did you mean 'doctor'?\n"


def test_a_misspelt_option_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirement", "24", "--jsn"]) == BAD
    assert "did you mean '--json'?" in capsys.readouterr().err


def test_an_option_is_not_abbreviated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirement", "24", "--js"]) == BAD
    assert "'--js' is not known here" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--json"], ["requirement", "24", "25"], ["count", "--rule"]])
def test_wrong_usage_is_two_lines_and_status_one(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == BAD
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("isonomy: ")
    assert lines[1].startswith("  ")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == DONE
    assert capsys.readouterr().out.startswith("isonomy 0.")


def test_a_verb_opens_no_other_verb() -> None:
    code = (
        "import sys; from isonomy.cli.main import main; main(['requirement', '24'])\n"
        "import json; print(json.dumps(sorted(name for name in sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert {f"isonomy.cli.{module}" for module in VERBS.values()} & loaded == {"isonomy.cli.requirement"}
    assert loaded.isdisjoint({"rich", "cryptography", "sqlite3", "numpy", "markdown_it"})


def test_help_opens_nothing_but_the_verbs() -> None:
    code = (
        "import sys; from isonomy.cli.main import main; main(['--help'])\n"
        "import json; print(json.dumps(sorted(name for name in sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    rooms = {name.split(".")[1] for name in loaded if name.startswith("isonomy.")}
    assert rooms == {"cli", "kernel"}
    assert loaded.isdisjoint({"rich", "cryptography", "sqlite3", "numpy", "markdown_it", "dataclasses", "pathlib"})


def test_a_fault_of_the_program_is_told_as_one_without_a_traceback() -> None:
    code = (
        "import sys; from isonomy.cli import main as command, requirement\n"
        "def broken(args): raise KeyError('a slip of ours')\n"
        "requirement.run = broken; sys.argv = ['isonomy', 'requirement', '24']; sys.exit(command.main())"
    )
    plain = {key: value for key, value in os.environ.items() if key != "ISONOMY_DEBUG"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=plain)
    assert done.returncode == BAD
    assert done.stderr.count("\n") == 1
    assert "fault of the program" in done.stderr
    assert "a slip of ours" in done.stderr
    debug = {**plain, "ISONOMY_DEBUG": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=debug)
    assert done.returncode == BAD
    assert "Traceback" in done.stderr


def test_when_the_reader_goes_away_nothing_is_said() -> None:
    script = f"{sys.executable} -m isonomy requirement | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode in (DONE, READER_GONE)


def test_a_full_disk_behind_standard_output_is_told(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w") as sink:
        done = subprocess.run(
            [*ISONOMY, "requirement", "24"], stdout=sink, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == BAD
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_an_interruption_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(words: list[str]) -> int:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("not interrupted")

    monkeypatch.setattr(command, "_run", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
    try:
        assert main(["doctor"]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert "interrupted" in capsys.readouterr().err


def test_bad_input_is_status_one_with_place_and_cure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def bad(words: list[str]) -> int:
        raise BadInput("the line is empty", "acts.jsonl:3", "write an act on it")

    monkeypatch.setattr(command, "_run", bad)
    assert main(["doctor"]) == BAD
    assert capsys.readouterr().err == "isonomy: acts.jsonl:3: the line is empty\n  write an act on it\n"


def test_a_package_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(words: list[str]) -> int:
        raise ModuleNotFoundError("No module named 'numpy.core'", name="numpy.core")

    monkeypatch.setattr(command, "_run", lacking)
    assert main(["count"]) == BAD
    assert "'numpy' is not installed" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "96", "-1", "x", "", "９", "1e3", "9" * 5000])
def test_a_number_that_no_requirement_has_is_bad_input(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirement", "--", number]) == BAD
    assert "1 to 95" in capsys.readouterr().err


def test_a_requirement_is_shown_with_norm_place_and_how_it_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirement", "24"]) == DONE
    shown = capsys.readouterr().out
    assert shown.startswith("24. ")
    assert "Described in document 003" in shown
    assert "Met" in shown
    assert main(["requirement", "24", "--json"]) == DONE
    facts = json.loads(capsys.readouterr().out)
    assert facts["number"] == 24
    assert facts["passages"][0]["phrase"]


def test_all_requirements_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirement", "--json"]) == DONE
    assert [item["number"] for item in json.loads(capsys.readouterr().out)] == list(range(1, 96))
    assert main(["requirement"]) == DONE
    assert sum(line[:4].strip().isdigit() for line in capsys.readouterr().out.splitlines()) == 95


def test_the_doctor_finds_this_machine_fit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["doctor", str(tmp_path), "--json"]) == DONE
    checks = {found["check"]: found for found in json.loads(capsys.readouterr().out)}
    assert {"Python", "signatures", "SQLite", "time zones", "rulebooks", "folder", "locks"} <= set(checks)
    assert all(found["state"] in ("fine", "optional") for found in checks.values())


@pytest.mark.parametrize("name", ["a file", "not there/below"])
def test_the_doctor_names_what_is_lacking_with_the_cure(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("x", encoding="utf-8")
    assert main(["doctor", str(tmp_path / name)]) == REFUSED
    shown = capsys.readouterr().out
    assert "lacking" in shown
    assert "cure: " in shown


def test_the_doctor_says_whether_the_loops_of_counting_are_compiled(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from isonomy.counting import compiled

    for machine, state in ((object(), "fine"), (None, "optional")):
        monkeypatch.setattr(compiled, "machine", machine)
        assert main(["doctor", "--json"]) == DONE
        found = next(row for row in json.loads(capsys.readouterr().out) if row["check"] == "counting loops")
        assert found["state"] == state
        assert bool(found["cure"]) == (machine is None)


def test_the_doctor_works_on_a_broken_installation() -> None:
    code = (
        "import sys; sys.modules['cryptography'] = None; sys.modules['sqlite3'] = None\n"
        "from isonomy.cli.main import main; sys.exit(main(['doctor']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == REFUSED
    assert "Traceback" not in done.stderr
    assert "lacking   signatures" in done.stdout
    assert "lacking   SQLite" in done.stdout


def test_the_command_is_also_a_module() -> None:
    assert run("--version").stdout.startswith("isonomy ")
