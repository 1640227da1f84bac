"""Writes findings and actions as whole sentences: the code and its numbers choose which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oyez.edition.model import Edition, Finding
from oyez.errors import RenderError
from oyez.render import numbers
from oyez.render.language import Language
from oyez.render.names import network_place
from oyez.render.text import day, plain

STEADY_PCT = 1.0  # a smaller change of volume is called stable
Choice = tuple[str, int | None, dict[str, str]]  # key, plural's count, words


def finding_sentence(finding: Finding, edition: Edition, language: Language) -> str:
    """Return the sentence of a finding or of an action.

    Raises:
        RenderError: a code that no sentence exists for, or parameters it cannot do without.
    """
    family = finding.code.split(".")[0]
    writer = _WRITERS.get(family)
    if writer is None:
        raise RenderError(
            f"unknown finding {finding.code!r}",
            client=edition.key.client,
            where=f"report {edition.key.report}",
            action="add it to oyez/render/sentences.py and to both .po files",
        )
    try:
        key, count, words = writer(finding.code, finding.params, edition, language)
    except (KeyError, TypeError, ValueError) as error:
        raise RenderError(
            f"the finding {finding.code!r} lacks or misuses {error}",
            client=edition.key.client,
            where=f"report {edition.key.report}",
            action="compare its parameters with docs/report.md",
        ) from error
    text = language.say(key, count, **words)
    return text[0].upper() + text[1:]


def when_phrase(edition: Edition, kind: str | None, language: Language, short: bool = False) -> str:
    """Return "la semaine précédente", "un an plus tôt": when an earlier value was measured."""
    name = edition.period.kind if kind in (None, "previous_period") else kind
    return language.say(f"{'short' if short else 'prior'}.{name}")


def _ordinal(rank: int, language: Language) -> str:
    last = rank if language.code == "fr" or rank % 100 in (11, 12, 13) else rank % 10
    known = last in (1,) if language.code == "fr" else last in (1, 2, 3) and rank % 100 < 20
    if known and rank == last:
        return language.say(f"ordinal.{rank}")
    return language.say("ordinal.n", n=str(rank))


def _trend(change: float | int, steady: float, digits: int = 1) -> str:
    if abs(change) < steady or numbers.rounded(change, digits) == 0:
        return "flat"
    return "up" if change > 0 else "down"


def _volume(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    count = {
        k: numbers.decimal(p[k], lang) for k in ("value", "prior", "count") if p.get(k) is not None
    }
    if code == "volume.change":
        when = when_phrase(e, p.get("prior_kind"), lang)
        if p.get("change_pct") is None or not p["prior"]:
            return f"{code}.from_zero", p["value"], {**count, "when": when}
        change = p["change_pct"]
        # Percents of few mentions shout: under the minimum the difference is written in mentions.
        small = min(p["value"], p["prior"]) < e.minimum_n
        size = numbers.decimal(abs(p["value"] - p["prior"]), lang) if small else numbers.percent(
            abs(change), lang, 0 if abs(change) >= 10 else 1
        )  # fmt: skip
        trend = _trend(change, STEADY_PCT)
        return f"{code}.{trend}", p["value"], {**count, "change": size, "when": when}
    if code == "volume.bridged":
        return code, p["value"], {**count, "when": when_phrase(e, None, lang)}
    if code == "volume.no_prior":
        return code, p["value"], count
    if code == "volume.zero_partial":
        return code, None, {"measured": numbers.percent(p["measured_pct"], lang)}
    if code == "volume.unmatched":
        return code, p["count"], count
    if code == "volume.partial":
        return code, p["value"], {**count, "measured": numbers.percent(p["measured_pct"], lang)}
    if code in ("volume.peak", "volume.peak_negative"):
        words = {**count, "day": day(p["day"], lang)}
        words["median"] = numbers.decimal(p["median_count"], lang, _digits(p["median_count"]))
        if code == "volume.peak_negative":
            words["negative"] = numbers.percent(p["negative_pct"], lang, 0)
            if p.get("basis") == "period":
                return f"{code}.period", p["count"], words
        elif not p["median_count"] or p.get("ratio") is None:
            return "volume.peak.over_zero", p["count"], words
        else:
            words["ratio"] = numbers.decimal(p["ratio"], lang, 1)
            if p.get("basis") == "period":
                return f"{code}.period", p["count"], words
        return code, p["count"], words
    if code == "volume.steady":
        return code, None, {k: numbers.decimal(p[k], lang) for k in ("low", "high")}
    return code, None, {}


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() else 1


def _sentiment(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    n = {"n": numbers.decimal(p["n"], lang)} if "n" in p else {}
    if code == "sentiment.change":
        change = p["change_points"]
        words = {
            **n,
            "value": numbers.points(p["value"], lang),
            "prior": numbers.points(p["prior"], lang),
            "change": numbers.points(abs(change), lang).lstrip("+"),
        }
        return f"{code}.{_trend(change, 0.05)}", p["n"], words
    if code == "sentiment.bridged":
        tones = {key: numbers.points(p[key], lang) for key in ("value", "alike", "prior")}
        return code, p["n"], {**n, **tones, "when": when_phrase(e, None, lang)}
    if code == "sentiment.no_prior":
        return code, p["n"], {**n, "value": numbers.points(p["value"], lang)}
    if code == "sentiment.too_few":
        for name in ("positive", "negative"):
            if p.get(f"{name}_count") is None:
                return f"{code}.plain", p["n"], n
            n[name] = numbers.decimal(p[f"{name}_count"], lang)
        return code, p["n"], n
    return code, None, {}


def _sov(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if _is_few(p, e):
        words = {k: numbers.decimal(p[k], lang) for k in _COUNTS if p.get(k) is not None}
        if code == "sov.leader":
            words["second"] = plain(p["second_name"], 60)
            return f"{code}.few", p["count"], words
        if code == "sov.rank":
            words |= {"rank": _ordinal(p["rank"], lang), "of": str(p["of"])}
            words["leader"] = plain(p["leader_name"], 60)
            return f"{code}.few", p["count"], words
    if code == "sov.leader":
        words = {"share": numbers.percent(p["share_pct"], lang)}
        if p.get("second_name") is None or p.get("second_share_pct") is None:
            return f"{code}.alone", None, words
        second = {"second": plain(p["second_name"], 60)}
        second["second_share"] = numbers.percent(p["second_share_pct"], lang)
        return code, None, {**words, **second}
    if code == "sov.rank":
        return (
            code,
            None,
            {
                "rank": _ordinal(p["rank"], lang),
                "of": str(p["of"]),
                "share": numbers.percent(p["share_pct"], lang),
                "leader": plain(p["leader_name"], 60),
                "leader_share": numbers.percent(p["leader_share_pct"], lang),
            },
        )
    if code == "sov.not_measured" and p.get("own_pct") is not None:
        return f"{code}.unlike", None, {"measured": numbers.percent(p["own_pct"], lang)}
    if code == "sov.not_comparable":
        key = f"{code}.one" if len(p["names"]) == 1 else code
        return key, None, {"names": _names(p["names"], lang)}
    return code, None, {}


_COUNTS = ("count", "n", "second_count", "leader_count")


def _is_few(p: dict[str, Any], e: Edition) -> bool:
    """Tell whether shares rest on too few mentions to be printed as shares."""
    return p.get("n") is not None and p["n"] < e.minimum_n


def _names(names: list[str], lang: Language) -> str:
    return lang.join([plain(str(name), 60) for name in names])


def _sources(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if code == "sources.top":
        words = {
            "network": network_place(p["network"], lang),
            "share": numbers.percent(p["share_pct"], lang),
        }
        if p.get("second_network") is None:
            return f"{code}.one", None, words
        words["second"] = network_place(p["second_network"], lang)
        if _is_few(p, e):
            words |= {k: numbers.decimal(p[k], lang) for k in _COUNTS if k in p}
            return f"{code}.few", p["count"], words
        words["second_share"] = numbers.percent(p["second_share_pct"], lang)
        return code, None, words
    if code == "sources.only":
        return code, None, {"network": network_place(p["network"], lang)}
    return code, None, {}


def _reviews(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if code == "reviews.score":
        value, n = numbers.decimal(p["value"], lang, 2), numbers.decimal(p["n"], lang)
        if p.get("prior") is None:
            return f"{code}.no_prior", p["n"], {"value": value, "n": n}
        trend = _trend(p["value"] - p["prior"], 0.005, 2)
        prior = numbers.decimal(p["prior"], lang, 2)
        return f"{code}.{trend}", p["n"], {"value": value, "n": n, "prior": prior}
    if code == "reviews.few":
        n = numbers.decimal(p["n"], lang)
        if p.get("value") is None:
            return f"{code}.unrated", p["n"], {"n": n}
        return code, p["n"], {"n": n, "value": numbers.decimal(p["value"], lang, 1)}
    if code == "reviews.unanswered":
        if not p["count"]:
            return f"{code}.zero", None, {}
        words = {"count": numbers.decimal(p["count"], lang)}
        if not p["negative_count"]:
            return f"{code}.no_negative", p["count"], words
        words["negative"] = numbers.decimal(p["negative_count"], lang)
        return code, p["count"], words
    return code, None, {}


def _response(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    words: dict[str, str] = {
        name: numbers.decimal(p[name], lang) for name in ("answered", "n") if name in p
    }
    if code == "response.median":
        words["median"] = numbers.duration(p["median_minutes"], lang)
    return code, p.get("answered"), words


def _community(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if code == "community.half":
        return code, p["count"], {k: numbers.decimal(p[k], lang) for k in ("count", "n")}
    if code != "community.active":
        return code, None, {}
    words = {k: numbers.decimal(p[k], lang) for k in ("value", "newcomers")}
    if p.get("prior") is None:
        return f"{code}.no_prior", p["value"], words
    return code, p["value"], {**words, "prior": numbers.decimal(p["prior"], lang)}


def _authors(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if code != "authors.concentration":
        return code, None, {}
    if _is_few(p, e):
        few = {"signed": numbers.decimal(p["signed_count"], lang)}
        few |= {"count": str(p["top_count"]), "n": numbers.decimal(p["n"], lang)}
        return f"{code}.few", p["top_count"], few
    words = {"count": str(p["top_count"]), "share": numbers.percent(p["share_pct"], lang)}
    return code, p["top_count"], words


def _verbatims(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if code != "verbatims.split":
        return code, None, {}
    return (
        code,
        None,
        {
            "positive": numbers.decimal(p["positive_count"], lang),
            "negative": numbers.decimal(p["negative_count"], lang),
        },
    )


def _coverage(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if code == "coverage.complete":
        return code, p["source_count"], {"count": str(p["source_count"])}
    if code == "coverage.gaps":
        words = {"measured": numbers.percent(p["measured_pct"], lang)}
        return code, 2, {**words, "names": _names(p["source_names"], lang)}
    if code == "coverage.source_gaps":
        key = f"{code}.one" if len(p["source_names"]) == 1 else code
        return key, None, {"names": _names(p["source_names"], lang)}
    if code == "coverage.brands":
        return code, None, {"names": _names(p["names"], lang)}
    return code, None, {}


def _methods(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    if not p.get("models"):
        return f"{code}.no_model", None, {}
    return code, None, {"models": _names(p["models"], lang)}


def _action(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    words: dict[str, str] = {}
    if "count" in p:
        words["count"] = numbers.decimal(p["count"], lang)
    if when := p.get("oldest_day") or p.get("day"):
        words["day"] = day(when, lang)
    if code == "action.answer_reviews" and p.get("negative_count"):
        words["negative"] = numbers.decimal(p["negative_count"], lang)
        key = "negative_one" if p["negative_count"] == 1 < p["count"] else "negative"
        return f"{code}.{key}", p["count"], words
    if code == "action.missed_target":
        words = {
            "figure": lang.say(f"figure.{p['figure']}"),
            "value": numbers.with_unit(p["value"], p["unit"], lang),
            "target": numbers.with_unit(p["target"], p["unit"], lang).lstrip("+"),
        }
        return code, None, words
    if code in ("action.fix_coverage", "action.fill_gap"):
        words["names"] = _names(p["source_names"], lang)
    if code == "action.thank_authors":
        words["names"] = _names(p["authors"], lang)
        return (f"{code}.one" if len(p["authors"]) == 1 else code), None, words
    return code, p.get("count"), words


def _themes(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    counts = ("item_count", "item_total", "count", "n", "baseline_n", "minimum_n")
    words = {name: numbers.decimal(p[name], lang) for name in counts if name in p}
    for name in ("term", "theme_name"):
        if name in p:
            words[name] = plain(p[name], 60)
    if "span_count" in p:
        spans = numbers.decimal(p["span_count"], lang)
        words["baseline"] = lang.say(f"baseline.{e.period.kind}", p["span_count"], n=spans)
    if code == "themes.top":
        if p["times"] is None:
            return f"{code}.new", p["item_count"], words
        words["times"] = numbers.decimal(p["times"], lang, 0 if p["times"] >= 10 else 1)
        return code, p["item_count"], words
    if code == "themes.left_out":
        return code, len(p["source_names"]), {"names": _names(p["source_names"], lang)}
    return code, p.get("count", p.get("item_count", p.get("n"))), words


def _spike(code: str, p: dict[str, Any], e: Edition, lang: Language) -> Choice:
    words: dict[str, str] = {
        k: numbers.decimal(p[k], lang) for k in ("count", "busy_count", "total") if k in p
    }
    if code == "spike.onset":
        words["day"] = day(p["day"], lang)
        words["hour"] = lang.say("words.hour", n=str(p["hour"])).replace(" ", "\u00a0")
    if code == "spike.network":
        words["network"] = network_place(p["network"], lang)
    return code, p["count"], words


_WRITERS: dict[str, Callable[[str, dict[str, Any], Edition, Language], Choice]] = {
    "volume": _volume,
    "spike": _spike,
    "sentiment": _sentiment,
    "themes": _themes,
    "sov": _sov,
    "sources": _sources,
    "reviews": _reviews,
    "response": _response,
    "community": _community,
    "authors": _authors,
    "verbatims": _verbatims,
    "coverage": _coverage,
    "methods": _methods,
    "action": _action,
}
