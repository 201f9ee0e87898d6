"""The question of a pack, read from `scenario.toml` and checked against its documents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.model import (
    Assessment,
    Confidence,
    Constraint,
    Document,
    Problem,
    QuoteRef,
    Rating,
    Role,
    Scenario,
    documents_by_id,
)
from briefing.storage.toml_tables import TomlFile, TomlTable, nearest

_CHOICE = r"(?:[a-z0-9]++\*?|%)"
_PIECE = rf"(?>@actor|@word|[a-z0-9]++(?:[+'][a-z0-9]++)++\*?|[a-z0-9]++'\*?|{_CHOICE}(?:\|{_CHOICE})*+)"
_SOUND = re.compile(rf"(?!@word){_PIECE}(?:(?: \.\.\.?)? {_PIECE})*+")
_NAMED = 40
"""Characters of a quote by which it is named."""


def read_scenario(
    path: Path, documents: Sequence[Document], *, own: bool = True
) -> tuple[Scenario, tuple[Problem, ...]]:
    """The scenario in the file at `path`, and what of it was passed over.

    A quote of an assessment that does not stand in the document it names is no fault, and kept: documents change, and
    the rest of the pack is still wanted. `own` says whether the file belongs to the pack; of what a borrowed one says
    about other documents only the number is told. Raises `PackError` with every fault of the file.
    """
    file = TomlFile(path)
    top = file.top
    question = top.text("question", required=True)
    actor = top.text("actor", required=True)
    actor_terms = _terms(top, "actor_terms", required=False) or (actor.lower(),)
    role_tables, constraint_tables = top.tables("role"), top.tables("constraint")
    roles = [_role(table) for table in role_tables]
    role_ids = _unique(top, role_tables, [role.id for role in roles], "role")
    constraints = [_constraint(table, role_ids) for table in constraint_tables]
    constraint_ids = _unique(top, constraint_tables, [constraint.id for constraint in constraints], "constraint")
    texts = documents_by_id(documents)
    assessments: list[Assessment] = []
    passed_over = 0
    for table in top.tables("assessment"):
        assessment = _assessment(table, role_ids, constraint_ids)
        if not own and any(quote.document not in texts for quote in assessment.quotes):
            passed_over += 1
            continue
        if (assessment.role, assessment.constraint) in {(other.role, other.constraint) for other in assessments}:
            fault = f"{assessment.role} against {assessment.constraint} is assessed twice"
            table.fault("role", fault, "keep one of the two")
        assessments.append(_checked(table, assessment, texts))
    top.close()
    file.finish()
    scenario = Scenario(question, actor, actor_terms, tuple(roles), tuple(constraints), tuple(assessments))
    if not passed_over:
        return scenario, tuple(file.passed_over)
    rest = "1 assessment rests" if passed_over == 1 else f"{passed_over} assessments rest"
    fault = f"{rest} on documents that are not in this pack"
    return scenario, (*file.passed_over, Problem(file.path, fault, "what they say is passed over"))


def _role(table: TomlTable) -> Role:
    id = table.text("id", required=True)
    name = table.text("name") or id
    role = Role(id, name, _terms(table, "terms"), _terms(table, "unless", required=False))
    table.close()
    return role


def _constraint(table: TomlTable, role_ids: Sequence[str]) -> Constraint:
    id = table.text("id", required=True)
    name = table.text("name") or id
    terms, unless = _terms(table, "terms"), _terms(table, "unless", required=False)
    reaches = table.texts("reaches") if table.has("reaches") else None
    for role in reaches or ():
        _known(table, "reaches", "role", role, role_ids)
    table.close()
    return Constraint(id, name, terms, unless, reaches)


def is_sound(term: str) -> bool:
    """Whether nothing can be wrong with `term`: plain words, "*", "|", ".." and "@", as nearly all are.

    To take each apart, as is done once sentences are held against it, would delay the first screen.
    """
    return _SOUND.fullmatch(term) is not None


def _terms(table: TomlTable, key: str, *, required: bool = True) -> tuple[str, ...]:
    terms = table.texts(key, required=required)
    for term in terms:
        if is_sound(term):
            continue
        from briefing.extraction.claims.terms import parse_term

        try:
            parse_term(term)
        except ValueError as error:
            table.fault(
                key, f'"{term}" is no term: {error}', "see the head of the bundled scenario.toml for what terms can say"
            )
    return terms


def _unique(top: TomlTable, tables: Sequence[TomlTable], ids: Sequence[str], kind: str) -> tuple[str, ...]:
    seen: list[str] = []
    if not tables:
        top.fault("", f"the scenario has no {kind}", f"add a [[{kind}]] table")
    for table, id in zip(tables, ids, strict=True):
        if id in seen:
            table.fault("id", f"{kind} {id} is named twice", "give each an id of its own")
        elif id:
            seen.append(id)
    return tuple(seen)


def _known(table: TomlTable, key: str, kind: str, id: str, ids: Sequence[str]) -> None:
    if id and id not in ids:
        near = nearest(id, ids)
        table.fault(key, f"unknown {kind} {id}", f'did you mean "{near}"?' if near else f"add a [[{kind}]] of that id")


def _assessment(table: TomlTable, role_ids: Sequence[str], constraint_ids: Sequence[str]) -> Assessment:
    role, constraint = table.text("role", required=True), table.text("constraint", required=True)
    _known(table, "role", "role", role, role_ids)
    _known(table, "constraint", "constraint", constraint, constraint_ids)
    rating = table.choice("rating", Rating, required=True)
    confidence = table.choice("confidence", Confidence)
    note, by = table.text("note"), table.text("by") or "draft"
    quotes = []
    for quote in table.tables("quotes"):
        quotes.append(QuoteRef(quote.text("file", required=True), quote.text("text", required=True)))
        quote.close()
    table.close()
    return Assessment(role, constraint, rating or Rating.NONE, confidence, note, by, tuple(quotes))


def _checked(table: TomlTable, assessment: Assessment, documents: Mapping[str, Document]) -> Assessment:
    """The assessment with every quote as it stands in its document, line ends and all; what stands nowhere is named.

    That is kept as written: what rested on it is to be known.
    """
    if not assessment.quotes:
        return assessment
    from briefing.analysis.search import find_quote

    quotes = []
    for quote in assessment.quotes:
        document = documents.get(quote.document)
        span = find_quote(document, quote.text) if document else None
        if document is None:
            remedy = "name a file of the pack, as `briefing documents` lists them"
            table.pass_over("quotes", f'there is no document "{quote.document}": the quote is passed over', remedy)
        elif span is None:
            fault = f'"{_shortened(quote.text)}" does not stand in {quote.document}: the quote is passed over'
            table.pass_over("quotes", fault, "copy the words exactly as in the file")
        quotes.append(QuoteRef(quote.document, document.quote(span)) if document and span else quote)
    return replace(assessment, quotes=tuple(quotes))


def _shortened(words: str) -> str:
    return words if len(words) <= _NAMED else f"{words[:_NAMED]}…"
