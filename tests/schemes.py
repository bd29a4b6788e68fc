"""Label schemes of every kind that is allowed, for property tests; and one to set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import assume
from hypothesis import strategies as st

from annotator.model.scheme import Label, LabelScheme
from annotator.model.scheme_rules import COLOURS, find_faults

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

STANCE: Final = LabelScheme(
    "stance",
    (
        Label("for", "a", "Speaks for the measure.", "success", "Only the **speaker's** own view."),
        Label("against", "r", "Speaks against it.", "error", None, ("for",)),
        Label("neither", "y", "Neither of both."),
    ),
)
"""Another scheme than the built-in one: one label's key is an action's that gives way."""

_KEYS: Final = "abcdemoprtwzyvhiéжñ!;,<"
_LINES: Final = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30
)
_GUIDELINES: Final = st.text(
    st.characters(codec="utf-8", categories=["L", "P", "Zs"], include_characters='\n\t"\\'),
    min_size=1,
    max_size=60,
)


@st.composite
def schemes(draw: DrawFn) -> LabelScheme:
    """A scheme that keeps to every rule."""
    keys = draw(st.lists(st.sampled_from(_KEYS), min_size=1, max_size=6, unique=True))
    names = [f"{draw(_LINES)}#{place}".strip() for place in range(len(keys))]
    scheme = LabelScheme(
        f"{draw(_LINES)}#".strip(),
        tuple(
            Label(
                name,
                key,
                f"{draw(_LINES)}.".strip(),
                draw(st.none() | st.sampled_from(COLOURS)),
                draw(st.none() | _GUIDELINES.filter(str.strip)),
                # Only a letter has another key in upper case.
                tuple(draw(st.lists(st.sampled_from(names), unique=True)) if key.isalpha() else ()),
            )
            for name, key in zip(names, keys, strict=True)
        ),
    )
    assume(not list(find_faults(scheme)))
    return scheme
