"""A note opens only under a key that signed it, and has one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import to_base64
from isonomy.record.note import (
    COSIGNATURE,
    SIGNATURES_MAX,
    Signature,
    SignerKey,
    VerifierKey,
    add_signatures,
    cosign,
    open_note,
    sign_note,
    signature_of_line,
    split_note,
)
from isonomy.record.signature import sign
from tests.record.attempt import attempt

KEY = SignerKey.make("example.invalid/log", bytes(range(32)))
OTHER = SignerKey.make("example.invalid/other", bytes(range(1, 33)))
WITNESS = SignerKey.make("witness.example.invalid", bytes(range(2, 34)), COSIGNATURE)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), min_codepoint=32), max_size=40)


@given(st.lists(TEXTS, max_size=4))
def test_what_was_signed_is_what_opens(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    note = sign_note(text, KEY)
    opened = open_note(note, [OTHER.verifier(), KEY.verifier()])
    assert opened.text == text
    assert [signature.name for signature in opened.verified] == [KEY.name]
    with pytest.raises(BadInput, match="no key that is known"):
        open_note(note, [OTHER.verifier()])


@given(st.data())
def test_a_changed_bit_never_opens_to_another_text(data: st.DataObject) -> None:
    note = bytearray(sign_note("a head\n1\n", KEY))
    at = data.draw(st.integers(0, len(note) - 1))
    note[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadInput):
        open_note(bytes(note), [KEY.verifier()])


@given(st.binary(max_size=120))
def test_any_bytes_are_a_note_or_bad_input(data: bytes) -> None:
    for note in (data, data + b"\n\n" + "— a b\n".encode(), b"x\n\n" + "— ".encode() + data + b"\n"):
        attempt(split_note, note)


@given(st.text(max_size=80))
def test_any_text_is_a_key_or_bad_input(text: str) -> None:
    for read in (VerifierKey.parse, SignerKey.parse, signature_of_line):
        for given_text in (text, f"PRIVATE+KEY+{text}", f"— {text}"):
            attempt(read, given_text)


def test_sixteen_signatures_and_more_are_accepted_and_a_flood_is_not() -> None:
    note = sign_note("text\n", KEY)
    others = [SignerKey.make(f"w{n}.invalid", bytes([n]) * 32, COSIGNATURE) for n in range(SIGNATURES_MAX)]
    lines = [cosign("text\n", key, 1) for key in others]
    many = add_signatures(note, lines[:40])
    assert len(open_note(many, [KEY.verifier(), *(key.verifier() for key in others)]).verified) == 41
    assert len(open_note(many, [KEY.verifier()]).unknown) == 40
    with pytest.raises(BadInput, match="at most 100"):
        add_signatures(note, lines)
    flood = note + "".join(line.line() for line in lines).encode()
    with pytest.raises(BadInput, match="at most 100"):
        open_note(flood, [KEY.verifier()])


def test_a_known_signature_that_does_not_hold_spoils_the_note_even_beside_good_ones() -> None:
    good = sign_note("text\n", KEY)
    bad = Signature(OTHER.name, OTHER.verifier().id, bytes(64))
    note = add_signatures(good, [bad])
    assert open_note(note, [KEY.verifier()]).text == "text\n"
    with pytest.raises(BadInput, match=r"example\.invalid/other does not fit"):
        open_note(note, [KEY.verifier(), OTHER.verifier()])


def test_a_key_of_the_same_name_is_another_key() -> None:
    twin = SignerKey.make(KEY.name, bytes(range(5, 37)))
    with pytest.raises(BadInput, match="no key that is known"):
        open_note(sign_note("text\n", twin), [KEY.verifier()])


def test_a_cosignature_states_its_time_and_counts_for_no_other_text() -> None:
    note = add_signatures(sign_note("text\n", KEY), [cosign("text\n", WITNESS, 1803924723)])
    opened = open_note(note, [WITNESS.verifier()])
    assert opened.verified[0].time == 1803924723
    signature = cosign("other\n", WITNESS, 1803924723)
    with pytest.raises(BadInput, match="does not fit"):
        open_note(add_signatures(note, [signature]), [WITNESS.verifier()])
    later = opened.verified[0].body[:7] + b"\xff" + opened.verified[0].body[8:]
    moved = Signature(WITNESS.name, WITNESS.verifier().id, later)
    with pytest.raises(BadInput, match="does not fit"):
        open_note(add_signatures(note, [moved]), [WITNESS.verifier()])
    with pytest.raises(BadInput, match="not a time"):
        cosign("text\n", WITNESS, 2**63)


def test_a_plain_signature_is_no_cosignature_of_the_same_key() -> None:
    plain = SignerKey.make(WITNESS.name, WITNESS.seed)
    assert plain.verifier().id != WITNESS.verifier().id
    with pytest.raises(BadInput, match="no key that is known"):
        open_note(sign_note("text\n", plain), [WITNESS.verifier()])


def test_keys_keep_their_form() -> None:
    for key in (KEY, WITNESS):
        assert SignerKey.parse(key.text()) == key
        assert VerifierKey.parse(key.verifier().text()) == key.verifier()
    assert "seed" not in repr(KEY)
    assert to_base64(KEY.seed)[:10] not in repr(KEY)
    for wrong in ("a b", "a+b", "", "a\u00a0b", "a\nb", "\ud800"):
        with pytest.raises(BadInput):
            SignerKey.make(wrong, bytes(32))
    with pytest.raises(BadInput, match="32 bytes"):
        SignerKey.make("a", b"short")


def test_a_time_beyond_the_range_is_no_cosignature_even_when_it_was_signed() -> None:
    for time, holds in ((2**63 - 1, True), (2**63, False)):
        body = time.to_bytes(8, "big") + sign(WITNESS.seed, f"cosignature/v1\ntime {time}\ntext\n".encode())
        note = add_signatures(sign_note("text\n", KEY), [Signature(WITNESS.name, WITNESS.verifier().id, body)])
        _, fault = attempt(open_note, note, [WITNESS.verifier()])
        assert (fault is None) == holds
    short = Signature(WITNESS.name, WITNESS.verifier().id, bytes(64))
    with pytest.raises(BadInput, match="does not fit"):
        open_note(add_signatures(sign_note("text\n", KEY), [short]), [WITNESS.verifier()])


def test_what_cannot_stand_in_a_note_or_a_key_is_refused_when_it_is_made() -> None:
    for text in ("no newline", "", "tab\t\n", "half \ud800\n"):
        with pytest.raises(BadInput):
            sign_note(text, KEY)
    for key in (KEY.text().removeprefix("PRIVATE+KEY+"), SignerKey(KEY.name, 2, KEY.seed).text()):
        with pytest.raises(BadInput):
            SignerKey.parse(key)
    with pytest.raises(BadInput):
        VerifierKey.parse(VerifierKey("long" * 300, 1, KEY.verifier().public).text())


def test_a_note_larger_than_its_limit_is_refused() -> None:
    note = sign_note("text\n", KEY)
    assert open_note(note, [KEY.verifier()], size_max=len(note)).text == "text\n"
    with pytest.raises(BadInput, match="at most"):
        open_note(note, [KEY.verifier()], size_max=len(note) - 1)


@pytest.mark.parametrize("position", range(0, 100, 3))
def test_a_mangled_key_is_refused(position: int) -> None:
    for text, read in ((KEY.verifier().text(), VerifierKey.parse), (KEY.text(), SignerKey.parse)):
        if position < len(text):
            mangled = text[:position] + chr(ord(text[position]) + 1) + text[position + 1 :]
            for wrong in (mangled, text[:position], text[position + 1 :]):
                with pytest.raises(BadInput):
                    read(wrong)  # type: ignore[operator]


@pytest.mark.parametrize(
    "note",
    [
        b"text\n\na AAAAAAA=\n", b"", b"text\n", b"text\n\n", b"text\n\n\n", "text\n\n— a\n".encode(),
        "text\n\n—a b\n".encode(),
        "text\n\n— a AAAA\n".encode(), "text\n\n— a AAAAAA==".encode(), "text\r\n\n— a AAAAAAA=\n".encode(),
        "text\t\n\n— a AAAAAAA=\n".encode(), b"text\n\n- a AAAAAAA=\n", "text\n\n— a b AAAAAAA=\n".encode(),
        b"\xfftext\n\n" + "— a AAAAAAA=\n".encode(), "text\n\n— a AAAAAAB=\n".encode(),
        "text\n\n— a+ AAAAAAA=\n".encode(),
        "text\n\n— a AAAAAAA=\n\n".encode(),
    ],
)  # fmt: skip
def test_a_malformed_note_is_refused(note: bytes) -> None:
    with pytest.raises(BadInput):
        split_note(note)
