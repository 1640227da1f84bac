"""Editions to print: invented brands, numbers that add up, one builder a kind of report."""
# ruff: noqa: E501, S311  rows of data read better on one line; nothing here is secret

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from oyez.config.model import SECTIONS
from oyez.edition.model import (
    Action,
    Comparison,
    Coverage,
    Edition,
    Figure,
    Finding,
    Gap,
    Key,
    Method,
    Period,
    SourceCoverage,
    Span,
    Verbatim,
)

Row = dict[str, Any]


def figure(
    value: float | None,
    unit: str,
    metric: str,
    *,
    prior: float | None = None,
    n: int | None = None,
    status: str = "ok",
    interval: tuple[float, float] | None = None,
    last_year: float | None = None,
    prior_status: str = "ok",
) -> Figure:
    """Return a figure compared with the previous period."""
    comparisons = []
    if prior is not None or prior_status != "ok":
        comparisons.append(Comparison(value=prior, kind="previous_period", status=prior_status))
        if last_year is not None:
            comparisons.append(Comparison(value=last_year, kind="last_year", status="ok"))
    return Figure(
        value=value,
        n=n,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        unit=unit,
        status=status,
        prior=prior,
        prior_kind="previous_period" if prior is not None else None,
        comparisons=comparisons,
        metric=metric,
        basis="b" + metric[:5],
        ref=f"{sum(map(ord, metric)) % 46656:04X}",
    )


def found(code: str, **params: Any) -> Finding:
    """Return a finding."""
    return Finding(code=code, params=params)


def days_of(start: date, end: date) -> list[date]:
    """Return every day, both ends included."""
    return [start + timedelta(days=index) for index in range((end - start).days + 1)]


def verbatim(
    at: str, network: str, text: str, sentiment: str | None, *, author: str | None = "Camille R.",
    rating: float | None = None, engagement: int | None = None, waiting: int | None = None,
    channel: str = "social", url: str | None = "https://example.org/post/1",
) -> Verbatim:  # fmt: skip
    """Return a quoted item."""
    return Verbatim(
        at=at, network=network, channel=channel, kind="review" if rating else "post",
        author=author, text=text, is_cut=False, url=url, sentiment=sentiment, rating=rating,
        engagement_count=engagement, follower_count=None, waiting_minutes=waiting, ref="Q7",
    )  # fmt: skip


CARDS_FR = [
    ("mention_volume", "Mentions", "Nombre de textes distincts qui citent la marque pendant la période ; le même texte arrivé par deux sources compte une fois.", "items"),
    ("net_sentiment", "Tonalité nette", "(mentions positives − mentions négatives) ÷ mentions dont la tonalité est connue × 100, en points de −100 à +100.", "points"),
    ("share_of_voice", "Part de voix", "Mentions de la marque ÷ mentions de la marque et des concurrents suivis, sur les jours où tous ont été mesurés.", "pct"),
    ("potential_reach", "Portée potentielle", "Somme des audiences déclarées des auteurs distincts : un plafond, jamais un nombre de lecteurs.", "people"),
    ("review_score", "Note moyenne", "Moyenne simple des notes des avis publiés pendant la période, ramenées sur 5.", "stars"),
    ("response_rate", "Taux de réponse", "Sollicitations ayant reçu une réponse de la marque avant la fin de la période ÷ sollicitations reçues.", "pct"),
    ("first_response_time", "Délai de première réponse", "Médiane des délais, messages encore sans réponse compris (courbe de Kaplan-Meier).", "minutes"),
    ("author_count", "Auteurs", "Nombre de comptes distincts ayant cité la marque ; la marque elle-même n’est pas comptée.", "authors"),
]  # fmt: skip
CARDS_EN = [
    ("mention_volume", "Mentions", "Distinct texts that name the brand in the period; the same text arriving through two sources counts once.", "items"),
    ("net_sentiment", "Net sentiment", "(positive − negative mentions) ÷ mentions of known sentiment × 100, in points from −100 to +100.", "points"),
    ("active_members", "Active members", "Distinct writers in the owned community in the period; the brand’s own team is not counted.", "authors"),
    ("newcomers", "New members", "Members whose first post ever falls in the period.", "authors"),
    ("response_rate", "Response rate", "Inbound messages answered by the brand before the period’s end ÷ inbound messages received.", "pct"),
    ("first_response_time", "First response time", "Median delay, messages still waiting included (Kaplan–Meier curve).", "minutes"),
]  # fmt: skip


def methods(cards: Iterable[tuple[str, str, str, str]]) -> list[Method]:
    """Return cards as the edition holds them."""
    references = {
        "first_response_time": ["Kaplan & Meier, 1958, doi:10.1080/01621459.1958.10501452"],
        "response_rate": ["Wilson, 1927, doi:10.1080/01621459.1927.10502953"],
    }
    return [
        Method(metric=name, title=title, formula=formula, unit=unit, version=1,
               references=references.get(name, []))
        for name, title, formula, unit in cards
    ]  # fmt: skip


def volume_rows(
    start: date, end: date, base: int, seed: int, peak: date | None = None,
    missing: Iterable[date] = (), partial: Iterable[date] = (),
) -> list[Row]:  # fmt: skip
    """Return volume_by_day; `missing` days have nulls."""
    chance = Random(seed)
    rows: list[Row] = []
    for when in days_of(start, end):
        count = (
            base
            + chance.randrange(-base // 4, base // 3)
            - (base // 3 if when.weekday() > 4 else 0)
        )
        negative_share = 0.2
        if when == peak:
            count, negative_share = base * 4, 0.62
        negative = round(count * negative_share)
        positive = round((count - negative) * 0.55)
        prior = base + chance.randrange(-base // 4, base // 4)
        row = {
            "day": when.isoformat(), "item_count": count, "positive_count": positive,
            "neutral_count": count - positive - negative, "negative_count": negative, "status": "ok",
            "prior_item_count": prior, "last_year_item_count": prior - base // 5,
        }  # fmt: skip
        if when in missing:
            row |= {"item_count": None, "positive_count": None, "neutral_count": None,
                    "negative_count": None, "status": "not_measured"}  # fmt: skip
        elif when in partial:
            row["status"] = "partial"
        rows.append(row)
    return rows


def total(rows: list[Row], column: str) -> int:
    """Return the sum of a column's known values."""
    return sum(row[column] or 0 for row in rows)


def period_rows(
    rows: list[Row], start: date, step: int, counts: list[int | None], sov: float | None
) -> list[Row]:
    """Return volume_by_period whose last row is the sum of `rows`."""
    done = []
    for index, count in enumerate(counts):
        begin = start - timedelta(days=step * (len(counts) - index))
        negative = None if count is None else round(count * (0.17 + 0.02 * (index % 4)))
        positive = None if count is None else round(count * (0.44 - 0.015 * (index % 5)))
        done.append({
            "start": begin.isoformat(), "end": (begin + timedelta(days=step - 1)).isoformat(),
            "item_count": count, "positive_count": positive,
            "neutral_count": None if count is None else count - positive - negative,
            "negative_count": negative,
            "net_sentiment": None if count is None else round((positive - negative) / count * 100, 1),
            "share_of_voice_pct": None if count is None or sov is None else round(sov - 3 + index * 0.3, 1),
            "status": "ok" if count is not None else "not_measured",
        })  # fmt: skip
    count, positive, negative = (
        total(rows, c) for c in ("item_count", "positive_count", "negative_count")
    )
    done.append({
        "start": rows[0]["day"], "end": rows[-1]["day"], "item_count": count,
        "positive_count": positive, "neutral_count": total(rows, "neutral_count"),
        "negative_count": negative,
        "net_sentiment": round((positive - negative) / count * 100, 1) if count else None,
        "share_of_voice_pct": sov,
        "status": "ok" if all(r["status"] == "ok" for r in rows) else "partial",
    })  # fmt: skip
    return done


def hour_rows(seed: int, count: int) -> list[Row]:
    """Return volume_by_hour adding up to `count`."""
    chance = Random(seed)
    weights = [1, 1, 0, 0, 0, 1, 2, 4, 7, 8, 8, 9, 14, 11, 8, 7, 7, 8, 11, 14, 12, 8, 5, 2]
    cells = {(d, h): 0 for d in range(1, 8) for h in range(24)}
    for _ in range(count):
        weekday = chance.choices(range(1, 8), [9, 10, 11, 10, 10, 6, 5])[0]
        cells[weekday, chance.choices(range(24), weights)[0]] += 1
    return [{"weekday": d, "hour": h, "item_count": n} for (d, h), n in cells.items()]


def source_rows(names: list[tuple[str, float]], rows: list[Row]) -> list[Row]:
    """Return volume_by_source adding up to the days' totals."""
    count, negatives = total(rows, "item_count"), total(rows, "negative_count")
    positives = total(rows, "positive_count")
    done: list[Row] = []
    left, left_p, left_n = count, positives, negatives
    for index, (name, share) in enumerate(names):
        is_last = index == len(names) - 1
        items = left if is_last else round(count * share)
        positive = left_p if is_last else round(positives * share * (1.12 - 0.06 * index))
        negative = left_n if is_last else round(negatives * share * (0.8 + 0.09 * index))
        left, left_p, left_n = left - items, left_p - positive, left_n - negative
        done.append({
            "network": name, "item_count": items, "share_pct": round(items / count * 100, 1),
            "prior_item_count": round(items * (0.8 + 0.07 * index)), "positive_count": positive,
            "neutral_count": items - positive - negative, "negative_count": negative,
            "net_sentiment": round((positive - negative) / items * 100, 1),
        })  # fmt: skip
    return sorted(done, key=lambda row: (-row["item_count"], row["network"]))


def french() -> Edition:
    """A month of a French brand of leather goods, of middling size, with a crisis and two gaps."""
    start, end = date(2026, 9, 1), date(2026, 9, 30)
    rows = volume_rows(start, end, 42, 3, date(2026, 9, 8))
    count = total(rows, "item_count")
    positive, negative = total(rows, "positive_count"), total(rows, "negative_count")
    net = round((positive - negative) / count * 100, 1)
    prior = total(rows, "prior_item_count")
    periods = period_rows(
        rows,
        start,
        30,
        [980, 1010, 1105, 1042, 990, None, 1084, 1150, 1121, 1066, 1098, prior],
        27.4,
    )
    networks = [("instagram", 0.27), ("x", 0.2), ("google", 0.15), ("tiktok", 0.12), ("news", 0.1),
                ("reddit", 0.07), ("trustpilot", 0.05), ("bluesky", 0.04)]  # fmt: skip
    sources = source_rows(networks, rows)
    own_share = 27.4
    rivals = [("atelier-larcent", "Atelier Larcent", 31.2, 30.1), ("verdier", "Maison Verdier", own_share, 25.8),
              ("roque", "Roque & Fils", 19.8, 21.7), ("belcour", "Belcour", 12.5, 13.4),
              ("manoir", "Manoir-Vane", 9.1, 9.0)]  # fmt: skip
    sov = [
        {"brand_id": i, "brand_name": name, "is_own": i == "verdier",
         "item_count": count if i == "verdier" else round(count * share / own_share),
         "share_pct": share, "prior_share_pct": before,
         "net_sentiment": net if i == "verdier" else round(share - 8.5, 1), "status": "ok"}
        for i, name, share, before in rivals
    ]  # fmt: skip
    months = [
        {"month": date(2025 + (9 + i) // 12, (9 + i) % 12 + 1, 1).isoformat(), "review_count": n,
         "average_rating": r, "status": "ok" if n is not None else "not_measured"}
        for i, (n, r) in enumerate([(61, 4.2), (72, 4.1), (95, 4.3), (58, 4.2), (49, 4.0), (None, None),
                                    (63, 4.1), (66, 4.2), (70, 4.3), (54, 4.2), (59, 4.1), (64, 3.92)])
    ]  # fmt: skip
    distribution = [(5, 31, 402), (4, 14, 148), (3, 6, 55), (2, 5, 38), (1, 8, 68)]
    response_days = [
        {"day": row["day"], "inbound_count": 6 + index * 7 % 9 + (18 if index == 7 else 0),
         "answered_count": 5 + index * 7 % 9 + (6 if index == 7 else 0) - (index % 3 == 0)}
        for index, row in enumerate(rows)
    ]  # fmt: skip
    inbound, answered = (
        total(response_days, "inbound_count"),
        total(response_days, "answered_count"),
    )
    waiting_count = inbound - answered
    rate = round(answered / inbound * 100, 1)
    buckets = [("under_1h", 64), ("1h_4h", 86), ("4h_24h", 78), ("1d_3d", 27)]
    rest = answered - sum(n for _, n in buckets)
    curve, cumulated = [], 0
    for minutes, n in (
        (15, 28),
        (60, 36),
        (120, 44),
        (240, 42),
        (312, 10),
        (720, 34),
        (1440, 34),
        (4320, 27),
    ):
        cumulated += n
        curve.append({"minutes": minutes, "answered_pct": round(cumulated / inbound * 100, 1)})
    tables = {
        "volume_by_day": rows,
        "volume_by_period": periods,
        "volume_by_hour": hour_rows(5, count),
        "volume_by_source": sources,
        "volume_by_language": [
            {"language": "fr", "item_count": round(count * 0.86), "share_pct": 86.0},
            {"language": "en", "item_count": round(count * 0.1), "share_pct": 10.0},
            {"language": "es", "item_count": count - round(count * 0.86) - round(count * 0.1), "share_pct": 4.0},
        ],
        "share_of_voice": sov,
        "reviews_by_month": months,
        "rating_distribution": [
            {"stars": s, "period_count": p, "year_count": y} for s, p, y in distribution
        ],
        "top_authors": [
            {"author": name, "network": network, "item_count": n, "negative_count": bad,
             "follower_count": followers, "engagement_count": engaged}
            for name, network, n, bad, followers, engaged in [
                ("@julie_lyon", "instagram", 14, 1, 48200, 3120), ("marc.dlt", "x", 12, 9, 1860, 940),
                ("Le Fil Mode", "news", 9, 2, None, 410), ("@atelierdesacs", "tiktok", 8, 0, 112000, 8450),
                ("u/cuir_et_co", "reddit", 8, 3, None, 226), ("Sophie M.", "google", 6, 1, None, 12),
                ("@inesenville", "instagram", 6, 0, 9400, 688), ("P. Lefèvre", "trustpilot", 5, 5, None, 4),
                ("@roubaixmode", "bluesky", 5, 1, 2310, 95), ("Quotidien du Nord", "news", 4, 3, None, 1280),
                ("@lea.couture", "instagram", 4, 0, 15300, 377),
            ]
        ],
        "response_by_day": response_days,
        "response_distribution": [
            {"bucket": b, "item_count": n} for b, n in [*buckets, ("over_3d", rest), ("waiting", waiting_count)]
        ],
        "response_curve": curve,
    }  # fmt: skip
    good = [
        verbatim("2026-09-03T18:20", "google", "Accueil remarquable à la boutique de Lyon : la vendeuse a pris vingt minutes pour m’expliquer les matières. Je reviendrai, c’est certain.", "positive", rating=5, channel="review"),
        verbatim("2026-09-11T12:05", "tiktok", "Colis reçu en 24 h, emballage sans plastique et un petit mot manuscrit à l’intérieur. On se sent considérée ❤️", "positive", author="@atelierdesacs", engagement=2140),
        verbatim("2026-09-16T09:48", "instagram", "Troisième cabas chez eux, la couture n’a pas bougé. La qualité se paie mais elle est là.", "positive", author="@julie_lyon", engagement=860),
        verbatim("2026-09-25T20:31", "reddit", "Le nouvel atelier de réparation est une idée formidable : anse refaite pendant que je prenais un café.", "positive", author="u/cuir_et_co", engagement=118),
    ]  # fmt: skip
    bad = [
        verbatim("2026-09-08T10:12", "x", "Cinq semaines pour un remboursement, quatre appels, et à chaque fois un interlocuteur différent. Épuisant.", "negative", author="marc.dlt", engagement=412),
        verbatim("2026-09-08T14:40", "news", "La panne de paiement de Maison Verdier prive des milliers de clients de leur commande de rentrée.", "negative", author="Quotidien du Nord", engagement=1280, channel="news"),
        verbatim("2026-09-09T08:03", "trustpilot", "L’application plante au paiement depuis la mise à jour. Impossible de finaliser une commande, et personne au téléphone.", "negative", author="P. Lefèvre", rating=1, channel="review"),
        verbatim("2026-09-19T17:26", "instagram", "Les prix ont pris 14 % en un an, sans que la qualité suive. Dommage pour une maison que j’adorais.", "negative", author="@inesenville", engagement=96),
    ]  # fmt: skip
    waiting = [
        verbatim("2026-09-26T15:02", "x", "@MaisonVerdier toujours aucune nouvelle de ma commande 48211, passée le 7 septembre. Quelqu’un ?", None, author="@thomas_b", waiting=6298),
        verbatim("2026-09-28T09:20", "instagram", "Bonjour, le cabas Loire sera-t-il de nouveau disponible en vert ?", "neutral", author="@marielle.g", waiting=3760),
        verbatim("2026-09-29T19:44", "google", "Anse décousue au bout de trois mois, que faire ?", "negative", author="Hugo P.", waiting=1696, rating=2),
    ]  # fmt: skip
    tables["themes"] = [
        {
            "term": term,
            "also": also,
            "language": "fr",
            "item_count": p + n + m,
            "item_total": 1332,
            "baseline_item_count": b,
            "baseline_item_total": 14204,
            "times": round((p + n + m) / 1332 / (b / 14204), 1) if b else None,
            "z": z,
            "positive_count": p,
            "neutral_count": n,
            "negative_count": m,
            "scored_count": p + n + m,
            "net_sentiment": round(100 * (p - m) / (p + n + m), 1) if p + n + m >= 30 else None,
            "refs": "A1 B2 C3",
        }
        for term, also, p, n, m, b, z in [
            ("panne de paiement", "application", 0, 31, 96, 12, 15.42),
            ("remboursement", "", 4, 9, 61, 188, 9.87),
            ("atelier de réparation", "lyon", 58, 11, 1, 0, 9.31),
            ("hausse des prix", "", 1, 3, 18, 61, 4.06),
        ]
    ]
    tables["own_themes"] = [
        {
            "theme_id": name.lower(),
            "theme_name": name,
            "item_count": p + n + m,
            "prior_item_count": before,
            "year_item_count": year,
            "positive_count": p,
            "neutral_count": n,
            "negative_count": m,
            "scored_count": p + n + m,
            "net_sentiment": round(100 * (p - m) / (p + n + m), 1) if p + n + m >= 30 else None,
        }
        for name, p, n, m, before, year in [
            ("Service client", 22, 14, 88, 71, 903),
            ("Qualité", 96, 20, 12, 140, 1620),
            ("Prix", 2, 5, 21, 25, 288),
        ]
    ]
    findings = {
        "themes": [
            found("themes.top", term="panne de paiement", item_count=127, item_total=1332, times=112.9, language="fr", span_count=12),
            found("themes.own", theme_name="Qualité", item_count=128),
        ],
        "volume": [
            found("volume.change", value=count, prior=prior, change_pct=round((count - prior) / prior * 100, 1), prior_kind="previous_period"),
            found("volume.peak_negative", day="2026-09-08", count=168, negative_pct=61.9, median_count=41, ratio=4.1),
        ],
        "sentiment": [found("sentiment.change", value=net, prior=24.1, change_points=round(net - 24.1, 1), n=count)],
        "share_of_voice": [found("sov.rank", rank=2, of=5, share_pct=own_share, leader_name="Atelier Larcent", leader_share_pct=31.2)],
        "sources": [found("sources.top", network="instagram", share_pct=sources[0]["share_pct"], second_network="x", second_share_pct=sources[1]["share_pct"])],
        "reviews": [found("reviews.score", value=3.92, n=64, prior=4.1), found("reviews.unanswered", count=11, negative_count=6)],
        "responsiveness": [found("response.median", median_minutes=312, answered=answered, n=inbound)],
        "authors": [found("authors.concentration", top_count=10, share_pct=6.1)],
        "verbatims": [found("verbatims.split", positive_count=positive, negative_count=negative)],
        "coverage": [found("coverage.gaps", measured_pct=98.6, source_names=["X (API)", "Trustpilot"])],
        "methods": [found("methods.basis", models=["cardiff-xlm-t"])],
        "community": [found("community.none")],
    }  # fmt: skip
    findings["summary"] = [
        findings["volume"][0], findings["volume"][1], findings["sentiment"][0],
        findings["share_of_voice"][0], findings["reviews"][1],
    ]  # fmt: skip
    return Edition(
        key=Key(client="maison-verdier", report="monthly", scope="verdier", locale="fr-FR",
                period="2026-09-01--2026-09-30"),
        client={"id": "maison-verdier", "name": "Maison Verdier", "timezone": "Europe/Paris"},
        agency={"name": "Atelier Nord", "website": "https://atelier-nord.example"},
        report={"title": "", "format": "full", "cadence": "monthly"},
        brand={"id": "verdier", "name": "Maison Verdier"},
        period=Period(kind="month", start=start, end=end, issued_on=date(2026, 10, 1),
                      previous=Span(start=date(2026, 8, 1), end=date(2026, 8, 31)),
                      last_year=Span(start=date(2025, 9, 2), end=date(2025, 10, 1))),
        minimum_n=30,
        sections=[s for s in SECTIONS if s != "community"],
        figures={
            "mention_volume": figure(count, "items", "mention_volume", prior=prior, last_year=1012),
            "positive_count": figure(positive, "items", "positive_count", prior=512),
            "negative_count": figure(negative, "items", "negative_count", prior=251),
            "net_sentiment": figure(net, "points", "net_sentiment", prior=24.1, n=count),
            "share_of_voice": figure(own_share, "pct", "share_of_voice", prior=25.8, n=round(count / own_share * 100), interval=(26.1, 28.7)),
            "potential_reach": figure(8_412_000, "people", "potential_reach", prior=6_420_000),
            "potential_reach_gross": figure(12_900_000, "people", "potential_reach_gross", prior=9_870_000),
            "engagement": figure(48_230, "interactions", "engagement", prior=39_410),
            "author_count": figure(1037, "authors", "author_count", prior=914),
            "review_count": figure(64, "items", "review_count", prior=59),
            "review_score": figure(3.92, "stars", "review_score", prior=4.1, n=64),
            "review_unanswered": figure(11, "items", "review_unanswered", prior=4),
            "inbound_count": figure(inbound, "items", "inbound_count", prior=281),
            "response_rate": figure(rate, "pct", "response_rate", prior=91.2, n=inbound, interval=(rate - 3.4, rate + 2.9)),
            "first_response_median": figure(312, "minutes", "first_response_time", prior=254, n=inbound),
            "first_response_p90": figure(2640, "minutes", "first_response_time_p90", prior=1980, n=inbound),
            "still_waiting": figure(waiting_count, "items", "still_waiting", prior=21),
        },
        tables=tables,
        verbatims={"positive": good, "negative": bad, "engaged": sorted([*good, *bad], key=lambda one: -(one.engagement_count or 0))[:5], "waiting": waiting,
                   "review_negative": [bad[2]], "review_positive": [good[0]],
                   "theme_1": [bad[1], bad[2]], "theme_2": [bad[0]], "theme_3": [good[3]]},
        findings=findings,
        actions=[
            Action(code="action.answer_reviews", params={"count": 11, "oldest_day": "2026-09-09"}, owner="client", due=date(2026, 10, 5)),
            Action(code="action.answer_waiting", params={"count": waiting_count, "oldest_day": "2026-09-26"}, owner="client", due=date(2026, 10, 2)),
            Action(code="action.explain_peak", params={"day": "2026-09-08"}, owner="agency", due=date(2026, 10, 7)),
            Action(code="action.fix_coverage", params={"source_names": ["X (API)"]}, owner="agency", due=date(2026, 10, 9)),
        ],
        events=[{"date": "2026-09-08", "label": "Panne du paiement dans l’application"},
                {"date": "2026-09-12", "label": "Excuses publiques et geste commercial"},
                {"date": "2026-09-24", "label": "Ouverture de l’atelier de réparation, Lyon"}],
        coverage=Coverage(
            measured_pct=98.6,
            sources=[
                SourceCoverage(source_id="x", name="X (API)", measured_pct=95.8, item_count=260,
                               day_states=["ok"] * 16 + ["partial"] + ["ok"] * 13,
                               gaps=[Gap(start="2026-09-17T04:00", end="2026-09-17T21:15", state="throttled", reason="quota mensuel atteint")]),
                SourceCoverage(source_id="instagram", name="Instagram", measured_pct=100, item_count=350, day_states=["ok"] * 30, gaps=[]),
                SourceCoverage(source_id="news", name="Presse (flux)", measured_pct=100, item_count=131, day_states=["ok"] * 5 + ["ok_empty"] * 2 + ["ok"] * 23, gaps=[]),
                SourceCoverage(source_id="google", name="Google (avis)", measured_pct=100, item_count=196, day_states=["ok"] * 30, gaps=[]),
                SourceCoverage(source_id="trustpilot", name="Trustpilot", measured_pct=93.3, item_count=66,
                               day_states=["ok"] * 20 + ["not_asked"] * 2 + ["ok"] * 8,
                               gaps=[Gap(start="2026-09-21T00:00", end="2026-09-23T00:00", state="not_asked", reason="export non déposé")]),
            ],
            brands_not_measured=[], quarantined_count=3,
            quarantine_reasons=[{"reason": "date illisible", "row_count": 3}],
            unmatched_count=418, excluded_count=27, duplicate_count=36,
        ),
        methods=methods(CARDS_FR),
        models=[
            {"model": "cardiff-xlm-t", "version": "2024-05", "mention_count": count - 51},
            {"model": "person", "version": None, "mention_count": 51},
        ],
        agreement=[
            {"language": "fr", "model": "cardiff-xlm-t", "version": "2024-05", "checked_count": 48, "agreed_count": 41, "agreement_pct": 85.4, "low_pct": 72.8, "high_pct": 92.8},
            {"language": "en", "model": "cardiff-xlm-t", "version": "2024-05", "checked_count": 5, "agreed_count": 4, "agreement_pct": 80.0, "low_pct": 37.6, "high_pct": 96.4},
        ],
        corrected={"dismissed": 3, "given": 1, "received": 0, "spam": 2},
        rows={"core.mention_current": "0" * 64},
    )  # fmt: skip


def english() -> Edition:
    """A week of an English software company and its community, a day of it not measured."""
    start, end = date(2026, 9, 14), date(2026, 9, 20)
    rows = volume_rows(start, end, 28, 9, missing=[date(2026, 9, 17)], partial=[date(2026, 9, 19)])
    count = total(rows, "item_count")
    positive, negative = total(rows, "positive_count"), total(rows, "negative_count")
    net = round((positive - negative) / count * 100, 1)
    periods = period_rows(
        rows, start, 7, [150, 162, 171, 149, 158, 190, 166, None, 172, 181, 177, 169], None
    )
    sources = source_rows(
        [("github", 0.36), ("discord", 0.28), ("hacker_news", 0.2), ("mastodon", 0.16)], rows
    )
    members = [88, 91, 97, 90, 102, 99, 110, None, 108, 113, 119, 117, 126]
    community = [
        {"start": p["start"], "end": p["end"], "active_member_count": n, "newcomer_count": None if n is None else n // 8,
         "post_count": None if n is None else n * 4 + i * 3, "status": "ok" if n is not None else "not_measured"}
        for i, (p, n) in enumerate(zip(periods, members, strict=True))
    ]  # fmt: skip
    response_days = [
        {"day": r["day"], "inbound_count": None if r["item_count"] is None else n,
         "answered_count": None if r["item_count"] is None else a}
        for r, n, a in zip(rows, [4, 3, 5, 0, 4, 1, 2], [4, 2, 4, 0, 3, 1, 1], strict=True)
    ]  # fmt: skip
    answered, inbound = (
        total(response_days, "answered_count"),
        total(response_days, "inbound_count"),
    )
    newcomers = [
        {"author": f"@{name}", "first_day": f"2026-09-{14 + i % 6}", "post_count": 1 + i % 4, "is_answered": i % 3 != 0}
        for i, name in enumerate(["kestrel", "oona", "tomasz-w", "bram", "ines.dev", "lupin", "ravi_k", "saoirse", "milo", "petra", "quill", "fen", "yuki", "dov", "amara"])
    ]  # fmt: skip
    good = [
        verbatim("2026-09-15T09:10", "hacker_news", "Tidewater’s new sync engine is the first one I have not had to babysit. Two weeks in and no conflict.", "positive", author="pjlewis", engagement=212),
        verbatim("2026-09-18T16:32", "mastodon", "Shout-out to the Tidewater docs team: the migration guide answered every question I had, in order.", "positive", author="@kestrel", engagement=41),
        verbatim("2026-09-20T11:02", "github", "Upgraded 40 workspaces without a hitch. Thank you for the dry-run flag.", "positive", author="bram", engagement=17),
    ]  # fmt: skip
    bad = [
        verbatim("2026-09-14T21:47", "github", "4.2 drops the legacy webhook without a word in the changelog. That cost us a morning.", "negative", author="tomasz-w", engagement=58),
        verbatim("2026-09-16T13:15", "discord", "Is anyone else seeing exports stall at 99%? Third time this week.", "negative", author="oona", engagement=9),
        verbatim("2026-09-19T08:22", "hacker_news", "Pricing page says “per seat”, invoice says “per active device”. Pick one.", "negative", author="lupin", engagement=133),
    ]  # fmt: skip
    waiting = [verbatim("2026-09-18T10:05", "discord", "How do I rotate an API key without dropping live sessions?", "neutral", author="@ravi_k", waiting=3715, channel="community"),
               verbatim("2026-09-20T19:30", "github", "Docs: the example in “Backfills” does not run on 4.2.", "negative", author="@fen", waiting=270, channel="community")]  # fmt: skip
    measured = 85.7
    findings = {
        "volume": [found("volume.partial", value=count, measured_pct=measured), found("volume.steady", low=19, high=34)],
        "sentiment": [found("sentiment.no_prior", value=net, n=count)],
        "share_of_voice": [found("sov.no_competitor")],
        "sources": [found("sources.top", network=sources[0]["network"], share_pct=sources[0]["share_pct"], second_network=sources[1]["network"], second_share_pct=sources[1]["share_pct"])],
        "responsiveness": [found("response.few", answered=answered, n=inbound)],
        "community": [found("community.active", value=126, prior=117, newcomers=15)],
        "authors": [found("authors.concentration", top_count=5, share_pct=18.2)],
        "verbatims": [found("verbatims.split", positive_count=positive, negative_count=negative)],
        "coverage": [found("coverage.gaps", measured_pct=measured, source_names=["Discord", "GitHub", "Hacker News", "Mastodon"])],
        "methods": [found("methods.basis", models=["vader"])],
    }  # fmt: skip
    findings["summary"] = [
        findings["community"][0],
        findings["volume"][0],
        findings["sentiment"][0],
        findings["responsiveness"][0],
    ]
    gap = [
        Gap(
            start="2026-09-17T00:00",
            end="2026-09-18T00:00",
            state="source_down",
            reason="collection host offline",
        )
    ]
    states = ["ok"] * 3 + ["source_down"] + ["ok"] * 3
    return Edition(
        key=Key(client="tidewater", report="weekly", scope="tidewater", locale="en-GB", period="2026-09-14--2026-09-20"),
        client={"id": "tidewater", "name": "Tidewater", "timezone": "Europe/London"},
        agency={"name": "Atelier Nord", "website": "https://atelier-nord.example"},
        report={"title": "Community weekly", "format": "full", "cadence": "weekly"},
        brand={"id": "tidewater", "name": "Tidewater"},
        period=Period(kind="week", start=start, end=end, issued_on=date(2026, 9, 21),
                      previous=Span(start=date(2026, 9, 7), end=date(2026, 9, 13)),
                      last_year=Span(start=date(2025, 9, 15), end=date(2025, 9, 21))),
        minimum_n=30,
        sections=["cover", "summary", "community", "volume", "sentiment", "sources", "responsiveness", "verbatims", "authors", "coverage", "methods"],
        figures={
            "mention_volume": figure(count, "items", "mention_volume", prior=169, status="partial"),
            "net_sentiment": figure(net, "points", "net_sentiment", n=count, prior_status="not_comparable"),
            "positive_count": figure(positive, "items", "positive_count", prior=66),
            "negative_count": figure(negative, "items", "negative_count", prior=38),
            "potential_reach": figure(None, "people", "potential_reach", status="not_measured", prior_status="not_measured"),
            "engagement": figure(1612, "interactions", "engagement", prior=1540),
            "author_count": figure(96, "authors", "author_count", prior=101),
            "inbound_count": figure(inbound, "items", "inbound_count", prior=22),
            "response_rate": figure(round(answered / inbound * 100, 1), "pct", "response_rate", n=inbound, status="n_too_small", prior_status="n_too_small"),
            "first_response_median": figure(None, "minutes", "first_response_time", n=inbound, status="n_too_small", prior_status="n_too_small"),
            "first_response_p90": figure(None, "minutes", "first_response_time_p90", n=inbound, status="not_reached", prior=2100),
            "still_waiting": figure(inbound - answered, "items", "still_waiting", prior=3),
            "active_members": figure(126, "authors", "active_members", prior=117),
            "newcomers": figure(15, "authors", "newcomers", prior=14),
            "community_posts": figure(540, "items", "community_posts", prior=501),
        },
        tables={
            "volume_by_day": rows, "volume_by_period": periods, "volume_by_hour": hour_rows(6, count),
            "volume_by_source": sources,
            "volume_by_language": [{"language": "en", "item_count": count - 6, "share_pct": round((count - 6) / count * 100, 1)}, {"language": "de", "item_count": 6, "share_pct": round(600 / count, 1)}],
            "response_by_day": response_days,
            "response_distribution": [{"bucket": b, "item_count": n} for b, n in [("under_1h", 4), ("1h_4h", 5), ("4h_24h", 4), ("1d_3d", 2), ("over_3d", 0), ("waiting", inbound - answered)]],
            "response_curve": [{"minutes": m, "answered_pct": p} for m, p in [(30, 10.5), (60, 21.1), (150, 36.8), (240, 47.4), (900, 68.4), (2600, 78.9)]],
            "community_by_period": community, "newcomers": newcomers,
            "top_authors": [{"author": n, "network": w, "item_count": c, "negative_count": b, "follower_count": f, "engagement_count": g} for n, w, c, b, f, g in [("@kestrel", "mastodon", 9, 0, 812, 120), ("tomasz-w", "github", 8, 4, None, 96), ("pjlewis", "hacker_news", 5, 0, None, 240), ("oona", "discord", 5, 3, None, 14), ("bram", "github", 4, 0, 62, 31)]],
        },
        verbatims={"positive": good, "negative": bad, "engaged": [good[0], bad[2], bad[0]], "waiting": waiting},
        findings=findings,
        actions=[
            Action(code="action.welcome_newcomers", params={"count": 5}, owner="client", due=date(2026, 9, 23)),
            Action(code="action.answer_waiting", params={"count": inbound - answered, "oldest_day": "2026-09-18"}, owner="client", due=date(2026, 9, 22)),
            Action(code="action.thank_authors", params={"authors": ["@kestrel", "pjlewis"]}, owner="agency", due=date(2026, 9, 25)),
        ],
        events=[{"date": "2026-09-15", "label": "Release 4.2"}],
        coverage=Coverage(
            measured_pct=measured,
            sources=[SourceCoverage(source_id=i, name=n, measured_pct=measured, item_count=c, day_states=states, gaps=gap) for i, n, c in [("discord", "Discord", 48), ("github", "GitHub", 61), ("hn", "Hacker News", 34), ("mastodon", "Mastodon", 27)]],
            brands_not_measured=[], quarantined_count=0, quarantine_reasons=[], unmatched_count=12, excluded_count=0, duplicate_count=2,
        ),
        methods=methods(CARDS_EN),
        models=[{"model": "vader", "version": "3.3.2", "mention_count": count}],
        rows={},
    )  # fmt: skip


def restaurant() -> Edition:
    """A month of a small French restaurant, on two pages."""
    start, end = date(2026, 8, 1), date(2026, 8, 31)
    rows = volume_rows(start, end, 3, 12)
    for row in rows:
        row["item_count"] = max(row["item_count"] - 2, 0)
        row["positive_count"] = row["item_count"]
        row["neutral_count"] = row["negative_count"] = 0
    months = [
        {"month": date(2025 + (8 + i) // 12, (8 + i) % 12 + 1, 1).isoformat(), "review_count": n, "average_rating": r, "status": "ok"}
        for i, (n, r) in enumerate([(9, 4.4), (11, 4.5), (7, 4.3), (14, 4.6), (6, 4.2), (8, 4.4), (10, 4.5), (12, 4.3), (9, 4.6), (13, 4.5), (15, 4.4), (12, 4.17)])
    ]  # fmt: skip
    bad = [
        verbatim("2026-08-09T22:10", "google", "Une heure d’attente entre l’entrée et le plat, et pas un mot d’excuse. La blanquette était bonne, dommage.", "negative", author="Bertrand L.", rating=2, channel="review"),
        verbatim("2026-08-22T14:35", "tripadvisor", "Réservation perdue, nous avons fini à la terrasse d’à côté avec deux enfants fatigués.", "negative", author="Famille Osei", rating=1, channel="review"),
    ]  # fmt: skip
    good = [
        verbatim("2026-08-15T13:20", "google", "La meilleure tarte Tatin de Rennes, et un patron qui prend le temps de vous parler de ses producteurs.", "positive", author="Solène T.", rating=5, channel="review"),
        verbatim("2026-08-27T21:05", "thefork", "Menu du midi impeccable, service souriant, addition douce. On y retourne la semaine prochaine.", "positive", author="Adrien C.", rating=5, channel="review"),
    ]  # fmt: skip
    waiting = [bad[0].model_copy(update={"waiting_minutes": 31790}), bad[1].model_copy(update={"waiting_minutes": 13525}),
               verbatim("2026-08-30T20:12", "google", "Très bon moment, un peu bruyant près du bar.", "neutral", author="Maud", rating=4, waiting=1668, channel="review")]  # fmt: skip
    count = total(rows, "item_count")
    findings = {
        "reviews": [
            found("reviews.few", n=12, value=4.2),
            found("reviews.unanswered", count=3, negative_count=2),
        ],
        "verbatims": [found("verbatims.split", positive_count=9, negative_count=2)],
        "coverage": [found("coverage.complete", source_count=3)],
        "summary": [found("reviews.few", n=12, value=4.2)],
    }
    return Edition(
        key=Key(client="chez-lucienne", report="monthly", scope="chez-lucienne", locale="fr-FR", period="2026-08-01--2026-08-31"),
        client={"id": "chez-lucienne", "name": "Chez Lucienne", "timezone": "Europe/Paris"},
        agency={"name": "Atelier Nord", "website": "https://atelier-nord.example"},
        report={"title": "Vos avis du mois", "format": "small", "cadence": "monthly"},
        brand={"id": "chez-lucienne", "name": "Chez Lucienne"},
        period=Period(kind="month", start=start, end=end, issued_on=date(2026, 9, 1),
                      previous=Span(start=date(2026, 7, 1), end=date(2026, 7, 31)),
                      last_year=Span(start=date(2025, 8, 2), end=date(2025, 9, 1))),
        minimum_n=5, sections=["summary", "reviews", "verbatims", "share_of_voice", "methods"],
        figures={
            "review_score": figure(4.17, "stars", "review_score", prior=4.4, n=12),
            "review_count": figure(12, "items", "review_count", prior=15, last_year=10),
            "review_unanswered": figure(3, "items", "review_unanswered", prior=1),
            "mention_volume": figure(count, "items", "mention_volume", prior=34),
        },
        tables={
            "volume_by_day": rows, "reviews_by_month": months,
            "reviews_by_brand": [{"brand_id": i, "brand_name": n, "is_own": i == "chez-lucienne", "review_count": c, "average_rating": r}
                                 for i, n, c, r in [("chez-lucienne", "Chez Lucienne", 126, 4.4), ("le-quai", "Le Petit Quai", 61, 4.21)]],
            "rating_distribution": [{"stars": s, "period_count": p, "year_count": y} for s, p, y in [(5, 7, 78), (4, 3, 31), (3, 0, 9), (2, 1, 5), (1, 1, 3)]],
            "share_of_voice": [{"brand_id": i, "brand_name": n, "is_own": i == "chez-lucienne", "item_count": c, "share_pct": s, "prior_share_pct": p, "net_sentiment": None, "status": "ok"}
                               for i, n, c, s, p in [("breizh-table", "La Table du Mail", 44, 41.5, 40.0), ("chez-lucienne", "Chez Lucienne", 34, 32.1, 33.5), ("le-quai", "Le Petit Quai", 28, 26.4, 26.5)]],
        },
        verbatims={"review_negative": bad, "review_positive": good, "waiting": waiting, "review_waiting": waiting},
        findings=findings,
        actions=[
            Action(code="action.answer_reviews", params={"count": 3, "oldest_day": "2026-08-09"}, owner="client", due=date(2026, 9, 4)),
            Action(code="action.thank_authors", params={"authors": ["Solène T."]}, owner="client", due=date(2026, 9, 7)),
            Action(code="action.keep_on", params={}, owner="agency", due=date(2026, 9, 30)),
        ],
        events=[],
        coverage=Coverage(measured_pct=100, sources=[SourceCoverage(source_id=i, name=n, measured_pct=100, item_count=c, day_states=["ok"] * 31, gaps=[]) for i, n, c in [("google", "Google", 8), ("tripadvisor", "Tripadvisor", 2), ("thefork", "TheFork", 2)]],
                          brands_not_measured=[], quarantined_count=0, quarantine_reasons=[], unmatched_count=0, excluded_count=0, duplicate_count=0),
        methods=methods(CARDS_FR[:2]), models=[], rows={},
    )  # fmt: skip


def empty() -> Edition:
    """A month in which every day was measured and nobody said anything."""
    full = french()
    zero = {"item_count": 0, "positive_count": 0, "neutral_count": 0, "negative_count": 0}
    rows = [
        row | zero | {"status": "ok", "prior_item_count": 0} for row in full.tables["volume_by_day"]
    ]
    periods = [
        row | zero | {"net_sentiment": None, "share_of_voice_pct": None, "status": "ok"}
        for row in full.tables["volume_by_period"]
    ]
    sources = [
        one.model_copy(
            update={
                "day_states": ["ok_empty"] * 30,
                "gaps": [],
                "item_count": 0,
                "measured_pct": 100.0,
            }
        )
        for one in full.coverage.sources
    ]
    count = {"prior": 0, "status": "ok"}
    return full.model_copy(update={
        "sections": list(SECTIONS),
        "figures": {
            "mention_volume": figure(0, "items", "mention_volume", **count),
            "net_sentiment": figure(None, "points", "net_sentiment", status="none", prior_status="none"),
            "share_of_voice": figure(None, "pct", "share_of_voice", status="none", prior_status="none"),
            "potential_reach": figure(0, "people", "potential_reach", **count),
            "review_count": figure(0, "items", "review_count", **count),
            "review_score": figure(None, "stars", "review_score", status="none", prior_status="none"),
            "inbound_count": figure(0, "items", "inbound_count", **count),
            "response_rate": figure(None, "pct", "response_rate", status="none", prior_status="none"),
            "active_members": figure(0, "authors", "active_members", **count),
        },
        "tables": {"volume_by_day": rows, "volume_by_period": periods},
        "verbatims": {}, "actions": [], "events": [], "models": [],
        "findings": {
            "summary": [found("volume.zero"), found("coverage.complete", source_count=5)],
            "volume": [found("volume.zero")], "sentiment": [found("sentiment.zero")],
            "share_of_voice": [found("sov.no_competitor")], "sources": [found("sources.none")],
            "reviews": [found("reviews.none")], "verbatims": [found("verbatims.none")],
            "responsiveness": [found("response.none")], "community": [found("community.none")],
            "authors": [found("authors.none")], "coverage": [found("coverage.complete", source_count=5)],
            "methods": [found("methods.basis", models=[])],
        },
        "coverage": Coverage(measured_pct=100, sources=sources, brands_not_measured=[], quarantined_count=0,
                             quarantine_reasons=[], unmatched_count=0, excluded_count=0, duplicate_count=0),
    })  # fmt: skip


def unwatched() -> Edition:
    """A month that no source measured: everything is unknown, nothing is zero."""
    full = empty()
    nulls = dict.fromkeys(("item_count", "positive_count", "neutral_count", "negative_count"))
    rows = [
        row | nulls | {"status": "not_measured", "prior_item_count": None}
        for row in full.tables["volume_by_day"]
    ]
    periods = [
        *full.tables["volume_by_period"][:-1],
        full.tables["volume_by_period"][-1] | nulls | {"status": "not_measured"},
    ]
    gap = [
        Gap(start="2026-09-01T00:00", end="2026-10-01T00:00", state="not_configured", reason=None)
    ]
    sources = [
        one.model_copy(
            update={"day_states": ["not_configured"] * 30, "gaps": gap, "measured_pct": 0.0}
        )
        for one in full.coverage.sources
    ]
    return full.model_copy(update={
        "figures": {name: figure(None, one.unit, one.metric, status="not_measured", prior_status="not_measured") for name, one in full.figures.items()},
        "tables": {"volume_by_day": rows, "volume_by_period": periods},
        "findings": full.findings | {
            "summary": [found("volume.not_measured"), found("coverage.none")],
            "volume": [found("volume.not_measured")], "sentiment": [found("sentiment.not_measured")],
            "share_of_voice": [found("sov.not_measured")], "responsiveness": [found("response.not_measured")],
            "coverage": [found("coverage.none")],
        },
        "coverage": full.coverage.model_copy(update={"measured_pct": 0.0, "sources": sources}),
    })  # fmt: skip


def tiny() -> Edition:
    """A week of a small client: 14 mentions, two days of it measured in part, one competitor."""
    full = french()
    counts = [(1, 0, 1), (1, 1, 1), (0, 2, 1), (1, 1, 0), (1, 0, 0), (0, 0, 2), (1, 0, 0)]
    start, end = date(2026, 5, 25), date(2026, 5, 31)
    rows = [
        {"day": when.isoformat(), "item_count": sum(three), "positive_count": three[0],
         "neutral_count": three[1], "negative_count": three[2], "prior_item_count": None,
         "last_year_item_count": None, "status": "partial" if when in (start, end) else "ok"}
        for when, three in zip(days_of(start, end), counts, strict=True)
    ]  # fmt: skip
    periods = [
        {**row, "item_count": None, "net_sentiment": None, "share_of_voice_pct": None, "status": "not_measured"}
        for row in full.tables["volume_by_period"]
    ]  # fmt: skip
    periods[-1] |= {
        "item_count": 14,
        "positive_count": 5,
        "neutral_count": 4,
        "negative_count": 5,
        "status": "partial",
    }
    networks = [("x", 7, 3, 4), ("forum", 5, 1, 0), ("news", 2, 1, 1)]
    unheard = {"prior_status": "not_measured"}
    gap = Gap(start="2026-05-25T00:00", end="2026-05-25T14:30", state="not_asked", reason=None)
    source = SourceCoverage(source_id="veille", name="veille", measured_pct=88.4, item_count=14,
                            day_states=["partial", *["ok"] * 5, "partial"], gaps=[gap])  # fmt: skip
    leader = found(
        "sov.leader",
        share_pct=87.5,
        second_name="Cyclane",
        second_share_pct=12.5,
        count=14,
        n=16,
        second_count=2,
    )
    top = found(
        "sources.top",
        network="x",
        share_pct=50.0,
        second_network="forum",
        second_share_pct=35.7,
        count=7,
        n=14,
        second_count=5,
    )
    volume = found("volume.partial", value=14, measured_pct=88.4)
    few = found("sentiment.too_few", n=14, positive_count=5, negative_count=5)
    return full.model_copy(update={
        "period": Period(kind="week", start=start, end=end, issued_on=date(2026, 6, 1),
                         previous=Span(start=date(2026, 5, 18), end=date(2026, 5, 24)),
                         last_year=Span(start=date(2025, 5, 26), end=date(2025, 6, 1))),
        "sections": ["cover", "summary", "volume", "sentiment", "share_of_voice", "sources", "responsiveness", "coverage", "methods"],
        "figures": {
            "mention_volume": figure(14, "items", "mention_volume", status="partial", **unheard),
            "positive_count": figure(5, "items", "positive_count", status="partial", **unheard),
            "negative_count": figure(5, "items", "negative_count", status="partial", **unheard),
            "net_sentiment": figure(0.0, "points", "net_sentiment", n=14, status="n_too_small", **unheard),
            "share_of_voice": figure(87.5, "pct", "share_of_voice", n=16, status="n_too_small", **unheard),
            "inbound_count": figure(1, "items", "inbound_count", status="partial", **unheard),
            "response_rate": figure(0.0, "pct", "response_rate", n=1, status="n_too_small", **unheard),
        },
        "tables": {
            "volume_by_day": rows, "volume_by_period": periods, "volume_by_hour": hour_rows(5, 14),
            "volume_by_source": [
                {"network": name, "item_count": n, "share_pct": round(n / 14 * 100, 1), "prior_item_count": None,
                 "positive_count": good, "neutral_count": n - good - bad, "negative_count": bad, "net_sentiment": None}
                for name, n, good, bad in networks
            ],
            "share_of_voice": [
                {"brand_id": name.lower(), "brand_name": name, "is_own": n > 2, "item_count": n, "share_pct": n / 16 * 100,
                 "prior_share_pct": None, "net_sentiment": None, "status": "partial"}
                for name, n in (("Brizelle", 14), ("Cyclane", 2))
            ],
            "response_by_day": [{"day": "2026-05-26", "inbound_count": 1, "answered_count": 0}],
            "response_distribution": [{"bucket": "waiting", "item_count": 1}],
        },
        "verbatims": {}, "events": [],
        "findings": full.findings | {
            "summary": [volume, few, leader], "volume": [volume], "sentiment": [few], "share_of_voice": [leader],
            "sources": [top], "responsiveness": [found("response.few", answered=0, n=1)],
        },
        "coverage": full.coverage.model_copy(update={"measured_pct": 88.4, "sources": [source]}),
    })  # fmt: skip


SAMPLES = {
    "tiny": (tiny, "oyez"),
    "french": (french, "verdier"),
    "english": (english, "tidewater"),
    "restaurant": (restaurant, "chez-lucienne"),
    "empty": (empty, "oyez"),
    "unwatched": (unwatched, "oyez"),
}
