import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.text import form_hint, label_of, normal_form, occurrences, slug


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)


@given(st.text())
def test_a_slug_holds_letters_and_digits_with_single_hyphens(name: str) -> None:
    made = slug(name)

    assert all(part.isalnum() or not part for part in made.split("-"))
    assert "--" not in made


@pytest.mark.parametrize(
    "names",
    [
        ("chest X-ray", "Chest X-Rays", "chest x ray", "chest\N{EN DASH}X\N{NON-BREAKING HYPHEN}ray"),
        ("whole slide image", "Whole-Slide Images"),
        (r"\textbf{G}lobal view", "global views", "{Global} view"),
        ("Ménière disease", "Meniere disease"),
    ],
    ids=["dashes", "plural", "latex", "accents"],
)
def test_spellings_of_one_name_meet(names: tuple[str, ...]) -> None:
    assert len({normal_form(name) for name in names}) == 1


@given(st.text(alphabet="ab_ .-("), st.text(alphabet="ab_.-(", min_size=1))
def test_a_surface_stands_where_the_text_has_it_and_no_letter_touches_it(text: str, surface: str) -> None:
    for start, end in occurrences(text, surface):
        assert text[start:end] == surface
        assert not any(char.isalnum() or char == "_" for char in (text[:start][-1:] + text[end:][:1]))


@given(st.text(alphabet="ab\\{}$ textbf"))
def test_labels_hold_no_braces(name: str) -> None:
    assert not set("{}$\\") & set(label_of(name))


@given(st.text(), st.sampled_from(["", "s", "ies", "-", " (", "'s", "."]))
@example("0)", "'s")
def test_names_of_one_normal_form_have_one_hint(name: str, end: str) -> None:
    for other in (name + end, normal_form(name), name.upper(), name.replace(" ", "-")):
        if normal_form(other) == normal_form(name):
            assert form_hint(other) == form_hint(name)
