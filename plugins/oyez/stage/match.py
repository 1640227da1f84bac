"""Finds which brands of a client an item is about, all of them in one pass over its text.

The rules, in the order in which they decide:

1. a filled brand column speaks for itself: the text is not searched;
2. names and aliases stand in the text as whole words; where two overlap, the longer one is meant
   ("Verdier & Fils" is not "Verdier"), whether or not its own context rules then hold;
3. a brand's context rules hold over the whole text, their terms in the plural too; a call of the
   brand's own account needs no `required_context`, since it is no homonym;
4. whatever the brand's own account writes is about the brand;
5. scopes are parts of a brand that matched.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

import ahocorasick_rs

from oyez.config.model import Brand, Client, Scope
from oyez.stage.phrases import plural, spellings
from oyez.stage.sites import host
from oyez.stage.text import folded, phrase, placed, words

MatchedBy = Literal["column", "text", "account", "scope"]
Spans = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Match:
    """One brand or scope that an item is about.

    Attributes:
        brand_id: id of a brand, competitor or scope of the client.
        matched_by: which rule decided.
        matched_term: the name, alias, @handle, scope term or column value that decided, as the
            client's file (or the column) spells it.
    """

    brand_id: str
    matched_by: MatchedBy
    matched_term: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling under which a brand is known; an account's handle names nobody else."""

    brand_id: str
    term: str
    is_account: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What one pass over a text saw; a name comes with its place in the line of words."""

    names: tuple[tuple[_Name, int, int], ...]
    terms: frozenset[str]
    handles: frozenset[str]


class Matcher:
    """Everything of one client's file that is looked up in items; build once, ask for every item.

    Args:
        client: whose brands, competitors, scopes and exclusions count.
    """

    def __init__(self, client: Client) -> None:
        self._brands: dict[str, Brand] = {
            brand.id: brand for brand in (*client.brands, *client.competitors)
        }
        self._scopes: tuple[Scope, ...] = tuple(client.scopes)
        self._first = client.brands[0].id
        self._by_value: dict[str, str] = {}
        self._by_account: dict[tuple[str, str], str] = {}
        self._by_handle: dict[str, set[str]] = {}
        self._names: dict[str, list[_Name]] = {}
        for brand in self._brands.values():
            self._know(brand)
        # An id beats a name, a name beats an alias, whatever the order of the brands.
        for known_as in (
            lambda brand: brand.aliases,
            lambda brand: [brand.name],
            lambda brand: [brand.id],
        ):
            for brand in reversed(self._brands.values()):
                self._by_value.update({_value(one): brand.id for one in known_as(brand)})

        self._excluded_authors = [
            (*_author(one), one) for one in client.exclude.authors if _author(one)[1]
        ]
        self._excluded_domains = [(host(one), one) for one in client.exclude.domains if host(one)]
        self._excluded_terms = client.exclude.terms

        self._terms: dict[str, set[str]] = {}
        for brand in self._brands.values():
            for term in (*brand.required_context, *brand.excluded_context):
                for spelling in spellings(term):
                    for form in (spelling, plural(spelling)):
                        self._terms.setdefault(form, set()).add(term)
        for term in (
            *(one for scope in self._scopes for one in scope.terms),
            *client.exclude.terms,
        ):
            for spelling in spellings(term):
                self._terms.setdefault(spelling, set()).add(term)

        self._patterns = sorted(self._names.keys() | self._terms.keys())
        self._tags = frozenset(one for one in self._patterns if one.startswith("#"))
        self._automaton = ahocorasick_rs.AhoCorasick([f" {one} " for one in self._patterns])
        self._last: tuple[str, _Found] = ("", _Found((), frozenset(), frozenset()))

    def match(
        self,
        text: str,
        *,
        brand_value: str | None,
        mapping_brands: Mapping[str, str],
        owner: str | None,
        language: str,
        network: str,
        place: str | None,
    ) -> list[Match]:
        """Return the brands an item is about, in the order of the client's file, then its scopes.

        Args:
            text: title and text of the item.
            brand_value: its brand column; blank counts as absent. An unknown value matches nothing.
            mapping_brands: the import mapping's value → brand id.
            owner: brand whose account wrote the item, see `owner`.
            language: ISO 639-1 code of the text, or `und`.
            network: where it was said.
            place: the item's place, if it has one.
        """
        if brand_value and brand_value.strip():
            brand_id = self._column(brand_value.strip(), mapping_brands)
            matches = [] if brand_id is None else [Match(brand_id, "column", brand_value.strip())]
        else:
            matches = self._named(text, owner)
        return matches + self._scoped(text, matches, language, network, place)

    def owner(self, network: str, handle: str | None) -> str | None:
        """Return the brand whose account this is, or None; case and a leading @ do not matter."""
        return self._by_account.get((network, _handle(handle))) if handle else None

    def addressed(self, text: str) -> set[str]:
        """Return the brands whose account is called by its @handle in the text, on any network."""
        called: set[str] = set()
        for handle in self._find(text).handles:
            called |= self._by_handle.get(handle, set())
        return called

    def spans(self, text: str) -> Spans:
        """Return where each brand that the text is about is named, by brand id, in order.

        Places are (start, end) in the text as written; a brand is found here if `match` finds it
        in the text, column and account aside. Slower than `match`: ask only where places matter.
        """
        said = list(placed(text, self._tags))
        found = self._read(" ".join(word for word, _, _ in said))
        meant = self._meant(found)
        # In the line each word is followed by one space, and one space precedes them all.
        starts = list(accumulate((len(word) + 1 for word, _, _ in said), initial=1))
        spans: Spans = {}
        for name, start, end in found.names:
            if name.brand_id in meant:
                _, begin, _ = said[bisect_right(starts, start) - 1]
                _, _, stop = said[bisect_left(starts, end) - 1]
                spans.setdefault(name.brand_id, []).append((begin, stop))
        return spans

    def exclusion(
        self, *, network: str | None, handle: str | None, url: str | None, text: str
    ) -> str | None:
        """Return why the client counts this item as noise, or None.

        The reason is `author:`, `domain:` or `term:` followed by the line of the client's file.
        """
        if handle:
            for only, excluded, line in self._excluded_authors:
                if excluded == _handle(handle) and only in (None, network):
                    return f"author:{line}"
        if url and self._excluded_domains:
            site = host(url)
            for domain, line in self._excluded_domains:
                if site == domain or site.endswith("." + domain):
                    return f"domain:{line}"
        if self._excluded_terms:
            terms = self._find(text).terms
            for term in self._excluded_terms:
                if term in terms:
                    return f"term:{term}"
        return None

    def _know(self, brand: Brand) -> None:
        for account in brand.accounts:
            handle = _handle(account.handle)
            if not handle:
                continue
            self._by_account.setdefault((account.network, handle), brand.id)
            self._by_handle.setdefault(handle, set()).add(brand.id)
            self._learn(f"@{handle}", _Name(brand.id, f"@{account.handle.lstrip('@')}", True))
        for term in [*([brand.name] if brand.match_name else []), *brand.aliases]:
            name = _Name(brand.id, term, False)
            for spelling in spellings(term):
                self._learn(spelling, name)
                if spelling.startswith("#"):
                    self._learn(f"@{spelling[1:]}", name)

    def _learn(self, spelling: str, name: _Name) -> None:
        known = self._names.setdefault(spelling, [])
        if all(one.brand_id != name.brand_id for one in known):
            known.append(name)

    def _column(self, value: str, mapping_brands: Mapping[str, str]) -> str | None:
        key = _value(value)
        mapped = mapping_brands.get(value)
        if mapped is None:
            mapped = next((to for of, to in mapping_brands.items() if _value(of) == key), None)
        if mapped is not None:
            return mapped if mapped in self._brands else None
        return self._by_value.get(key)

    def _named(self, text: str, owner: str | None) -> list[Match]:
        terms = self._meant(self._find(text))
        matches: list[Match] = []
        for brand_id, brand in self._brands.items():
            if brand_id in terms:
                matches.append(Match(brand_id, "text", terms[brand_id]))
            elif brand_id == owner:
                matches.append(Match(brand_id, "account", brand.name))
        return matches

    def _meant(self, found: _Found) -> dict[str, str]:
        """Return brand id → the term that named it first, where its context rules hold."""
        terms: dict[str, str] = {}
        for name, _, _ in found.names:
            brand = self._brands[name.brand_id]
            if name.brand_id in terms or any(one in found.terms for one in brand.excluded_context):
                continue
            if (
                name.is_account
                or not brand.required_context
                or any(one in found.terms for one in brand.required_context)
            ):
                terms[name.brand_id] = name.term
        return terms

    def _scoped(
        self, text: str, matches: list[Match], language: str, network: str, place: str | None
    ) -> list[Match]:
        parents = {match.brand_id for match in matches}
        scoped: list[Match] = []
        for scope in self._scopes:
            if (scope.brand or self._first) not in parents:
                continue
            reasons: list[str] = []
            for wanted, given in (
                (scope.terms, self._find(text).terms if scope.terms else ()),
                (scope.languages, (language,)),
                (scope.networks, (network,)),
            ):
                if wanted:
                    reasons.append(next((one for one in wanted if one in given), ""))
            if scope.places:
                here = phrase(place or "")
                reasons.append(next((one for one in scope.places if here == phrase(one)), ""))
            if all(reasons):
                scoped.append(Match(scope.id, "scope", reasons[0]))
        return scoped

    def _find(self, text: str) -> _Found:
        # The same text is asked for its brands, its addressees and its exclusions in turn.
        last_text, last = self._last
        if text == last_text:
            return last
        found = self._read(" ".join(words(text, self._tags)))
        self._last = (text, found)
        return found

    def _read(self, line: str) -> _Found:
        names: list[tuple[int, int, str]] = []
        terms: set[str] = set()
        for index, start, end in self._automaton.find_matches_as_indexes(
            f" {line} ", overlapping=True
        ):
            pattern = self._patterns[index]
            if pattern in self._names:
                names.append((start + 1, end - 1, pattern))
            terms |= self._terms.get(pattern, set())
        called = line.split(" ") if "@" in line else ()
        handles = frozenset(one[1:] for one in called if one.startswith("@"))
        return _Found(
            tuple(
                (name, start, end)
                for start, end, spelling in _longest(names)
                for name in self._names[spelling]
            ),
            frozenset(terms),
            handles,
        )


def _longest(hits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the spellings that stay when overlapping ones give way to the longest, in order."""
    if len(hits) < 2:
        return hits
    kept: list[tuple[int, int, str]] = []
    end_of_kept: dict[int, int] = {}
    for start, end, spelling in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        # Words are few in a name, so marking its positions is cheaper than an interval tree.
        if any(at in end_of_kept for at in (start, end - 1)):
            continue
        end_of_kept.update(dict.fromkeys(range(start, end), end))
        kept.append((start, end, spelling))
    return sorted(kept)


def _value(value: str) -> str:
    # A column may hold nothing but signs ("+"), which are no words.
    return phrase(value) or folded(value).strip()


def _handle(handle: str) -> str:
    return folded(handle).strip().lstrip("@")


def _author(line: str) -> tuple[str | None, str]:
    network, colon, handle = line.partition(":")
    return (network.strip().lower(), _handle(handle)) if colon else (None, _handle(line))
