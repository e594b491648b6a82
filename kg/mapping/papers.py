"""One paper's graph: the paper, its text, its mentions, and the evidence it gives for each statement."""

from collections.abc import Iterable, Iterator, Mapping

from kg.errors import GraphError
from kg.mapping.agents import agent_iri, agent_triples
from kg.mapping.decided import decision_iri, decision_triples
from kg.mapping.iris import Iris, web_address
from kg.mapping.literals import boolean, date, decimal, natural, plain
from kg.mapping.results import result_triples, size_triples
from kg.mapping.statements import Evidence, Run, Statement
from kg.namespaces import BIBO, DCTERMS, FABIO, FOAF, KG, OA, OPENALEX, ORCID, OWL, PROV, RDF, RDFS, SCHEMA
from kg.rdf import NamedNode, PlainTriple, Quad, Term
from kg.records import Annotation, Interval, Paper, Status, mentions_of

__all__ = ["paper_quads", "run_iri", "tombstone_quads"]

_CONTEXT = 32
"""Characters before and after a quote, which find it again in a text that has changed a little."""


def paper_quads(
    paper: Paper,
    annotation: Annotation,
    statements: Mapping[Statement, Evidence],
    nodes: Mapping[str, str],
    run: Run,
    iris: Iris,
) -> Iterator[Quad]:
    """Yield all that is told of one paper, in its own graph.

    Args:
        paper: With its text.
        annotation: What was read off it.
        statements: Its claims (`statements_of`).
        nodes: The IRI of the concept that each entity's name stands for.
        run: What made the annotation.
        iris: Makes the IRIs.

    Raises:
        GraphError: A mention, sentence or result lies outside the text, or an entity's quote differs from it.
    """
    graph = iris.graph(paper)
    for part in (
        _paper(paper, annotation, iris),
        _authors(paper, iris),
        _mentions(paper, annotation, nodes, iris),
        _statements(statements),
        _evidence(paper, statements, run, iris),
        _sentences(paper, annotation, iris),
        result_triples(paper, annotation, nodes, iris),
        size_triples(paper, annotation, nodes, iris),
        decision_triples(paper, annotation, nodes, iris),
    ):
        for subject, predicate, obj in part:
            yield Quad(subject, predicate, obj, graph)


def tombstone_quads(paper: Paper, reason: str, author: str, iris: Iris) -> Iterator[Quad]:
    """Yield what is left of a paper that no longer counts: what it is, and why it was taken out (PROV-O).

    Args:
        paper: With its identifiers.
        reason: Why.
        author: Who says so; may be empty.
        iris: Makes the IRIs.
    """
    node, retraction = iris.paper(paper), iris.part(paper, "retraction")
    triples: list[PlainTriple] = [
        (node, RDF.type, KG.Paper),
        (node, DCTERMS.title, plain(paper.title)),
        (node, DCTERMS.identifier, plain(paper.id)),
        *((node, predicate, plain(value)) for predicate, value in _identifiers(paper) if value),
        (node, PROV.wasInvalidatedBy, retraction),
        (retraction, RDF.type, KG.Retraction),
        (retraction, RDF.type, PROV.Activity),
        (retraction, RDFS.comment, plain(reason)),
    ]
    if author:
        triples += [(retraction, PROV.wasAssociatedWith, agent_iri(author, iris)), *agent_triples(author, iris)]
    for subject, predicate, obj in triples:
        yield Quad(subject, predicate, obj, iris.graph(paper))


def run_iri(run: Run, iris: Iris) -> NamedNode:
    """The extraction activity's, a hash of what determines its output."""
    return iris.digest("activity", run.version, run.vocabulary, run.configuration, run.model or "")


def _paper(paper: Paper, annotation: Annotation, iris: Iris) -> Iterator[PlainTriple]:
    node, text = iris.paper(paper), iris.part(paper, "text")
    yield node, RDF.type, KG.Paper
    yield node, DCTERMS.title, plain(paper.title)
    yield node, DCTERMS.identifier, plain(paper.id)
    yield from _abstract(paper, node)
    if paper.date:
        yield node, DCTERMS.issued, date(paper.date)
    for predicate, value in (*_identifiers(paper), (KG.retraction, paper.retraction)):
        if value:
            yield node, predicate, plain(value)
    if paper.openalex:
        yield node, SCHEMA.sameAs, NamedNode(OPENALEX + paper.openalex)
    if paper.licence:
        yield node, DCTERMS.license, _licence(paper.licence)
    for predicate, values in ((KG.category, paper.categories), (KG.affiliation, paper.affiliations)):
        for each in values:
            yield node, predicate, plain(each)
    if paper.source:
        yield node, DCTERMS.source, plain(paper.source)
    if paper.code_available is not None:
        yield node, KG.codeAvailable, boolean(paper.code_available)
    yield from _links(paper, annotation, node)
    yield node, KG.hasText, text
    yield text, RDF.type, KG.Text
    yield text, RDF.value, plain(paper.text)


def _identifiers(paper: Paper) -> tuple[tuple[NamedNode, str | None], ...]:
    return (BIBO.doi, paper.doi), (FABIO.hasArXivID, paper.arxiv), (BIBO.pmid, paper.pmid)


def _abstract(paper: Paper, node: NamedNode) -> Iterator[PlainTriple]:
    """Say nothing of an abstract that the source does not give, nor of whose words it would be in."""
    if not paper.abstract:
        return
    if paper.abstract_note is None:
        yield node, DCTERMS.abstract, plain(paper.abstract)
    else:
        yield node, DCTERMS.description, plain(paper.abstract)
        yield node, KG.abstractNote, plain(paper.abstract_note)


def _licence(stated: str) -> Term:
    """An address where one is stated; "CC-BY-4.0" looks like a host, and is none."""
    address = web_address(stated) if stated.lower().startswith(("http://", "https://")) else None
    return address or plain(stated)


def _links(paper: Paper, annotation: Annotation, node: NamedNode) -> Iterator[PlainTriple]:
    for links in (paper.links, annotation.links):
        for predicate, printed in ((KG.hasCode, links.code), (KG.hasData, links.data), (RDFS.seeAlso, links.other)):
            for address in map(web_address, printed):
                if address is not None:
                    yield node, predicate, address


def _authors(paper: Paper, iris: Iris) -> Iterator[PlainTriple]:
    node, order = iris.paper(paper), iris.part(paper, "authors")
    if not paper.authors:
        return
    yield node, KG.authorsComplete, boolean(paper.authors_complete)
    yield node, BIBO.authorList, order
    yield order, RDF.type, RDF.Seq
    placed = [author for author in paper.authors if author.placed]
    for number, author in enumerate(placed, start=1):
        yield order, NamedNode(f"{RDF.iri}_{number}"), iris.author(author, paper.source)
    for author in paper.authors:
        person = iris.author(author, paper.source)
        yield node, DCTERMS.creator, person
        yield person, RDF.type, KG.Author
        yield person, FOAF.name, plain(author.name)
        if author.affiliation:
            yield person, KG.affiliation, plain(author.affiliation)
        if author.orcid:
            yield person, OWL.sameAs, NamedNode(ORCID + author.orcid)


def _mentions(paper: Paper, annotation: Annotation, nodes: Mapping[str, str], iris: Iris) -> Iterator[PlainTriple]:
    confidences: dict[NamedNode, float] = {}
    for entity in annotation.entities:
        concept = NamedNode(nodes[entity.name])
        for place in mentions_of(entity, paper.text):
            if entity.surfaces and _quote(paper, place) not in entity.surfaces:
                reason = f"the text at {place[0]}-{place[1]} is {_quote(paper, place)!r}, no surface of {entity.name!r}"
                raise GraphError(f"paper {paper.id}: {reason}; mend the annotation")
            node = iris.mention(paper, place, entity.type)
            confidences[node] = max(entity.confidence, confidences.get(node, 0.0))
            yield node, OA.hasBody, concept
            yield from _mention(paper, place, node, iris)
    for node, confidence in confidences.items():
        yield node, KG.confidence, decimal(confidence)


def _mention(paper: Paper, place: Interval, node: NamedNode, iris: Iris) -> Iterator[PlainTriple]:
    """A mention as a Web Annotation (https://www.w3.org/TR/annotation-model/), its quote beside its position."""
    start, end = place
    target, position, quote = (NamedNode(f"{node.value}/{name}") for name in ("target", "position", "quote"))
    yield node, RDF.type, KG.Mention
    yield node, RDF.type, OA.Annotation
    yield node, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, iris.part(paper, "text")
    yield target, OA.hasSelector, position
    yield target, OA.hasSelector, quote
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, natural(start)
    yield position, OA.end, natural(end)
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, plain(_quote(paper, place))
    yield quote, OA.prefix, plain(paper.text[max(0, start - _CONTEXT) : start])
    yield quote, OA.suffix, plain(paper.text[end : end + _CONTEXT])


def _statements(statements: Iterable[Statement]) -> Iterator[PlainTriple]:
    """Only what is asserted becomes a plain triple."""
    for subject, predicate, obj, status in statements:
        if status is Status.ASSERTED:
            yield subject, predicate, obj


def _evidence(paper: Paper, statements: Mapping[Statement, Evidence], run: Run, iris: Iris) -> Iterator[PlainTriple]:
    for statement, evidence in statements.items():
        assertion = statement.iri(iris)
        node = iris.part(paper, "evidence", assertion.value.rpartition("/")[2])
        yield node, RDF.type, KG.Evidence
        yield node, RDF.type, PROV.Entity
        yield node, KG.supports, assertion
        yield node, KG.confidence, decimal(evidence.confidence)
        yield node, PROV.wasGeneratedBy, run_iri(run, iris)
        for place, kind in evidence.mentions:
            yield node, PROV.wasDerivedFrom, iris.mention(paper, place, kind)
        for sentence in evidence.sentences:
            yield node, PROV.wasDerivedFrom, iris.sentence(paper, sentence)
        for decision in evidence.decisions:
            yield node, PROV.wasInfluencedBy, decision_iri(decision, iris)


def _sentences(paper: Paper, annotation: Annotation, iris: Iris) -> Iterator[PlainTriple]:
    claimed = {claim.sentence for claim in annotation.claims or () if claim.sentence}
    reported = {result.sentence for result in annotation.results if result.sentence}
    for sentence in sorted(claimed | reported):
        node = iris.sentence(paper, sentence)
        yield node, RDF.type, KG.Sentence
        yield node, OA.hasSource, iris.part(paper, "text")
        yield node, OA.start, natural(sentence[0])
        yield node, OA.end, natural(sentence[1])
        yield node, OA.exact, plain(_quote(paper, sentence))


def _quote(paper: Paper, place: Interval) -> str:
    start, end = place
    if not 0 <= start < end <= len(paper.text):
        raise GraphError(f"paper {paper.id}: {start}-{end} lies outside its text; mend the annotation")
    return paper.text[start:end]
