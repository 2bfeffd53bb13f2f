"""Many clients, one writer: every act sent over the socket gets exactly one answer, whatever becomes of the writer."""

from __future__ import annotations

import os
import signal
import socket
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.local_socket import NAME, connected, listening, receive
from isonomy.chamber.answers import AGAIN, BOXED, ENTERED, Answer
from isonomy.chamber.submit import Sent
from isonomy.chamber.wire import NotAnswered, asking, framed, sent_json, submitting
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import parse_canonical
from tests.adapters.appenders import process_of, served
from tests.chamber.house import House


@pytest.fixture
def club(tmp_path: Path) -> House:
    return House(tmp_path / "club").found()


def admission(house: House, name: str, **beside: Any) -> Sent:
    return house.sent(house.act("member.admit", by="ada", person=house.org.person(name)), "ada", **beside)


def client_of(house: House, seconds: float = 20) -> AppenderClient:
    assert house.path is not None
    return AppenderClient(house.path, seconds)


def entered(reply: Answer | BadInput) -> int:
    assert isinstance(reply, Answer), reply
    assert reply.what == ENTERED, reply
    return int(reply.entry["n"])


def test_an_act_is_answered_as_the_appender_answers_it(club: House) -> None:
    acts = [
        admission(club, "finn"),
        club.sent(club.act("member.admit", by="ben", person=club.org.person("gwen")), "ben"),
    ]
    with served(club):
        first, second = client_of(club).submit(acts)
        again, _ = client_of(club).submit(acts)
    entered(first)
    assert isinstance(second, Answer)
    assert not second.is_accepted
    assert second.refusal["grounds"][0]["clause"] == "1"
    assert second.refusal["signature"]
    assert isinstance(again, Answer)
    assert (again.what, again.entry) == (AGAIN, first.entry)  # type: ignore[union-attr]


def test_values_documents_and_ballots_travel_beside_the_act(club: House) -> None:
    kept = club.kept("Finn")
    act = club.act("member.admit", by="ada", person=club.org.person("finn"), name={"c": kept_text(kept)})
    poll = club.open_poll()
    ballot = club.act("ballot.cast", by="ben", poll=poll, ballot="for", nonce=club.nonce("ben"))
    sent = [club.sent(act, "ada", kept=(kept,)), club.sent(ballot, "ben")]
    with served(club):
        first, second = client_of(club).submit(sent)
        assert club._stores is not None
        assert club._stores.values.get(kept.opening.commitment) == kept
    entered(first)
    assert isinstance(second, Answer)
    assert (second.what, second.receipt) == (BOXED, club.ballot("ben").commitment())


def kept_text(kept: Any) -> str:
    from isonomy.record.base64_text import to_base64

    return to_base64(kept.opening.commitment)


def test_what_is_no_act_is_bad_in_its_own_place(club: House) -> None:
    floating = Sent({"act": "member.admit", "share": 0.5}, {"kind": "console"})
    unsaid = Sent({"act": "member.admit"}, {"kind": "guess"})
    acts = [admission(club, "finn"), floating, Sent([], {"kind": "console"}), unsaid, admission(club, "gwen")]
    with served(club):
        replies = client_of(club).submit(acts)
    assert [isinstance(reply, BadInput) for reply in replies] == [False, True, True, True, False]
    assert entered(replies[4]) == entered(replies[0]) + 1


def test_acts_of_many_clients_are_all_entered_each_once(club: House) -> None:
    sent = [[admission(club, f"m{client}x{number}") for number in range(25)] for client in range(8)]
    start = club.appender.state.n

    def send(acts: list[Sent]) -> list[int]:
        client = client_of(club)
        return [entered(reply) for act in acts for reply in client.submit([act])]

    with served(club), ThreadPoolExecutor(8) as pool:
        found = [n for numbers in pool.map(send, sent) for n in numbers]
    assert sorted(found) == list(range(start, start + 200))


def test_one_client_serves_many_threads(club: House) -> None:
    sent = [admission(club, f"m{number}") for number in range(60)]
    client = client_of(club)
    with served(club), ThreadPoolExecutor(12) as pool:
        found = [entered(reply) for replies in pool.map(lambda act: client.submit([act]), sent) for reply in replies]
    assert len(set(found)) == 60
    client.close()


def test_requests_may_follow_one_another_without_waiting(club: House) -> None:
    """Forty requests on one connection before the first answer is read: all answered, in order."""
    acts = [admission(club, f"m{number}") for number in range(40)]
    assert club.path is not None
    with served(club), connected(club.path, 20) as connection:
        writer = threading.Thread(
            target=lambda: [connection.sendall(framed(submitting(n, [sent_json(a)]))) for n, a in enumerate(acts)]
        )
        writer.start()
        answers = [parse_canonical(receive(connection) or b"") for _ in acts]
        writer.join()
    assert [answer["n"] for answer in answers] == list(range(40))
    numbers = [answer["answer"]["entry"]["n"] for answer in answers]
    assert numbers == sorted(numbers)


def test_a_client_that_reads_no_answers_keeps_nobody_waiting(club: House) -> None:
    acts = [admission(club, f"m{number}") for number in range(300)]
    last = admission(club, "last")
    assert club.path is not None
    with served(club):
        lazy = connected(club.path, 20)
        for n, act in enumerate(acts[:10]):
            lazy.sendall(framed(submitting(n, [sent_json(act)] * 100)))
        entered(client_of(club).submit([last])[0])
        lazy.close()


@pytest.mark.parametrize("noise", [b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\0", b"\0\0\0\2{}", b'\0\0\0\x08{"n": 1}'])
def test_noise_on_the_socket_is_told_and_harms_nobody(club: House, noise: bytes) -> None:
    assert club.path is not None
    with served(club):
        with connected(club.path, 20) as connection:
            connection.sendall(noise)
            answer = parse_canonical(receive(connection) or b"")
            assert answer["n"] is None
            assert answer["bad"]["what"]
            with suppress(ConnectionResetError):
                assert receive(connection) is None
        entered(client_of(club).submit([admission(club, "finn")])[0])


def test_the_head_counts_every_answer_given_before(club: House) -> None:
    client = client_of(club)
    sent = [admission(club, f"m{number}") for number in range(5)]
    with served(club):
        client.ping()
        for act in sent:
            n = entered(client.submit([act])[0])
            head = client.head()
            assert head.size == n + 1
        assert (head.log, head.root) == (club.org.log, club.appender.head.root)
        assert head.process == os.getpid()
        assert head.started_at == club.org.clock.now()


def test_only_the_owner_may_speak_to_the_appender(club: House) -> None:
    assert club.path is not None
    with served(club):
        assert stat.S_IMODE((club.path / NAME).stat().st_mode) == 0o600
    assert not (club.path / NAME).exists()


def test_a_folder_with_a_long_path_has_a_socket_too(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    house = House(deep / "club").found()
    act = admission(house, "finn")
    with served(house):
        entered(client_of(house).submit([act])[0])
        assert (deep / "club" / NAME).exists()


def test_a_socket_left_by_a_dead_appender_is_replaced(club: House) -> None:
    assert club.path is not None
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(club.path / NAME))
    left.close()
    assert not client_of(club).is_there()
    act = admission(club, "finn")
    with served(club):
        assert client_of(club).is_there()
        entered(client_of(club).submit([act])[0])


def test_without_an_appender_it_is_said_that_nobody_knows(club: House) -> None:
    (reply,) = client_of(club, 0.05).submit([admission(club, "finn")])
    assert isinstance(reply, NotAnswered)
    assert "not known whether" in reply.what
    assert "under its own id" in reply.cure
    with pytest.raises(NotAnswered):
        client_of(club, 0.05).ping()


def test_an_act_whose_answer_was_lost_is_answered_again_by_the_next_appender(club: House) -> None:
    """The writer is killed with a request in hand; the client waits for the next one and has its answer."""
    club.shut()
    assert club.path is not None
    real = admission(club, "finn")
    first = process_of(club.path)
    os.kill(first.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(client_of(club).submit, [real])
        time.sleep(0.1)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        second = process_of(club.path)
        (reply,) = asked.result()
    assert isinstance(reply, Answer)
    second.send_signal(signal.SIGTERM)
    _, log = second.communicate()
    assert second.returncode == 0, log
    assert "listens on" in log


def test_an_appender_that_is_told_to_end_answers_what_it_took_and_ends(club: House) -> None:
    club.shut()
    assert club.path is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        process = process_of(club.path)
        process.send_signal(number)
        _, log = process.communicate(timeout=20)
        assert (process.returncode, "ended" in log) == (0, True), log
        assert not (club.path / NAME).exists()


def test_an_appender_ends_with_its_parent(club: House) -> None:
    club.shut()
    assert club.path is not None
    process = process_of(club.path, "--with-parent")
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=20) == 0


def test_a_fault_of_the_program_over_one_act_leaves_the_others_their_answers(
    club: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One act makes the engine fail; those judged in the same group are entered, and the appender goes on."""
    from isonomy.chamber import submit as judging

    real = judging.decide

    def failing(state: Any, submission: Any) -> Any:
        if submission.act.get("person") == club.org.person("bad"):
            raise ZeroDivisionError
        return real(state, submission)

    monkeypatch.setattr(judging, "decide", failing)
    acts = [admission(club, name) for name in ("finn", "bad", "gwen")]
    with served(club):
        first, bad, last = client_of(club).submit(acts)
        entered(client_of(club).submit([admission(club, "hal")])[0])
    assert entered(last) == entered(first) + 1
    assert isinstance(bad, NotAnswered)
    assert "ZeroDivisionError" in bad.what


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\n",
        framed([]),
        framed({"n": 1, "place": "0"}),
        framed({"n": 1, "place": 0, "answer": {"what": "x"}}),
        framed({"n": None, "bad": {"kind": "input", "what": "another version", "where": "v", "cure": "update"}}),
    ],
)
def test_whatever_answers_in_the_appenders_place_each_act_has_an_answer(club: House, said: bytes) -> None:
    assert club.path is not None
    listener = listening(club.path, 1)

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            receive(connection)
            connection.sendall(said)

    thread = threading.Thread(target=answer)
    thread.start()
    replies = client_of(club).submit([admission(club, "finn"), admission(club, "gwen")])
    thread.join()
    listener.close()
    assert [type(reply) for reply in replies] == [NotAnswered, NotAnswered]


def test_a_request_of_another_version_is_told_so(club: House) -> None:
    assert club.path is not None
    with served(club), connected(club.path, 20) as connection:
        connection.sendall(framed(asking(1, "head") | {"v": 2}))
        assert "version" in parse_canonical(receive(connection) or b"")["bad"]["what"]
