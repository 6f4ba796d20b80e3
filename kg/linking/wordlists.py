"""Words that a mention may carry although the name of the thing does not, and words that may stand for each other."""

from __future__ import annotations

from kg.model import EntityType

_MODIFIERS_TEXT = """
a an the this these severe severely mild mildly moderate moderately advanced locally early late stage stages
early-stage late-stage end-stage high-grade low-grade high-risk low-risk metastatic non-metastatic unresectable
resectable resected inoperable relapsed relapsing relapsed/refractory refractory recurrent recurring recurred newly
diagnosed newly-diagnosed previously treated treated untreated treatment-naive treatment-resistant resistant active
inactive established symptomatic asymptomatic subclinical transient persistent sustained progressive rapidly stable
uncontrolled controlled intractable life-threatening fatal lethal non-fatal serious significant marked massive
extensive limited diffuse generalized isolated concomitant concurrent coexisting underlying pre-existing preexisting
new-onset late-onset early-onset adult-onset onset adult pediatric paediatric childhood juvenile infantile neonatal
elderly human murine rat mouse patients patient with of by suspected confirmed possible probable documented
drug-induced treatment-related treatment-emergent therapy-related dose-related dose-limiting drug-related
chemotherapy-induced chemotherapy-related radiation-induced clinical classical classic typical atypical common rare
unexplained idiopathic experimental overt frank total complete partial subtotal reversible irreversible prolonged
long-term short-term grade ii iii iv 1 2 3 4 i native recombinant endogenous exogenous intracellular extracellular
cytosolic plasma serum urinary circulating soluble membrane-bound phosphorylated activated activating mature immature
resting intact purified synthetic oral orally topical intravenous inhaled subcutaneous liposomal pegylated generic
inherited hereditary familial sporadic congenital genetic constitutional primary secondary autosomal dominant
recessive x-linked sex-linked germline somatic solid acute chronic subacute bilateral unilateral focal multiple
average widespread other certain various several some many most all both spontaneous spontaneously
"""
MODIFIERS = frozenset(_MODIFIERS_TEXT.split())
"""Leading words that may go, one after the other."""

_UNITS_TEXT = """
kg mg g ng pg mcg ug µg μg ml mL l L dl dL nm mm cm km nM mM µM μM mmol mol nmol pmol h hr hrs min mins s sec ms d wk
wks mo mos yr yrs y kDa kda bp kb Hz kHz MHz mmHg kcal IU iu U rpm Gy mGy mSv CI SD SE SEM IQR
"""
UNITS = frozenset(_UNITS_TEXT.split())
"""Units of measure and of statistics, as they are written."""

_NO_NAMES_TEXT = """
in of at on to for from by with without and or not no nor as than then that this these those it its is are was were be
been being has have had do does did can could may might will would shall should must an the all any each every some
such same other both either per via versus vs et al ie eg etc also only very more most less least much many few
after before during between within until since over under above below about against among through into onto up down
when where which who whom whose what how why if but so because while we our they their he she his her you your
vivo vitro situ silico ex utero post hoc
second seconds minute minutes hour hours day days week weeks month months year years time times daily weekly monthly
yearly once twice thrice today night morning
table figure fig figs box section chapter appendix reference page line part number no nos version panel
dose doses dosage level levels rate rates ratio score scores value values mean median range interval intervals percent
percentage total sum average unit units size sample samples count counts amount degree
type types class classes group groups arm arms cohort cohorts category step phase phases cycle cycles visit visits
baseline control controls placebo study studies trial trials result results data analysis model models method methods
patients patient subjects subject participants people person persons adults adult men women man woman children child
high higher highest low lower lowest large larger small smaller long short new old good better best poor worse worst
early late increase increased decrease decreased significant positive negative normal
one two three four five six seven eight nine ten first third fourth
red blue green yellow black white brown grey gray pink orange purple
"""
NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
"""Words that no thing is named by: of grammar, of time and number, of how a study is made and told, colours."""

TAILS: dict[EntityType, tuple[str, ...]] = {
    EntityType.DISEASE: (
        "patients", "patient", "disease", "diseases", "disorder", "disorders", "syndrome", "syndromes", "symptoms",
        "symptom", "episode", "episodes", "attack", "attacks", "event", "events", "phenotype", "condition",
        "conditions", "complications", "complication", "reaction", "reactions", "state", "status", "families", "family",
        "carriers", "mutations", "cases", "case", "subjects", "survivors", "relapse", "progression",
        "lesions", "lesion", "type", "manifestations", "abnormalities", "deficiency", "traits", "trait", "effects",
        "hemorrhage", "infection", "infections", "cells", "cell line", "cell lines", "tumor", "tumors", "tumour",
        "tumours", "cancer", "cancers",
    ),
    EntityType.DRUG: (
        "tablets", "tablet", "capsules", "capsule", "injection", "injections", "therapy", "treatment", "monotherapy",
        "infusion", "solution", "cream", "gel", "ointment", "patch", "spray", "drops", "vaccine", "formulation",
        "compounds", "compound", "derivatives", "derivative", "analogues", "analogs", "analogue", "analog", "molecules",
        "ions", "ion", "anion", "cation", "drugs", "drug", "agents", "agent", "acid", "salts", "salt", "lead-in", "gas",
        "products", "product", "concentrations", "levels", "residues", "residue", "radicals", "anions", "extract",
    ),
    EntityType.GENE_PROTEIN: (
        "proteins", "protein", "genes", "gene", "receptor", "receptors", "mrna", "mrnas", "transcript", "transcripts",
        "antigen", "antigens", "isoform", "isoforms", "enzyme", "enzymes", "ligand", "ligands", "peptide", "peptides",
        "complex", "complexes", "family", "subunit", "subunits", "promoter", "polymorphism", "allele", "alleles",
        "expression", "antibody", "antibodies", "agonist", "agonists", "antagonist", "antagonists", "inhibitor",
        "inhibitors", "receptor agonist", "receptor agonists", "receptor antagonist", "homolog", "homologue",
        "molecule", "molecules", "factor", "factors", "hormone", "cytokine", "variant", "variants", "mutant", "mutants",
        "locus", "domain", "chain", "polypeptide", "precursor", "fusion", "signaling", "signalling", "pathway",
        "kinase",
    ),
    EntityType.CELL: (
        "cells", "cell", "cell line", "cell lines", "population", "populations", "subset", "subsets", "precursors",
        "lineage", "cultures",
    ),
    EntityType.PROCESS: ("process", "processes", "pathway", "pathways", "activity", "response", "responses", "cascade"),
    EntityType.PROCEDURE: ("therapy", "treatment", "treatments", "regimen", "regimens", "procedure", "procedures"),
    EntityType.ORGANISATION: (),
    EntityType.APPLICATION: (),
    EntityType.PHASE: (),
}  # fmt: skip
"""Trailing words that may go, by type of mention."""

_SALTS_TEXT = """
acetate adipate aluminum arginine aspartate besilate besylate bromide butyrate calcium camsylate carbonate chloride
citrate diacetate dihydrate dihydrochloride dimaleate diphosphate dipropionate disodium edisylate esylate estolate
fumarate furoate gluconate glutamate hcl hemifumarate hemihydrate hydrate hydrobromide hydrochloride hydrogen
hydroxide iodide isethionate lactate lysine magnesium malate maleate medoxomil mesilate mesylate methylsulfate
monohydrate monohydrochloride mucate napsylate nitrate oxalate palmitate pamoate phosphate potassium propionate
salicylate sodium stearate succinate sulfate sulphate tartrate bitartrate tosylate trifluoroacetate trihydrate
tromethamine valerate xinafoate zinc
"""
EMPTY_TAILS = frozenset(
    {"protein", "proteins", "gene", "genes", "mrna", "mrnas", "patients", "patient", "tablets", "drug"}
)
"""Tails that only say what kind of thing a name names."""

SALTS = frozenset(_SALTS_TEXT.split())
"""Words of a salt or hydrate; without them stands the base."""

SWAPS: tuple[tuple[str, ...], ...] = (
    ("cancer", "neoplastic", "malignant", "tumor"),
    ("cancer", "carcinoma", "neoplasm", "tumor", "malignancy", "malignant neoplasm", "adenocarcinoma"),
    ("disease", "disorder", "syndrome", "dysfunction", "abnormality", "disturbance", "defect", "impairment"),
    ("failure", "insufficiency"),
    ("injury", "damage", "lesion", "trauma", "toxicity", "dysfunction", "disease"),
    ("toxicity", "poisoning", "injury", "disease"),
    ("deficit", "impairment", "disorder", "dysfunction"),
    ("loss", "impairment", "deficiency"),
    ("infection", "disease", "infectious disease"),
    ("hemorrhage", "bleeding"),
    ("kidney", "renal", "nephro"),
    ("liver", "hepatic", "hepato"),
    ("heart", "cardiac", "myocardial", "cardio"),
    ("lung", "pulmonary", "pneumo"),
    ("stomach", "gastric"),
    ("bowel", "intestinal", "colon", "colonic"),
    ("brain", "cerebral", "intracranial"),
    ("nerve", "neural", "neuronal", "neurological", "nervous system", "neuro"),
    ("eye", "ocular", "visual", "ophthalmic"),
    ("ear", "auditory", "hearing"),
    ("skin", "cutaneous", "dermal", "dermatological"),
    ("breast", "mammary"),
    ("ovary", "ovarian"),
    ("testis", "testicular"),
    ("prostate", "prostatic"),
    ("pancreas", "pancreatic"),
    ("bladder", "vesical"),
    ("uterus", "uterine"),
    ("cervix", "cervical"),
    ("esophagus", "esophageal"),
    ("thyroid gland", "thyroid"),
    ("muscle", "muscular"),
    ("bone", "skeletal", "osseous"),
    ("blood vessel", "vascular"),
    ("artery", "arterial"),
    ("vein", "venous"),
    ("mental", "psychiatric", "psychological"),
    ("cognition", "cognitive"),
    ("memory", "cognitive"),
    ("motor", "movement"),
    ("child", "childhood"),
    ("elevated", "increased", "high"),
    ("decreased", "reduced", "low"),
    ("t cell", "t lymphocyte"),
    ("b cell", "b lymphocyte"),
    ("seizure", "epileptic seizure", "convulsion"),
)
"""Words of which one may stand where a source writes another."""

ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("ing", "ness")),
    ("arded", ("ardation",)),
    ("ient", ("iency",)),
    ("atory", ("ation",)),
    ("esic", ("esia",)),
    ("ive", ("ivity",)),
    ("ented", ("entia",)),
    ("ious", ("ium",)),
    ("ing", ("", "e")),
    ("toxic", ("toxicity",)),
    ("tensive", ("tension",)),
    ("ssive", ("ssion",)),
    ("otic", ("osis", "otic disorder")),
    ("etic", ("etes", "esis", "esia")),
    ("atic", ("asis", "atism", "ate")),
    ("ptic", ("psy", "psis")),
    ("emic", ("emia",)),
    ("aemic", ("aemia",)),
    ("enic", ("enia",)),
    ("alytic", ("alysis",)),
    ("lytic", ("lysis",)),
    ("plastic", ("plasia",)),
    ("trophic", ("trophy",)),
    ("pathic", ("pathy",)),
    ("rrheic", ("rrhea",)),
    ("uric", ("uria",)),
    ("gic", ("gia", "gy")),
    ("matous", ("ma",)),
    ("ous", ("us", "um")),
    ("ithic", ("ithiasis",)),
    ("stic", ("sm",)),
    ("ritic", ("ritis",)),
    ("litic", ("litis",)),
    ("rhotic", ("rhosis",)),
    ("crotic", ("crosis",)),
    ("ic", ("ia", "y", "ism", "is")),
    ("ed", ("ion",)),
    ("ied", ("y",)),
    ("ese", ("esity",)),
    ("xious", ("xiety",)),
    ("inal", ("ine",)),
    ("al", ("ality",)),
    ("ations", ("ation",)),
    ("oma", ("omatosis", "omas")),
    ("omas", ("omatosis",)),
    ("paretic", ("paresis",)),
    ("plegic", ("plegia",)),
    ("rigid", ("rigidity",)),
    ("itic", ("itis",)),
)
"""Endings of adjectives and what the noun of the same thing ends in."""

_LEGAL_FORMS_TEXT = """
inc incorporated corp corporation co company ltd limited llc lp llp plc sa s.a sas sarl ag gmbh kgaa kg nv n.v bv b.v
ab a/s as asa oy oyj spa s.p.a srl kk k.k pty se kft zrt holding holdings group
"""
LEGAL_FORMS = frozenset(_LEGAL_FORMS_TEXT.split())
"""Words that say what a company is in law."""

SYMBOLS = {
    "Na": "sodium", "K": "potassium", "Ca": "calcium", "Mg": "magnesium", "Li": "lithium", "Zn": "zinc", "Fe": "iron",
    "Cu": "copper", "Mn": "manganese", "Al": "aluminum", "Pb": "lead", "Hg": "mercury", "Cd": "cadmium",
    "As": "arsenic", "Se": "selenium", "Pt": "platinum", "Ag": "silver", "Au": "gold", "Ni": "nickel", "Cr": "chromium",
    "Co": "cobalt", "Cl": "chloride", "H2O": "water", "CO2": "carbon dioxide", "NO": "nitric oxide",
    "O2": "oxygen", "H2O2": "hydrogen peroxide", "NaCl": "sodium chloride", "KCl": "potassium chloride",
    "CaCl2": "calcium chloride", "LiCl": "lithium chloride", "NH3": "ammonia", "NH4Cl": "ammonium chloride",
    "CCl4": "carbon tetrachloride", "O2-": "superoxide", "O2.-": "superoxide", "N2O": "nitrous oxide",
    "NO2-": "nitrite", "NO3-": "nitrate", "CO": "carbon monoxide", "H2S": "hydrogen sulfide",
    "HCl": "hydrochloric acid", "MgSO4": "magnesium sulfate", "MgCl2": "magnesium chloride",
    "FeSO4": "ferrous sulfate", "FeCl3": "ferric chloride", "CuSO4": "copper sulfate", "ZnCl2": "zinc chloride",
    "CdCl2": "cadmium chloride", "HgCl2": "mercuric chloride", "AlCl3": "aluminum chloride",
    "MnCl2": "manganese chloride", "CoCl2": "cobalt chloride", "NaF": "sodium fluoride",
    "NaHCO3": "sodium bicarbonate", "HCO3-": "bicarbonate", "NaNO2": "sodium nitrite", "NaN3": "sodium azide",
    "KCN": "potassium cyanide", "AgNO3": "silver nitrate", "As2O3": "arsenic trioxide", "SO2": "sulfur dioxide",
    "H": "hydrogen", "T3": "triiodothyronine", "T4": "thyroxine", "E2": "estradiol",
}  # fmt: skip
"""Chemical symbols and formulas, and letters of hormones; as mentions of chemicals they stand for the
substance, with or without a charge."""
