"""Base64 and decimal numbers have one form each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import decimal, from_base64, to_base64


@given(st.binary(max_size=40))
def test_base64_has_one_form(data: bytes) -> None:
    text = to_base64(data)
    assert from_base64(text) == data
    assert from_base64(text, "", len(data)) == data
    for wrong in (text + "=", text + "\n", " " + text, text.replace("A", "-", 1) if "A" in text else "-"):
        with pytest.raises(BadInput):
            from_base64(wrong)
    with pytest.raises(BadInput, match="belong"):
        from_base64(text, "", len(data) + 1)


@pytest.mark.parametrize("text", ["AB==", "AAB=", "A", "AA", "A===", "Aé==", "=", "===="])
def test_base64_with_stray_bits_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        from_base64(text)


@given(st.integers(0, 2**63 - 1))
def test_a_number_is_read_back(number: int) -> None:
    assert decimal(str(number)) == number


@pytest.mark.parametrize(
    "text", ["", "01", "00", "-1", "+1", " 1", "1 ", "1_0", "1.0", "x", "١", "²", str(2**63), "9" * 19, "9" * 5000]
)
def test_another_form_of_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        decimal(text)
