"""Papers read: what extracts from them, and what tells one such reader from another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg import __version__
from kg.mapping import Run
from kg.records import Annotation, Entity, Paper
from kg.settings import Settings
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language  # spaCy is loaded when the first text is read

__all__ = [
    "Progress",
    "annotate",
    "code_digest",
    "digest_of",
    "digest_of_linking",
    "mark",
    "run_by_hand",
    "run_of",
    "unseen",
]

_Item = TypeVar("_Item")


class Progress(Protocol):
    """Passes things on as they are made, and shows how many of the total there are; of an unknown total, it is 0."""

    def __call__(self, made: Iterable[_Item], total: int, what: str = "reading", /) -> Iterable[_Item]:
        """Pass them on."""


def unseen(made: Iterable[_Item], total: int, what: str = "", /) -> Iterable[_Item]:  # noqa: ARG001 - as `Progress`
    """Show nothing."""
    return made


_CHUNK = 32
"""Papers that a worker gets at once; few, so that what is read so far is soon known."""


def annotate(
    papers: Iterable[Paper],
    *,
    total: int | None = None,
    given: Mapping[str, Sequence[Entity]] | None = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    workers: int = 1,
    progress: Progress = unseen,
) -> Iterator[Annotation]:
    """Extract from each paper, in the order given; the number of processes changes nothing but the time.

    Args:
        papers: Any number.
        total: How many there are, if `papers` does not tell.
        given: Entities by paper id, taken in place of those that would be found; a paper it lacks has none.
        settings: What reads the texts.
        workers: Number of processes that extract.
        progress: Sees each annotation made.

    Raises:
        ModelError: The model is missing or damaged.
        UsageError: The settings contradict one another.
    """
    count = len(papers) if isinstance(papers, Sequence) else total or 0
    read = partial(_annotate_one, settings, given)
    if workers <= 1 or count <= 1:
        yield from progress(map(read, papers), count)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunk = max(1, min(_CHUNK, count // (4 * workers)))
        yield from progress(pool.map(read, papers, chunksize=chunk), count)


def mark(paper: Paper, guideline: str, *, settings: Settings = Settings()) -> list[tuple[int, int, str]]:  # noqa: B008
    """Give the mentions of a paper as the guideline of a corpus would have them: start, end, label.

    Raises:
        ModelError: The model is missing or damaged.
        UnknownNameError: The model knows no such guideline.
        UsageError: The settings leave no model that knows guidelines.
    """
    from kg.extraction import mark as mark_text  # noqa: PLC0415 - spaCy is loaded when the first text is read

    return mark_text(_pipeline(settings), paper, guideline)


def run_of(settings: Settings, vocabulary: Vocabulary) -> Run:
    """What reads papers with these settings.

    Raises:
        ModelError: The model is missing or damaged.
        UsageError: The settings contradict one another.
    """
    from kg.extraction import configuration_digest, model_digest  # noqa: PLC0415 - as above

    nlp = _pipeline(settings)
    return Run(__version__, vocabulary.digest, configuration_digest(nlp), model_digest(nlp))


def run_by_hand(vocabulary: Vocabulary) -> Run:
    """What stands for the extractor where annotations were given."""
    return Run(__version__, vocabulary.digest, sha256(b"annotations given").hexdigest())


def digest_of(run: Run) -> str:
    """Hash all that decides what is read: the run, and the code itself, for those who change it."""
    parts = (run.version, run.vocabulary, run.configuration, run.model or "", code_digest())
    return sha256("\n".join(parts).encode()).hexdigest()


def digest_of_linking(vocabulary: Vocabulary, base_iri: str) -> str:
    """Hash all that decides how papers are linked and told, apart from the papers themselves."""
    return sha256(f"{code_digest()}\n{vocabulary.digest}\n{base_iri}".encode()).hexdigest()


@cache
def code_digest() -> str:
    """Hash the code of `kg`."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parents[1].rglob("*.py")))
    return sha256(code).hexdigest()


@cache
def _pipeline(settings: Settings) -> "Language":
    from kg.extraction import load_pipeline  # noqa: PLC0415 - spaCy is loaded when the first text is read

    return load_pipeline(settings=settings)


def _annotate_one(settings: Settings, given: Mapping[str, Sequence[Entity]] | None, paper: Paper) -> Annotation:
    from kg.extraction import extract  # noqa: PLC0415 - as above

    return extract(_pipeline(settings), paper, given.get(paper.id, ()) if given is not None else None)
