"""Bar codes that a scanner reads."""

import re

import pytest

from gandan.ground.documents.barcodes import HEIGHT, QUIET, code128


def test_the_bars_are_those_of_code_128():
    drawn = code128("EV123456785VN")

    bars = [(int(at) - QUIET, int(width)) for at, width in re.findall(r"M(\d+) 0h(\d+)", drawn)]
    assert bars[0] == (0, 2)  # start B: 211214, start C: 211232
    assert bars[1] == (3, 1)
    assert bars[-1][1] == 2  # the stop ends in a bar of two
    assert f'height="{HEIGHT}"' in drawn


@pytest.mark.parametrize("text", ["", "đ", "a\nb"])
def test_what_has_no_bars_is_refused(text):
    with pytest.raises(ValueError, match="no bars"):
        code128(text)
