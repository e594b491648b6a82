"""Words that tell the kind of the phrase they end, and how often such a phrase is a concept of that kind.

The figures are per cent: precisions of the grown phrases measured on annotated abstracts.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.extraction.words import word_set
from kg.records import Kind

__all__ = ["BARE", "HEADS", "disease_score"]


def _table(text: str) -> Mapping[str, float]:
    words = text.split()
    return MappingProxyType({word: int(score) / 100 for word, score in zip(words[::2], words[1::2], strict=True)})


HEADS: Final[Mapping[Kind, Mapping[str, float]]] = MappingProxyType(
    {
        Kind.METHOD: _table(
            """
            adaptation 74 agent 57 aggregation 80 ai 34 alignment 40 attack 55 attention 69 augmentation 83
            autoencoder 75 averaging 75 bank 80 block 83 branch 56 cam 90 classifier 38 clip 47 clustering 90 cnn 62
            compression 70 conditioning 50 connection 78 convolution 89 correction 56 curriculum 67 decoder 74
            decoding 80 decomposition 88 detector 65 diffusion 48 distillation 94 dropout 88 embedding 30 encoder 71
            encoding 30 engineering 71 enhancement 45 ensemble 86 entropy 57 equalization 90 excitation 90
            extractor 42 filter 67 filtering 75 flow 32 forest 90 fusion 77 gan 96 gate 90 gating 90 generator 67
            graph 62 guidance 35 inference 37 initialization 80 intelligence 93 interpolation 60 kernel 30
            learning 89 llm 83 loss 65 machine 62 mamba 70 map 31 mapping 55 masking 91 matching 59 maximization 90
            mil 92 mining 90 mllm 64 mlp 90 model 36 modeling 38 modelling 38 module 76 net 94 network 73
            normalization 85 operator 62 optimization 54 optimizer 62 perceptron 90 perturbation 41 policy 54
            pooling 93 predictor 90 preprocessing 50 pretraining 73 pre-training 73 prior 47 probe 90 probing 83
            prompt 56 prompting 94 propagation 67 proposal 75 quantization 75 refinement 33 regression 77
            regularization 67 removal 80 resnet 57 routing 67 sam 88 sampling 67 scaling 50 search 54 selection 45
            simulation 60 solver 78 student 57 supervision 56 teacher 50 training 41 transfer 43 transform 69
            transformation 52 transformer 91 transport 75 tuning 80 unet 86 vit 67 vlm 39
            """
        ),
        Kind.TASK: _table(
            """
            analysis 48 answering 85 assessment 51 calculation 80 captioning 70 characterization 78
            classification 82 delineation 47 denoising 32 detection 88 diagnosis 82 discovery 50 estimation 72
            generation 67 grading 87 grounding 64 harmonization 60 identification 88 interpretation 41
            localization 59 localisation 59 measurement 35 monitoring 79 planning 86 prediction 50 quantification 82
            reasoning 43 recognition 68 reconstruction 42 reduction 36 registration 56 reporting 56 restoration 40
            retrieval 70 scoring 43 screening 70 segmentation 82 staging 89 stratification 83 subtyping 73
            suppression 36 synthesis 74 tracking 56 translation 56 triage 60 understanding 49 vqa 41
            """
        ),
        Kind.MODALITY: _table(
            """
            angiogram 90 angiography 88 ct 51 echocardiogram 70 endoscopy 90 flair 90 laparoscopy 90
            mammogram 70 mammography 70 microscopy 67 mr 39 mri 69 oct 28 pet 58 photograph 87 photography 71
            radiograph 91 radiography 90 ray 82 report 61 tomography 80 ultrasonography 70 ultrasound 57 video 58
            """
        ),
        Kind.DISEASE: _table(
            """
            adenocarcinoma 83 aneurysm 70 bleeding 60 cancer 81 carcinoma 84 cyst 70 degeneration 80 disease 69
            disorder 82 edema 90 effusion 90 embolism 80 exudate 90 failure 40 fracture 60 hemorrhage 80
            impairment 75 infarction 80 infection 70 injury 55 lesion 51 malignancy 64 melanoma 75 metastasis 80
            nodule 55 opacity 75 pneumonia 50 polyp 50 retinopathy 90 sclerosis 80 stenosis 80 stroke 80 syndrome 80
            thrombosis 80 tumor 55 tumour 50
            """
        ),
        Kind.ANATOMY: _table(
            "artery 92 disc 60 gland 75 lobe 60 matter 75 nerve 60 node 33 organ 44 vein 60 vessel 60"
        ),
    }
)
"""Heads of phrases with a modifier."""

BARE: Final[Mapping[Kind, Mapping[str, float]]] = MappingProxyType(
    {
        Kind.TASK: _table(
            "classification 66 denoising 89 diagnosis 90 grading 77 localization 52 prognosis 85 reconstruction 55 "
            "registration 70 screening 59 segmentation 77 staging 80"
        ),
        Kind.METHOD: _table("augmentation 58 clustering 80 ensemble 73 pretraining 58 pre-training 58"),
        Kind.DISEASE: _table("cancer 90 lesion 90 nodule 85 polyp 90 tumor 90 tumour 90 fracture 80 metastasis 90"),
    }
)
"""Heads that name a concept even by themselves."""

_DISEASE_ENDING = re.compile(
    r"[a-z]{3,}(?:omas?|itis|aemia|emia|pathy|plasia|algia|megaly|trophy|sclerosis|stenosis|penia|plegia|rrhage|"
    r"ectasia|phyma|rrhosis|fibrosis|thorax)"
)
_NO_DISEASE = word_set(
    """academia antipathy aroma chroma diploma empathy homeopathy macadamia naturopathy osteopathy prothorax stroma
    sympathy telepathy"""
)
_BY_ENDING = 0.8


def disease_score(head: str) -> float:
    """Score a word by its Greek ending, "-itis" or "-oma"; 0 where it has none.

    >>> disease_score("schwannoma"), disease_score("stroma")
    (0.8, 0.0)
    """
    return _BY_ENDING if _DISEASE_ENDING.fullmatch(head) and head not in _NO_DISEASE else 0.0
