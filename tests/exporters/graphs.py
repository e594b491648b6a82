"""Small graphs for tests of exporters: two invented papers, written out in TriG."""

import random

from kg.namespaces import PREFIXES
from kg.rdf import RdfFormat, parse
from kg.store import Graph

__all__ = ["EMPTY", "RIB_FRACTURES", "TWO_PAPERS", "hostile_graph", "stored_graph"]

EMPTY = ""

TWO_PAPERS = """
GRAPH i:graph\\/title\\/lobenet-1 {
  i:paper\\/title\\/lobenet-1 a kg:Paper ;
    dcterms:title "LobeNet: a small network that finds lung lobes" ; dcterms:issued "2023-06-23"^^xsd:date ;
    dcterms:description "Retold." ; kg:abstractNote "retold in our own words" ; kg:category "CV" ;
    dcterms:creator i:author\\/x\\/b , i:author\\/x\\/a , i:author\\/x\\/c ; kg:authorsComplete false ;
    bibo:authorList i:paper\\/title\\/lobenet-1\\/authors ; bibo:doi "10.1000/lobe" ;
    kg:hasCode <https://code.example/lobenet> ; kg:hasText i:paper\\/title\\/lobenet-1\\/text ;
    kg:proposes i:method\\/lobenet ; kg:hasModality i:modality\\/chest-ct ; kg:targetsDisease i:disease\\/emphysema ;
    kg:reportsResult i:paper\\/title\\/lobenet-1\\/result\\/1 .
  i:paper\\/title\\/lobenet-1\\/authors rdf:_2 i:author\\/x\\/a ; rdf:_1 i:author\\/x\\/b .
  i:author\\/x\\/a foaf:name "Ada Lund" . i:author\\/x\\/b foaf:name "Bo Zimmer" .
  i:author\\/x\\/c foaf:name "Caro Aue" .
  i:method\\/lobenet kg:addressesTask i:task\\/lobe-segmentation .
  i:s1 a kg:Sentence ; oa:hasSource i:paper\\/title\\/lobenet-1\\/text ;
    oa:exact "We propose LobeNet, a network for chest CT." .
  i:e1 a kg:Evidence ; kg:supports i:a1 ; prov:wasDerivedFrom i:s1 , i:m1 ; kg:confidence 0.9 .
  i:e2 a kg:Evidence ; kg:supports i:a2 ; prov:wasDerivedFrom i:s1 .
  i:paper\\/title\\/lobenet-1\\/result\\/1 a kg:Result ; kg:reportedIn i:paper\\/title\\/lobenet-1 ;
    kg:ofMethod i:method\\/lobenet ; mls:specifiedBy i:metric\\/dice ; kg:printed "91.5" ; mls:hasValue 91.5 ;
    kg:unit "%" ; kg:resultKind "score" ; kg:confidence 0.8 ; kg:inSentence i:s1 .
}
GRAPH i:graph\\/title\\/second-2 {
  i:paper\\/title\\/second-2 a kg:Paper ; dcterms:title "A second look at chest CT with no name before a colon" ;
    kg:hasText i:paper\\/title\\/second-2\\/text ; kg:hasModality i:modality\\/chest-ct ; kg:uses i:method\\/lobenet ;
    kg:comparedWith i:method\\/lobenet .
}
GRAPH i:graph\\/aggregate {
  i:method\\/lobenet a kg:Method, skos:Concept ; skos:prefLabel "LobeNet"@en ; skos:altLabel "lobe network"@en ;
    skos:definition "A network for lobes."@en .
  i:modality\\/chest-ct a kg:Modality ; skos:prefLabel "chest CT"@en ; skos:broader i:modality\\/ct .
  i:modality\\/ct a kg:Modality ; skos:prefLabel "CT"@en ; skos:exactMatch <http://dicom.example/CT> .
  i:disease\\/emphysema a kg:Disease ; skos:prefLabel "emphysema"@en .
  i:task\\/lobe-segmentation a kg:Task ; skos:prefLabel "lobe segmentation"@en .
  i:metric\\/dice a kg:Metric ; skos:prefLabel "Dice"@en .
  i:dataset\\/lobes a kg:Dataset ; skos:prefLabel "Lobes-9"@en .
  i:anatomy\\/lobe a kg:Anatomy ; skos:prefLabel "Läppchen"@en .
  i:a1 a kg:Assertion ; rdf:subject i:paper\\/title\\/lobenet-1 ; rdf:predicate kg:proposes ;
    rdf:object i:method\\/lobenet ; kg:status kg:asserted ; kg:confidence 0.93 .
  i:a2 a kg:Assertion ; rdf:subject i:paper\\/title\\/lobenet-1 ; rdf:predicate kg:imagesAnatomy ;
    rdf:object i:anatomy\\/lobe ; kg:status kg:negated ; kg:confidence 0.5 .
}
"""

RIB_FRACTURES = """
i:disease\\/rib-fracture a kg:Disease ; skos:prefLabel "rib fracture"@en .
i:disease\\/fracture a kg:Disease ; skos:prefLabel "fracture"@en .
i:disease\\/rib-fracture skos:broader i:disease\\/fracture .
i:method\\/ribnet a kg:Method ; skos:prefLabel "RibNet"@en ; kg:targetsDisease i:disease\\/rib-fracture ;
  kg:hasModality i:modality\\/ct ; kg:evaluatedOn i:dataset\\/cage .
i:method\\/costanet a kg:Method ; skos:prefLabel "CostaNet"@en ; kg:targetsDisease i:disease\\/rib-fracture ;
  kg:hasModality i:modality\\/x-ray ; kg:evaluatedOn i:dataset\\/cage .
i:modality\\/ct a kg:Modality ; skos:prefLabel "CT"@en .
i:modality\\/x-ray a kg:Modality ; skos:prefLabel "X-ray"@en .
i:dataset\\/cage a kg:Dataset ; skos:prefLabel "CAGE-12"@en .
i:metric\\/recall a kg:Metric ; skos:prefLabel "recall"@en ; kg:higherIsBetter true ; kg:minimum 0 ; kg:maximum 1 .
i:paper\\/ribs a kg:Paper ; dcterms:title "RibNet: finding broken ribs early" ; dcterms:issued "2021-03-01"^^xsd:date ;
  kg:proposes i:method\\/ribnet ; kg:targetsDisease i:disease\\/rib-fracture ; kg:hasText i:paper\\/ribs\\/text ;
  kg:reportsResult i:result\\/1 ; bibo:doi "10.1000/ribs" .
i:paper\\/costa a kg:Paper ; dcterms:title "CostaNet: ribs without CT" ; dcterms:issued "2024-08-01"^^xsd:date ;
  kg:proposes i:method\\/costanet ; kg:targetsDisease i:disease\\/rib-fracture ;
  kg:comparedWith i:method\\/ribnet ; kg:hasText i:paper\\/costa\\/text ;
  kg:reportsResult i:result\\/2 .
i:claim\\/1 a kg:Assertion ; rdf:subject i:method\\/ribnet ; rdf:predicate kg:targetsDisease ;
  rdf:object i:disease\\/rib-fracture ; kg:status kg:asserted ; kg:confidence 0.91 .
i:claim\\/2 a kg:Assertion ; rdf:subject i:method\\/costanet ; rdf:predicate kg:targetsDisease ;
  rdf:object i:disease\\/rib-fracture ; kg:status kg:asserted ; kg:confidence 0.58 .
i:e\\/1 kg:supports i:claim\\/1 ; prov:wasDerivedFrom i:s\\/1 , i:m\\/1 , i:m\\/2 .
i:e\\/2 kg:supports i:claim\\/2 ; prov:wasDerivedFrom i:s\\/2 .
i:s\\/1 a kg:Sentence ; oa:start 100 ; oa:end 200 ; oa:hasSource i:paper\\/ribs\\/text ;
  oa:exact "RibNet \N{GRINNING FACE} marks rib fractures in every slice." .
i:s\\/2 a kg:Sentence ; oa:start 0 ; oa:end 100 ; oa:hasSource i:paper\\/costa\\/text ;
  oa:exact "CostaNet sees rib fractures in plain films." .
i:m\\/1 oa:hasBody i:method\\/ribnet ; oa:hasTarget i:t\\/1 . i:t\\/1 oa:hasSelector i:p\\/1 .
i:p\\/1 oa:start 100 ; oa:end 106 .
i:m\\/2 oa:hasBody i:disease\\/rib-fracture ; oa:hasTarget i:t\\/2 . i:t\\/2 oa:hasSelector i:p\\/2 .
i:p\\/2 oa:start 115 ; oa:end 128 .
i:result\\/1 a kg:Result ; kg:reportedIn i:paper\\/ribs ; kg:ofMethod i:method\\/ribnet ;
  kg:onDataset i:dataset\\/cage ;
  mls:specifiedBy i:metric\\/recall ; mls:hasValue 0.81 ; kg:normalisedValue 0.81 ; kg:printed "0.81" ;
  kg:resultKind "score" ; kg:status kg:asserted ; kg:confidence 0.9 ; kg:inSentence i:s\\/1 .
i:result\\/2 a kg:Result ; kg:reportedIn i:paper\\/costa ; kg:ofMethod i:method\\/costanet ;
  kg:onDataset i:dataset\\/cage ;
  mls:specifiedBy i:metric\\/recall ; mls:hasValue 0.87 ; kg:normalisedValue 0.87 ; kg:printed "0.87" ;
  kg:resultKind "score" ; kg:status kg:asserted ; kg:confidence 0.9 ; kg:inSentence i:s\\/2 .
"""
"""Two methods for one disease, in default graphs, with evidence, mentions and a leaderboard."""

_HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>href</a>",
    "{{ 7*7 }}{% raw %}${alert(1)}",
    "line\u2028separator <!-- <script>",
    "__proto__",
)


def hostile_graph() -> str:
    """Put texts that would run in a careless page wherever text is printed."""
    quoted = [f'"{text}"' for text in (text.replace("\\", "\\\\").replace('"', '\\"') for text in _HOSTILE)]
    names = ", ".join(quoted)
    lines = [
        f"i:method\\/{n} a kg:Method ; skos:prefLabel {text} ; skos:altLabel {names} ; skos:definition {names} ."
        f"i:paper\\/{n} a kg:Paper ; dcterms:title {text} ; kg:uses i:method\\/{n} ; kg:category {text} ;"
        f" kg:hasText i:text\\/{n} ; kg:abstractNote {text} ; bibo:doi {text} ; dcterms:issued {text} ;"
        f" kg:hasCode <javascript:alert({n})> ; kg:hasData <data:text\\u002Fhtml,x> ; dcterms:creator i:author\\/{n} ."
        f"i:author\\/{n} foaf:name {text} ."
        f"i:s{n} a kg:Sentence ; oa:hasSource i:text\\/{n} ; oa:exact {text} ."
        f"i:e{n} kg:supports i:a{n} ; prov:wasDerivedFrom i:s{n} ."
        f"i:a{n} a kg:Assertion ; rdf:subject i:paper\\/{n} ; rdf:predicate kg:uses ; rdf:object i:method\\/{n} ;"
        f" kg:status kg:asserted ; kg:confidence 0.7 ."
        f"i:result\\/{n} a kg:Result ; kg:reportedIn i:paper\\/{n} ; kg:ofMethod i:method\\/{n} ;"
        f" kg:metricText {text} ; kg:printed {text} ; kg:unit {text} ; kg:condition {text} ;"
        f" kg:resultKind {text} ; kg:inSentence i:s{n} ."
        for n, text in enumerate(quoted)
    ]
    return "\n".join(lines)


def stored_graph(trig: str, seed: int = 0) -> Graph:
    """Hold a graph as the commands do, its statements put in in an order of chance."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    text = f"{prefixes}PREFIX i: <https://example.org/kg/id/>\n{trig}"
    quads = list(parse(text.encode(), RdfFormat.TRIG))
    random.Random(seed).shuffle(quads)
    return Graph.of(quads)
