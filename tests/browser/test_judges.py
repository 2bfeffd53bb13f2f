"""The judges of pages judge: each finds what is wrong on a page made wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.window import Window

pytestmark = pytest.mark.browser
WRONG = """<!doctype html><html lang="en"><title>Wrong</title><main><h1>Wrong</h1>
<div style="width: 3000px">wide</div><button style="width: 9px; height: 9px; border: 0; padding: 0; outline: none">x</button>
<a href="/" tabindex="5">jumps</a><p style="color: #999; background: #aaa">pale</p><input></main></html>"""


def test_each_judge_finds_what_is_wrong(visit: Callable[..., Window]) -> None:
    window = visit()
    window.page.set_content(WRONG)
    assert any("label" in fault for fault in window.axe())
    assert any("pale" in fault for fault in window.axe("color-contrast"))
    assert window.is_too_wide()
    assert any("3000px" in part for part in window.too_wide())
    assert any("9px" in part for part in window.too_small())
    assert any("9px" in part for part in window.without_edge())
    faults = window.keyboard_faults()
    assert any("not in the order" in fault and "jumps" in fault for fault in faults)
    assert any("does not show" in fault and "9px" in fault for fault in faults)
