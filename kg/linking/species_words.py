"""What a text speaks of that tells man from mouse: mice, people, cell lines of either, genotypes, what is studied."""

from __future__ import annotations

import re

MICE, PEOPLE = "mice", "people"
MOUSE_LINES, HUMAN_LINES, ALTERED = "mouse_lines", "human_lines", "altered"

_WORDS = {
    MICE: "mouse mice murine c57 c57bl c57bl/6 c57bl/6j c57bl/6n balb balb/c db/db ob/ob dba/2 fvb fvb/n mef mefs 3t3",
    PEOPLE: """human humans patient patients man men woman women child children people subjects participants individuals
        family families proband probands carrier carriers cohort cohorts clinical cases controls population snp snps
        polymorphism polymorphisms genotyped genotyping genotypes haplotype haplotypes caucasian caucasians japanese
        chinese""",
    MOUSE_LINES: """nih3t3 3t3-l1 mc3t3 mc3t3-e1 c2c12 raw264.7 264.7 j774 j774.1 j774a.1 b16 b16f10 b16-f10 b16f1
        b16bl6 4t1 ba/f3 baf3 baf/3 32d el4 el-4 wehi-3 wehi-3b wehi-231 neuro2a neuro-2a n2a l929 c3h10t1/2 10t1/2
        gt1-1 gt1-7 min6 bv2 bv-2 ct26 ct-26 att20 att-20 fdc-p1 fdcp-1 nsc-34 nsc34 ht22 ht-22 nmumg eph4 70z/3
        atdc5 mlo-y4 op9 hepa1-6 hepa1c1c7 aml12 hl-1 ma-10 ctll-2 ctll2 hc11 mimcd3 imcd3 mle-12 p388 p388d1 l1210
        ch12 mc38 mesc mescs bmdm bmdms bmmc bmmcs splenocytes""",
    HUMAN_LINES: """hela hek hek293 hek293t hek-293 293 293t mcf-7 mcf7 mcf-10a mcf10a hepg2 hep-g2 hep3b huh7 huh-7
        a549 h1299 hct116 hct-116 ht29 ht-29 sw480 sw620 caco-2 caco2 lncap pc3 pc-3 du145 du-145 u2os saos-2 saos2
        u87 u87mg u251 t98g sh-sy5y sk-n-sh jurkat thp-1 thp1 u937 hl-60 hl60 k562 raji ramos daudi mda-mb-231
        mda-mb-435 mda-mb-468 t47d t-47d skbr3 sk-br-3 bt474 bt-474 huvec huvecs hacat a431 ht1080 ht-1080 wi-38
        imr-90 imr90 beas-2b pbmc pbmcs arpe-19 nb4 mv4-11 skov3 skov-3 ovcar-3 panc-1 bxpc-3 a375 a2780 lovo hesc
        hescs""",
    ALTERED: """-/- +/- fl/fl flox floxed cre creert creert2 knockout knockouts knock-out knock-outs knockin knock-in ko
        null littermate littermates transgenic""",
    "animals": """rat rats sprague-dawley wistar pc12 pc-12 ins-1 h9c2 rbl-2h3 zebrafish drosophila xenopus yeast chick
        chicken chickens bovine porcine pig pigs elegans arabidopsis rabbit rabbits dog dogs monkey monkeys sheep""",
    "cancer": """cancer cancers carcinoma carcinomas tumor tumors tumour tumours leukemia leukemias leukaemia leukemic
        lymphoma lymphomas melanoma melanomas glioma gliomas glioblastoma glioblastomas sarcoma sarcomas neuroblastoma
        neuroblastomas adenocarcinoma adenocarcinomas""",
    "development": """development developmental differentiation differentiated progenitor progenitors stem hematopoiesis
        hematopoietic haematopoietic haemopoietic neuron neurons macrophage macrophages immune immunity immunology
        immunization immunized lymphocyte lymphocytes thymocytes t_cell t_cells t-cell t-cells b_cell b_cells b-cell
        b-cells""",
    "grafts": "nude athymic scid nod xenograft xenografts xenografted xenotransplantation immunodeficient",
    "lines": "line lines",
}
"""Tumour cells of man grow in nude mice; development and immunity are studied in mice of one's own."""
_KINDS = {word.replace("_", " "): kind for kind, words in _WORDS.items() for word in words.split()}
_WORD = re.compile(r"[tb] cells?\b|[a-z0-9]+(?:(?:[-/]|\.(?=\d))[a-z0-9]+)*|[-+]/[-+]")
_PARTS = re.compile(r"[a-z0-9.]+")


def places(text: str) -> dict[str, list[int]]:
    """Return where a text speaks of what, in order; what it does not speak of is left out.

    >>> places("Rag2-/- mice and three human-derived lines")
    {'altered': [4], 'mice': [8], 'people': [23], 'lines': [37]}
    """
    found: dict[str, list[int]] = {}
    for match in _WORD.finditer(text.lower()):
        word = match[0]
        kind = _KINDS.get(word)
        if kind is None and ("-" in word or "/" in word):
            kind = next((_KINDS[part] for part in _PARTS.findall(word) if part in _KINDS), None)
        if kind is not None:
            found.setdefault(kind, []).append(match.start())
    return found
