"""Templates: masks, skeletons and shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.templates import masked, templates_of
from synthqc.metrics.undefined import UndefinedReading


@pytest.mark.parametrize(
    ("record", "skeleton"),
    [
        ("We met Lena on 3 May.", "we met ⟨name⟩ on ⟨number⟩ ⟨name⟩."),
        ("Write to help@example.com or see https://example.com/a?b", "write to ⟨address⟩ or see ⟨address⟩"),
        ("He said “all is well” twice", "he said ⟨quote⟩ twice"),
        ("I think I can, she said.", "i think i can, she said."),
        ("It costs $1,234.50 or 20%.", "it costs ⟨number⟩ or ⟨number⟩."),
        ("We ship seven boxes", "we ship ⟨number⟩ boxes"),
        ("", ""),
    ],
)
def test_what_varies_is_masked(record: str, skeleton: str) -> None:
    assert masked([record]) == [skeleton]


def test_a_name_known_from_inside_a_sentence_is_masked_at_its_start() -> None:
    assert masked(["Kemal writes to us.", "We thank Kemal."])[0] == "⟨name⟩ writes to us."
    assert masked(["Kemal writes to us."])[0] == "kemal writes to us."


def test_clones_with_other_names_are_one_template() -> None:
    records = [f"Hi {name}, your order {number} ships today." for name, number in zip("ABCD", range(4), strict=True)]
    records = [
        f"Dear {name}, your order {7 * number} ships today." for number, name in enumerate(["Ann", "Bob", "Cem", "Dee"])
    ]
    found = templates_of([*records, "The lamp is broken and I want my money back."])
    assert [len(template.records) for template in found] == [4, 1]
    assert found[0].records == (0, 1, 2, 3)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_every_line_with_text_is_in_exactly_one_template(records: list[str]) -> None:
    try:
        found = templates_of(records)
    except UndefinedReading:
        assert not any(masked(records))
        return
    positions = sorted(position for template in found for position in template.records)
    assert positions == [number for number, skeleton in enumerate(masked(records)) if skeleton]
    sizes = [len(template.records) for template in found]
    assert sizes == sorted(sizes, reverse=True)


def test_no_text_is_undefined() -> None:
    with pytest.raises(UndefinedReading):
        templates_of(["", "  "])
