"""The marks by which a text says that a name is an organisation's: legal forms, heads, tickers, roles."""

from __future__ import annotations

import re

from kg.recognition.words import by_first_letter

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"

POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
LEGAL_FORM = re.compile(
    r"[,\s](?<=[\w.)&][,\s])(?:(?<!,)|\s)\s*(?![b-oq-z])"
    r"(?P<form>(?:Pharm(?:a|aceuticals?)?\s+)?Co\.?,?\s+(?:Ltd|Limited|Inc|KG|KGaA|LLC)\b\.?"
    r"|GmbH\s*&\s*Co\.?\s*KG(?:aA)?"
    r"|(?:and|&)\s+(?:Company|Co\b\.?)(?:,?\s+(?:Inc|Ltd|LLC|Limited)\b\.?)?"
    r"|(?:Pty\.?|Pvt\.?|Private|Holdings?|Group|International|Corporation|Corp\.|Company)?,?\s*"
    r"(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LLP|Corp|Corporation|plc|PLC|Plc|GmbH|S\.A|S\.p\.A|SpA|S\.r\.l"
    r"|S\.A\.S"
    r"|N\.V|B\.V|A/S|ApS|ASA|Oyj|Oy|KGaA|K\.K|Co|Company|AG|SE|NV|BV|AB|AS|SA|SAS|KK|L\.P|LP|Bhd)(?![\w&-])\.?)"
)
"""Legal forms as written after a name; the short ones count only in this case."""
_HEADS_TEXT = r"""
Pharma Pharmaceuticals? Pharmaceutica Therapeutics Biotherapeutics Bioscience Biosciences BioSciences Biologics
Biologicals Biotech BioTech Biotechnology Biotechnologies Biopharma BioPharma Biopharmaceuticals?
BioPharmaceuticals? Laboratories Labs Genetics Genomics Biomedical Biomedicines? Biotherapies Immunotherapies
Therapies Animal\s+Health Immunotherapeutics Oncotherapeutics Medicines Lifesciences BioMedical BioTherapeutics
Bio Biosystems Biosolutions Neurotherapeutics Nutraceuticals Radiopharmaceuticals Radiopharma Biopharmaceutica
BioWorks Bioworks Arzneimittel Farma Pharmaceutics Pharmatech Vaccines Neurosciences
"""
_WEAK_HEADS_TEXT = r"""
Oncology Sciences Health Healthcare HealthCare Medical Medicine Capital Partners Ventures Securities Group
Holdings? Technologies Systems Communications Associates Advisors Advisers Diagnostics Immunology
Industries Solutions Research Neuroscience Bank Consulting Investments Management Brands Products International
Devices Robotics Analytics Robotics Company Corporation Corp\. Pharmacy Chemicals? Materials Instruments Surgical
Cosmetics Foods Interactive Strategy Media BioCommunications Venture\s+Investments? (?:Innovation|Growth|Venture)\s+Fund
"""
_STRONG_HEADS = "|".join(_HEADS_TEXT.split())
_WEAK_HEADS = "|".join(_WEAK_HEADS_TEXT.split())
_AFTER_HEAD = r"(?:\s+(?:Group|Holdings?|Company|Corporation|Industries|International|USA|America|Europe|Japan|China))?"
HEAD = re.compile(
    rf"\s(?<=[\w.&]\s)\s*(?![a-z])(?P<head>(?P<strong>{_STRONG_HEADS})|(?P<weak>{_WEAK_HEADS})){_AFTER_HEAD}"
    r"(?!(?<=Partners)\swith\b)(?![\w-])"
)
"""Words that stand last in the names of companies; a weak one also stands elsewhere."""
_EVENTS = (
    r"(?:Annual|Meeting|Congress|Conference|Symposium|Phase|Virtual|Plenary|Spring|Fall|World|20\d\d|Genitourinary|"
    r"Presents?|Announces?|Scientific Sessions)"
)
_CAPS = rf"(?!{_EVENTS}\b)[{UPPER}][\w’'.&-]*\w"
_CAPS_RUN = rf"{_CAPS}(?:\s+{_CAPS}){{0,4}}"
_OTHER_BODY = (
    r"(?:[A-Z]\w+\s+){0,4}(?:Academy|Society|University|Institutes?|College|Association|Hospital|Agency|Foundation)\b"
)


_INSTITUTIONS_TEXT = r"""
Universit(?:y|é|ät|à|et|eit|äts\w+) Universidad Hospitals? Hôpita(?:l|ux) Institut(?:e|es|o|et)? College School
Polytechnic Health(?:care)?\s+(?:Systems?|Network) Patent\s+Office Medical\s+Cent(?:er|re) Cancer\s+Cent(?:er|re)
Cent(?:er|re)s? Clinic Foundation Society Association Academy Council Federation Alliance Consortium Ministry
Department Agency Administration Commission Committee Authority Network Service Services Trust Organi[sz]ation
Coalition Collaborative League Initiative Stock\s+Exchange Exchange
"""
_HOSPITAL = rf"University\s+(?:Medical\s+Cent(?:er|re)|Hospitals?|College)(?:\s+(?:of\s+)?{_CAPS})?"
INSTITUTION = re.compile(
    rf"(?P<head>{by_first_letter([_HOSPITAL, *_INSTITUTIONS_TEXT.split()])})"
    r"(?:\b|(?=(?:and|in|with|that|has|for|to|will|where)\b))"
    rf"(?P<tail>(?:\s+(?:of|for|on|against)\s+(?:the\s+)?(?:Study\s+of\s+(?:the\s+)?)?{_CAPS_RUN}"
    rf"(?:(?:,\s+{_CAPS_RUN})*,?\s+(?:and|&)\s+(?!{_OTHER_BODY}){_CAPS_RUN})?)*)"
)
_MARKET = (
    r"(?:Nasdaq|NASDAQ|NasdaqG[MS]|NasdaqCM|NASDAQ\s?G[MS]|NYSE|NYSE\s+American|AMEX|OTC|OTCQB|OTCQX|Euronext|LSE|AIM"
    r"|TSXV?|TSE|"
    r"HKEX|SEHK|ASX|SIX|FSE|FWB|KOSDAQ|KRX|CSE|NEO|TASE|SSE|STAR|Oslo|Stock\s+Exchange|First\s+North|OMX|ticker|Symbol)"
)
TICKER = re.compile(
    rf"[\s(\[](?<!\s[\s(\[])(?:(?<=\s)\s*[(\[])?(?<=[(\[])(?P<inside>[^()\[\]]{{0,70}}?(?<!\w){_MARKET}\b[^()\[\]:]{{0,40}}:\s*[“\"]?[A-Z0-9][^"
    rf"()\[\]]{{0,60}})[)\]]"
)
"""A bracket with a ticker: what stands before it is a listed company."""
COMPANY_BRACKET = re.compile(
    r"[\s(](?<!\s[\s(])(?:(?<=\s)\s*\()?(?<=\()(?P<inside>[^()]{0,60}\bthe\s+[“\"'‘]?(?:Company|Group)[”\"'’]?[^()]{0,30})\)"
)
QUOTED = re.compile(r"[“\"]\s*([^”\"“]{2,40}?),?\s*[”\"“]")
BRACKET = re.compile(r"\s*,?\s*\((?P<inside>[^()]{2,200})\)")
_OFFICES = r"""
CEO CFO CMO CSO COO CTO CBO Chief\s+(?:\w+\s+){1,3}[Oo]fficer chief\s+(?:\w+\s+){1,3}[Oo]fficer President president
Chair(?:man|woman|person)? chair(?:man|woman|person)? Founder founder Head head Vice\s+[Pp]resident vice\s+[Pp]resident
SVP EVP VP General\s+[Mm]anager general\s+[Mm]anager Spokes(?:man|woman|person) spokes(?:man|woman|person)
"""
ROLE = re.compile(rf"(?:{by_first_letter(_OFFICES.split())})[^.;()\n]{{0,60}}?\s(?:of|at|for)\s+(?P<name>{_CAPS_RUN})")
_HEADLINE_VERBS_TEXT = """
Accelerates? Achieved Achieves? Acquires? Adds? Advances? Agrees? Aims? Amends? Announces? Appoints? Approves? Asks?
Awards? Awarded Begins? Bolsters Boosts? Broadens? Brings? Buys? Closes? Collaborates? Commences? Comments?
Completes? Confirms? Continues? Convenes? Cuts? Debuts? Declares? Delivers? Demonstrates? Details Discloses?
Discontinues? Doses? Drops? Elects? Enrolls? Enters? Establishes? Exercises? Expands? Extends? Files? Finalizes?
Forms Gains? Gets? Grants? Granted Halts? Highlights? Hires? Holds? Hosts? Initiates? Inks? Introduces? Invests?
Issues? Joins? Launches? Lays? Leads Licenses? Makes? Meets? Names? Nears? Nets? Obtains? Offers? Opens? Outlines?
Partners? Plans? Posts? Presents? Prices? Proposes? Provides? Publishes? Raises? Reaches? Receives? Recommends?
Regains? Releases? Reports? Responds? Resumes? Returns? Reveals? Scraps? Secures? Seeks? Selects? Sells? Shares
Showcases? Shows? Signs? Starts? Strengthens? Submits? Successfully Supports? Suspends? Taps Targets Teams?
Terminates? Touts? Unveils? Updates? Voluntarily Wins? Withdraws? Will Has Have Is Are Said Says Today to
"""
HEADLINE_VERB = re.compile(rf"\s+(?i:{'|'.join(sorted(set(_HEADLINE_VERBS_TEXT.split())))})(?!\w)")
_NAME = (
    rf"(?:[{UPPER}]|[a-z]{{1,3}}[{UPPER}])[\w’&.-]*(?:\s+(?:&\s+)?(?:[{UPPER}]|[a-z]{{1,3}}[{UPPER}])[\w’&.-]*){{0,3}}?"
)
HEADLINE_SUBJECT = re.compile(
    rf"(?P<first>{_NAME})(?:(?:,\s+(?P<second>{_NAME}))?,?\s+and\s+(?P<third>{_NAME}))?(?={HEADLINE_VERB.pattern})"
)
PERSON_SUBJECT = re.compile(
    r"(?:Dr|Mr|Mrs|Ms|Prof)\b|.*\b(?:Elected|Appointed|Named|Promoted|Retires|Resigns)$|.*(?<![\w.])[A-Z]\.\s"
)
"""What a headline's subject looks like that is a person: "Dr. Vex", "Ada Vex Elected"."""
OFFICE = re.compile(
    r"\s+(?:CEO|CFO|CMO|CSO|COO|Chief|Chair(?:man|woman|person)?|President|Founder|Executives?|Scientists?)\b"
)
"""The office of somebody named next: what stands before it is the employer."""
SPEECH_EDGE = re.compile(r"[.”\"–—-]\s")
SPEAKS = re.compile(
    rf"(?P<name>{_NAME})(?=,?\s+(?:today\s+)?(?:has\s+)?(?:announce[sd]|report(?:s|ed)|"
    r"said|believes?|plans|expects|intends|anticipates|submitted|entered|completed|initiated|received|presented"
    r"|disclosed|retains)\b)"
)
_WITH = r"\b[^.;,()]{0,30}?\swith"
_WITH_TEXT = r"""
collaborat(?:ion|ions|e|ed|ing) partnership partner(?:s|ed|ing)? agreements? alliance joint\s+venture
licen[cs]e[sd]? licensing together along merger
"""
_PARTNERS_TEXT = r"""
between\s+\w+\s+and acquired\s+by acquisition\s+of acquire developed\s+by marketed\s+by manufactured\s+by
sponsored\s+by commerciali[sz]ed\s+by conducted\s+by funded\s+by licensed\s+from subsidiary\s+of division\s+of
unit\s+of affiliate\s+of trademarks?\s+of
"""
_PARTNERS = [*(word + _WITH for word in _WITH_TEXT.split()), *_PARTNERS_TEXT.split()]
PARTNER = re.compile(rf"(?:{by_first_letter(_PARTNERS)})\s+(?P<name>{_NAME})(?![\w’&-])")
IS_A = re.compile(r"\sis\s+an?\s")
COMPANY_SENTENCE = re.compile(
    rf"(?:^|(?<=[.*]\s)|(?<=\n))(?P<name>{_NAME})\s+is\s+an?\s+[^.]{{0,120}}?\b(?:company|biotech|corporation|firm"
    rf"|biopharma)\b"
)
_JOINT_WORK = r"(?:consortium|alliance|collaborative)(?!\w)"
CONSORTIUM = re.compile(
    rf"(?:\bthe\s+(?P<named>{_NAME})\s+{_JOINT_WORK}|(?P<told>{_NAME}),\s+an?\s+(?:[\w-]+\s+){{0,6}}?{_JOINT_WORK})"
)
"""What several organisations have founded together: "the Oak Map consortium", "Oak Map, an alliance for maps"."""
KNOWN_AS = re.compile(rf"\bknown\s+as\s+(?P<name>[{UPPER}][\w&-]+)(?=\s+(?:outside|in|across|within)\b)")
