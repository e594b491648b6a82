"""A small vocabulary of our own, so that the tests do not depend on the shipped one."""

from pathlib import Path

import pytest
from spacy.language import Language

from kg.extraction import load_pipeline
from kg.settings import Settings

VOCABULARY = """
@prefix kg: <https://example.org/kg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix c: <https://example.org/kg/id/> .

c:ct a kg:Modality ; skos:prefLabel "CT"@en ; skos:altLabel "computed tomography"@en, "CT scan"@en .
c:chest-ct a kg:Modality ; skos:prefLabel "chest CT"@en ; skos:broader c:ct .
c:ultrasound a kg:Modality ; skos:prefLabel "ultrasound"@en ; kg:ambiguousLabel "US"@en .
c:u-net a kg:Method ; skos:prefLabel "U-Net"@en ; skos:broader c:cnn .
c:cnn a kg:Method ; skos:prefLabel "convolutional neural network"@en ; skos:altLabel "CNN"@en .
c:ssl a kg:Method ; skos:prefLabel "self-supervised learning"@en ; skos:hiddenLabel "self-supervised"@en .
c:tumor a kg:Disease ; skos:prefLabel "tumor"@en .
c:liver-tumor a kg:Disease ; skos:prefLabel "liver tumor"@en ; skos:broader c:tumor .
c:metastasis a kg:Disease ; skos:prefLabel "metastasis"@en .
c:drive a kg:Dataset ; skos:prefLabel "DRIVE"@en .
c:dice a kg:Metric ; skos:prefLabel "Dice"@en ; skos:altLabel "Dice score"@en .
c:liver a kg:Anatomy ; skos:prefLabel "liver"@en .
c:rib a kg:Anatomy ; skos:prefLabel "rib"@en .
"""


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocabulary")
    (folder / "small.ttl").write_text(VOCABULARY)
    return folder


@pytest.fixture(scope="session")
def nlp(vocabulary: Path) -> Language:
    """The rules alone: what a learned model makes of a text is told in ``test_tagger``."""
    return load_pipeline(vocabulary, Settings(fast=True))
