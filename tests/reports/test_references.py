from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.references import (
    _ALPHABET,
    MalformedReference,
    MistypedReference,
    new_reference,
    parse_reference,
)

references = st.builds(new_reference)


@given(references)
def test_a_reference_reads_back_as_it_was_made(reference):
    assert parse_reference(reference) == reference


@given(references)
def test_a_reference_may_be_typed_in_small_letters_without_dashes(reference):
    assert parse_reference(f" {reference.lower().replace('-', ' ')} ") == reference


def test_letters_that_look_like_digits_are_read_as_digits():
    reference = next(r for r in iter(new_reference, None) if "0" in r and "1" in r)
    typed = reference.replace("0", "O").replace("1", "l")
    assert parse_reference(typed) == reference


@given(references)
def test_every_single_wrong_symbol_is_noticed(reference):
    symbols = reference.replace("-", "")
    for place, right in enumerate(symbols):
        for wrong in set(_ALPHABET) - {right}:
            with pytest.raises(MistypedReference):
                parse_reference(symbols[:place] + wrong + symbols[place + 1 :])


@given(references)
def test_every_swap_of_two_different_symbols_is_noticed(reference):
    symbols = list(reference.replace("-", ""))
    for first, second in combinations(range(len(symbols)), 2):
        swapped = symbols.copy()
        swapped[first], swapped[second] = swapped[second], swapped[first]
        if swapped != symbols:
            with pytest.raises(MistypedReference):
                parse_reference("".join(swapped))


@pytest.mark.parametrize(
    "text", ["", "7K3M", "7K3M-94QX-2-7", "7K3M-94QX-U", "żółw-żółw-1", "\0" * 9]
)
def test_what_cannot_be_a_reference_is_not_answered_like_a_slip(text):
    with pytest.raises(MalformedReference):
        parse_reference(text)
