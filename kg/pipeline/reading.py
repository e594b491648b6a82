"""Papers read: what extracts from them, and what tells one such reader from another."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache, partial
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg import __version__
from kg.errors import InputError
from kg.mapping import Run
from kg.pipeline.capacity import room, texts_for_another
from kg.pipeline.processes import TRIES, Died, in_order
from kg.records import Annotation, Entity, Paper, decode_paper, encode
from kg.settings import Settings
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language  # spaCy is loaded when the first text is read

    from kg.extraction import Extractor

__all__ = [
    "Progress",
    "annotate",
    "annotate_in_json",
    "code_digest",
    "digest_of",
    "digest_of_linking",
    "mark",
    "run_by_hand",
    "run_of",
    "unseen",
]

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")
_Task = tuple[Paper | str, Sequence[Entity] | None]
"""A paper, as a record or encoded, and its entities where they are given."""

Given = Mapping[str, Sequence[Entity]] | None
"""Entities by paper id."""


class Progress(Protocol):
    """Passes things on as they are made, and shows how many of the total there are; of an unknown total, it is 0."""

    def __call__(self, made: Iterable[_Item], total: int, what: str = "reading", /) -> Iterable[_Item]:
        """Pass them on."""


def unseen(made: Iterable[_Item], total: int, what: str = "", /) -> Iterable[_Item]:  # noqa: ARG001 - as `Progress`
    """Show nothing."""
    return made


def annotate(
    papers: Iterable[Paper],
    *,
    total: int | None = None,
    given: Given = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    workers: int | None = 1,
    progress: Progress = unseen,
) -> Iterator[Annotation]:
    """Extract from each paper, in the order given; the number of processes changes nothing but the time.

    Papers are taken as they are needed, and a few for each process before.

    Args:
        papers: Any number.
        total: How many there are, if `papers` does not tell.
        given: Entities by paper id, taken in place of those that would be found; a paper it lacks has none.
        settings: What reads the texts.
        workers: Number of processes that extract; None for as many as the machine has room for, and as so many papers
            are worth.
        progress: Sees each annotation made.

    Raises:
        InputError: A paper ends each process that reads it.
        ModelError: The model is missing or damaged.
        UsageError: The settings contradict one another, or there is no room for the processes.
    """
    count = len(papers) if isinstance(papers, Sequence) else total or 0
    with closing(_read(partial(_reader, settings), _tasks(papers, given), workers, settings)) as made:
        yield from progress(map(_whole, made), count)


def annotate_in_json(  # noqa: PLR0913 - one place where texts are read
    papers: Iterable[Paper | str],
    *,
    total: int = 0,
    given: Given = None,
    settings: Settings = Settings(),  # noqa: B008 - a value
    workers: int | None = 1,
    on_bad: Callable[[InputError], object] | None = None,
    progress: Progress = unseen,
) -> Iterator[str | None]:
    """Extract as `annotate` does, and encode what is found; what can be left to the processes is.

    Args:
        papers: As records, or encoded.
        total: How many there are; 0 where that is not known.
        given: As of `annotate`, as are the settings, the number of workers and the progress.
        settings: As above.
        workers: As above.
        on_bad: Takes up the error about a paper that ends each process that reads it, of which None is made.
        progress: As above.

    Raises:
        InputError: There is such a paper, and nothing takes the error up.
        ModelError: The model is missing or damaged.
        UsageError: As of `annotate`.
    """
    with closing(_read(partial(_encoding_reader, settings), _tasks(papers, given), workers, settings)) as made:
        for one in progress(made, total):
            if isinstance(one, Died) and on_bad is not None:
                on_bad(_deadly(one))
                yield None
            else:
                yield _whole(one)


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


@cache
def _extractor(settings: Settings) -> "Extractor":
    from kg.extraction import Extractor  # noqa: PLC0415 - as above

    return Extractor(_pipeline(settings))


def _tasks(papers: Iterable[Paper | str], given: Given) -> Iterator[_Task]:
    for paper in papers:
        one = decode_paper(paper) if given is not None and isinstance(paper, str) else paper
        yield one, given.get(one.id, ()) if given is not None and isinstance(one, Paper) else None


def _read(
    begin: Callable[[], Callable[[_Task], _Made]], tasks: Iterator[_Task], workers: int | None, settings: Settings
) -> Generator[_Made | Died[_Task], None, None]:
    workers, tasks = _worth(tasks, workers, settings)
    if workers == 1:
        yield from map(begin(), tasks)
        return
    with closing(in_order(begin, tasks, workers)) as made:
        yield from made


def _worth(tasks: Iterator[_Task], workers: int | None, settings: Settings) -> tuple[int, Iterator[_Task]]:
    """Tell how many processes so many tasks are worth, and give the tasks, of which no more were taken than it took."""
    if workers == 1:
        return 1, tasks
    each = 1 if workers is not None else texts_for_another(settings)
    first = list(islice(tasks, 2 * each))
    if len(first) < 2 * each:
        return 1, iter(first)
    most = room() if workers is None else workers
    first += islice(tasks, max(0, most * each - len(first)))
    return min(most, len(first) // each), chain(first, tasks)


def _reader(settings: Settings) -> Callable[[_Task], Annotation]:
    extract = _extractor(settings)

    def read(task: _Task) -> Annotation:
        paper, given = task
        return extract(paper if isinstance(paper, Paper) else decode_paper(paper), given)

    return read


def _encoding_reader(settings: Settings) -> Callable[[_Task], str]:
    read = _reader(settings)
    return lambda task: encode(read(task))


def _whole(made: _Made | Died[_Task]) -> _Made:
    if isinstance(made, Died):
        raise _deadly(made)
    return made


def _deadly(died: Died[_Task]) -> InputError:
    """Say which paper ends the processes that read it."""
    paper, _ = died.item
    name = paper.id if isinstance(paper, Paper) else decode_paper(paper).id
    reason = f"cannot be read: {TRIES} processes in turn ended while they read it ({died.how})"
    return InputError(f"paper {name}", reason, "free memory; if that does not help, leave it out, and report it")
