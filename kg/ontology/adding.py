"""Takes a user's own source into the lexicon: read, check, write the term file, compile; all or nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import prefixes
from kg.errors import LexiconError
from kg.model import Curie, EntityType
from kg.ontology.identifiers import choose_iri_prefix, main_vocabulary, to_curie
from kg.ontology.manifest import Manifest, file_sha256, write_manifest
from kg.ontology.names import NameStatus
from kg.ontology.readers.detect import read_source
from kg.ontology.readers.raw import status_of
from kg.ontology.terms import Name, Term, write_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from kg.ontology.readers.raw import RawSource, RawTerm

USER_PRIORITY = 5
_MOST_MISSING = 0.1


@dataclass(frozen=True, slots=True)
class Addition:
    """How a source is to be added: under which name, as which type, with what the file does not say itself.

    ``known_type`` says the type of a CURIE that the lexicon has already; mapping tables need it.
    """

    name: str
    type: EntityType | None = None
    title: str = ""
    licence: str = "unknown"
    address: str = ""
    iri_prefix: str = ""
    known_type: Callable[[str], EntityType | None] = lambda _: None


def add_source(path: Path, addition: Addition, folder: Path, check: Callable[[Path], None]) -> Manifest:
    """Read a file and put its term file and manifest into the user's folder; return the manifest.

    ``check`` is called with a folder that holds the new source before the former one is replaced.

    Raises:
        LexiconError: the file is damaged or contradictory, or the check fails; the former source stays in place.
    """
    raw = read_source(path)
    iri_prefix = choose_iri_prefix(raw, addition.iri_prefix)
    terms = to_terms(path, raw, addition)
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".adding-", dir=folder))
    try:
        manifest = _write(work, terms, raw, addition, iri_prefix)
        check(work)
        for name in (manifest.file, f"{manifest.name}.toml"):
            (work / name).replace(folder / name)
    except OSError as error:
        message = f"cannot write to {folder}: {error.strerror or error}; free some space, or choose another --project"
        raise LexiconError(message) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def remove_source(name: str, folder: Path) -> None:
    """Remove a source that the user added; a shipped one of the same name counts again.

    Raises:
        LexiconError: the user has no source of this name.
    """
    manifest = folder / f"{name}.toml"
    if not manifest.is_file():
        message = f"{name!r} is not in {folder}: only sources that you added can be removed (see kg ontology list)"
        raise LexiconError(message)
    manifest.unlink()
    for path in folder.glob(f"{name}.tsv*"):
        path.unlink()


def to_terms(path: Path, raw: RawSource, addition: Addition) -> list[Term]:
    """Return checked terms with CURIEs.

    Raises:
        LexiconError: duplicate identifiers, a cycle of superclasses, many missing superclasses, or no type.
    """
    curies = [to_curie(one.curie) for one in raw.terms]
    repeated = [curie for curie, count in Counter(curies).items() if count > 1]
    if repeated:
        message = f"{path}: {len(repeated)} identifiers stand for more than one term: {', '.join(sorted(repeated)[:5])}"
        raise LexiconError(message)
    parents = {
        curie: tuple(dict.fromkeys(map(to_curie, one.parents))) for curie, one in zip(curies, raw.terms, strict=True)
    }
    _refuse_cycles(path, parents)
    _refuse_missing(path, parents)
    claims = _claims(raw)
    terms = []
    for curie, one in zip(curies, raw.terms, strict=True):
        kind = _type_of(path, curie, one, addition, is_mapping=raw.is_mapping)
        if kind is not None:
            term = _term(curie, _unlabelled(one) if raw.is_mapping else one, kind, claims, parents[curie])
            terms.append(replace(term, xrefs=(*term.xrefs, *_former(one, claims, parents))))
    if not terms:
        message = f"{path}: none of the {len(raw.terms)} mapped identifiers is in the lexicon: give --type"
        raise LexiconError(message)
    return terms


def _term(curie: Curie, one: RawTerm, kind: EntityType, claims: dict[str, int], parents: tuple[Curie, ...]) -> Term:
    names = [Name(one.label, NameStatus.LABEL)] if one.label else []
    names += [name for name in one.names if name.text.strip() and name.text != one.label]
    exact = [to_curie(xref) for xref in one.xrefs if xref.strip()]
    loose = [to_curie(xref) for xref in one.loose if not one.xrefs and claims.get(xref) == 1]
    by_prefix = Counter(xref.partition(":")[0] for xref in loose)
    exact += [xref for xref in loose if by_prefix[xref.partition(":")[0]] == 1 and prefixes.standardize(xref)]
    xrefs = tuple(dict.fromkeys(xref for xref in exact if " " not in xref and xref != curie))
    return Term(curie, kind, one.label, tuple(dict.fromkeys(names)), xrefs, parents)


def _unlabelled(one: RawTerm) -> RawTerm:
    """Return what a mapping is about with its label as a name: an entity's label is for the lexicon to say."""
    label = one.label.strip()
    return replace(one, label="", names=[Name(label, status_of(label, NameStatus.EXACT)), *one.names])


def _former(one: RawTerm, claims: dict[str, int], live: Container[str]) -> list[Curie]:
    """Return the identifiers that this term alone has replaced, and that are not in force."""
    former = dict.fromkeys(to_curie(curie) for curie in one.former if claims[curie] == 1)
    return [curie for curie in former if curie not in live]


def _claims(raw: RawSource) -> dict[str, int]:
    """Count who claims each former identifier and each cross-reference of unknown exactness.

    Only what one term alone has may be exact.
    """
    return Counter(xref for one in raw.terms for xref in {*one.loose, *one.former})


def _type_of(path: Path, curie: str, one: RawTerm, addition: Addition, *, is_mapping: bool) -> EntityType | None:
    if one.kind:
        try:
            return EntityType(one.kind)
        except ValueError as error:
            message = f"{path}: {curie} has the unknown type {one.kind!r}; known are {', '.join(EntityType)}"
            raise LexiconError(message) from error
    if is_mapping:
        known = next((kind for each in (curie, *map(to_curie, one.xrefs)) if (kind := addition.known_type(each))), None)
        return known or addition.type
    if addition.type is None:
        message = f"{path}: say what its terms are with --type ({', '.join(EntityType)}), or give a column type"
        raise LexiconError(message)
    return addition.type


def _refuse_cycles(path: Path, parents: dict[Curie, tuple[Curie, ...]]) -> None:
    done: set[str] = set()
    for start in parents:
        trail: list[tuple[str, Iterable[str]]] = [(start, iter(parents[start]))]
        open_now = {start}
        while trail:
            curie, rest = trail[-1]
            above = next((one for one in rest if one not in done and one in parents), None)
            if above is None:
                done.add(curie)
                open_now.discard(Curie(curie))
                trail.pop()
            elif above in open_now:
                message = f"{path}: {above} is a superclass of itself (by {curie}): the is_a hierarchy has a cycle"
                raise LexiconError(message)
            else:
                open_now.add(Curie(above))
                trail.append((above, iter(parents[Curie(above)])))


def _refuse_missing(path: Path, parents: dict[Curie, tuple[Curie, ...]]) -> None:
    """Refuse a file many of whose superclasses are not in it though they have its own prefix: it was cut off."""
    own = set(map(prefixes.vocabulary_of, parents))
    links = [parent for above in parents.values() for parent in above if prefixes.vocabulary_of(parent) in own]
    missing = {parent for parent in links if parent not in parents}
    if links and len(missing) > max(3, _MOST_MISSING * len(set(links))):
        some = ", ".join(sorted(missing)[:3])
        message = f"{path}: {len(missing)} superclasses are not in the file ({some}, ...): it seems to be cut off"
        raise LexiconError(message)


def _write(work: Path, terms: list[Term], raw: RawSource, addition: Addition, iri_prefix: str) -> Manifest:
    file = f"{addition.name}.tsv.gz"
    count = write_terms(work / file, terms)
    manifest = Manifest(
        name=addition.name,
        title=addition.title or addition.name,
        prefix=main_vocabulary(raw) or "kgentity",
        file=file,
        sha256=file_sha256(work / file),
        types=tuple(kind for kind in EntityType if any(term.type is kind for term in terms)),
        version=raw.version or "unknown",
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        licence=addition.licence,
        address=addition.address,
        iri_prefix=iri_prefix,
        priority=USER_PRIORITY,
        terms=count,
        names=sum(len(term.names) or 1 for term in terms),
    )
    manifest = replace(manifest, note=f"added by you on {manifest.date}")
    write_manifest(work / f"{addition.name}.toml", manifest)
    return manifest
