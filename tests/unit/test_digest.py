"""A quote's digest is that of its normal form, however it is worked out."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from casebook.attestations import digest, normalise

AWKWARD = st.text(
    st.sampled_from(list("aA .…é\u0301\u200b\u00ad—–“”'‘\t\n\u3000ﬁ²㎏한글\u1100\u1161\xa0。")), max_size=12
)


@given(st.one_of(st.text(max_size=40), AWKWARD))
def test_the_short_way_to_a_digest_agrees_with_the_long_one(text: str):
    assert digest(text) == hashlib.sha256(normalise(text)[0].strip().encode()).hexdigest()
