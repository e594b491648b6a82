"""A configuration file: found, checked, and told about by line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.configuration import KEYS, VocabularyFile, find_configuration, read_configuration, template
from kg.errors import InputError
from kg.records import Kind


def write(folder: Path, text: str, name: str = "kg.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_every_key_has_an_example_that_holds(tmp_path: Path) -> None:
    text = "".join(f"{name} = {key.example}\n" for name, key in KEYS.items())

    found = read_configuration(write(tmp_path, text))

    assert list(found.values) == list(KEYS)
    assert found.values["labels"] == {"DISEASE": Kind.DISEASE}
    assert found.values["vocabularies"] == (
        VocabularyFile(str(tmp_path / "doid.obo"), Kind.DISEASE),
        VocabularyFile(str(tmp_path / "ours.csv")),
    )
    assert found.places() == {key: f"{found.path}:{line}" for line, key in enumerate(KEYS, start=1)}


def test_paths_are_relative_to_the_file_and_a_folder_is_no_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "lab [1]"
    write(folder, "@article{a, title={On Stones}}", "a.bib")
    path = write(folder, 'inputs = ["*.bib", "/data/b.ris"]\ngraph = "/graphs/ours"\nmodel = "en_ner_bc5cdr_md"')

    values = read_configuration(path).values

    assert [*map(str, Path("/").glob(values["inputs"][0].lstrip("/")))] == [str(folder / "a.bib")]
    assert values["inputs"][1] == "/data/b.ris"
    assert values["graph"] == "/graphs/ours"
    assert values["model"] == "en_ner_bc5cdr_md"
    (folder / "en_ner_bc5cdr_md").mkdir()
    assert read_configuration(path).values["model"] == str(folder / "en_ner_bc5cdr_md")


def test_the_nearest_file_counts_and_others_projects_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "workers = 2")
    write(tmp_path / "code", '[project]\nname = "other"', "pyproject.toml")
    write(tmp_path / "lab", '[project]\nname = "lab"\n\n[tool.kg]\nworkers = 3\n', "pyproject.toml")
    (tmp_path / "lab" / "texts").mkdir()

    monkeypatch.chdir(tmp_path / "code")
    assert find_configuration().places() == {"workers": "../kg.toml:1"}
    monkeypatch.chdir(tmp_path / "lab" / "texts")
    assert find_configuration().places() == {"workers": "../pyproject.toml:5"}
    write(tmp_path / "lab", "workers = 4")
    assert find_configuration().values == {"workers": 4}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# ours\n\ngraf = 'x'", "3: unknown key 'graf'; did you mean graph? known: base-iri, fast"),
        ('workers = "two"', "1: workers: expected int, got str; write it such as workers = 2"),
        ("fast = true\nworkers = 0", "2: workers: expected int >= 1; write"),
        ("fast = 1", "1: fast: expected bool, got int; write it such as fast = true"),
        ("min-confidence = 1.5", "1: min-confidence: expected float <= 1.0; write"),
        ('inputs = "a.bib"', '1: inputs: expected array, got str; write it such as inputs = ["library.bib"'),
        ('inputs = [\n  "a",\n  # b\n  2,\n]', "1: inputs: expected str, got int;"),
        ('graph = ""', "1: graph: expected str of length >= 1;"),
        (
            'fast = true\n[labels]\nDISEASE = "Diseas"',
            "2: labels: unknown kind 'Diseas'; did you mean Disease? known: A",
        ),
        ('vocabularies = [{ fil = "a" }]', "1: vocabularies: object contains unknown field fil;"),
        ("fast = \nworkers = 2", "1: not TOML (Invalid value); see"),
        ("fast = true\nfast = false", "2: not TOML (Cannot overwrite a value); see"),
        ('fast = true\ninputs = ["a"', "2: not TOML (Unclosed array); see"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(InputError) as caught:
        read_configuration(path)

    assert str(caught.value).startswith(f"{path}:{message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[tool.other]\nworkers = "all"\n\n[tool.kg]\n\n  "workers" = "all"\n', 6),
        ('[tool]\nkg.workers = "all"\n[tool.kg.labels]\nA = "Disease"\n', 2),
        ('tool = { kg = { workers = "all" } }', 1),
    ],
)
def test_a_fault_in_a_shared_file_has_the_line_of_that_file(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path, text, "pyproject.toml")

    with pytest.raises(InputError, match=rf"^{path}:{line}: workers"):
        read_configuration(path)


@pytest.mark.parametrize("text", ["tool = 3", "tool.other = 3", ""])
def test_a_shared_file_without_our_table_says_nothing(tmp_path: Path, text: str) -> None:
    assert read_configuration(write(tmp_path, text, "pyproject.toml")).values == {}


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('graph = "Übung"'.encode("latin-1"))

    with pytest.raises(InputError, match="not UTF-8"):
        read_configuration(tmp_path / "latin.toml")
    with pytest.raises(InputError, match="nests too deep"):
        read_configuration(write(tmp_path, f"inputs = {'[' * 100_000}"))
    with pytest.raises(InputError, match="No such file"):
        read_configuration(tmp_path / "none.toml")
    with pytest.raises(InputError, match=r"tool\.kg is no table; begin with"):
        read_configuration(write(tmp_path, "tool.kg = 3", "pyproject.toml"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)))
def test_whatever_a_file_is_called_the_template_names_it(names: list[str]) -> None:
    made = tomllib.loads(template(names))

    assert made == {**({"inputs": names} if names else {}), "graph": "graph", "out": "out"}


def test_the_template_explains_every_key_with_an_example() -> None:
    text = template()

    assert all(f"# {key.about}\n" in text for key in KEYS.values())
    assert all(f"{name} = {key.example}\n" in text for name, key in KEYS.items())
