"""What the pages say of the reputation index, of kinds of media, and of restated values."""

from __future__ import annotations

from typing import Any

import pytest
from reading import everything
from sample_edition import SAMPLES

from oyez.edition.model import Bridge, Comparison, Edition, Figure
from oyez.render.pdf import render_pdf
from oyez.render.theme import load_theme

INDEX = Figure(
    value=62,
    unit="index",
    status="ok",
    prior=58,
    prior_kind="previous_period",
    comparisons=[
        Comparison(
            value=58,
            kind="previous_period",
            status="ok",
            printed=61,
            is_restated=True,
            changed=["sources", "data"],
        )
    ],
    metric="reputation_index",
    basis="cafe0123",
    ref="RI1",
)


def part(component: str, status: str = "ok", **given: Any) -> dict[str, Any]:
    return {
        "component": component,
        "value": None,
        "unit": "pct",
        "n": 0,
        "score": None,
        "prior_score": None,
        "weight": 10.0,
        "share_pct": None,
        "status": status,
        **given,
    }


TABLES: dict[str, list[dict[str, Any]]] = {
    "reputation": [
        part(
            "net_sentiment",
            value=21.4,
            unit="points",
            n=640,
            score=60.7,
            prior_score=58.0,
            weight=30.0,
            share_pct=46.2,
        ),
        part(
            "review_score",
            value=4.2,
            unit="stars",
            n=96,
            score=80.0,
            weight=25.0,
            share_pct=38.5,
        ),
        part("response_rate", value=31.0, n=52, score=31.0, weight=10.0, share_pct=15.3),
        part("positive_share_of_voice", "n_too_small", n=3, weight=20.0),
        part("crisis_free_days", "not_detected"),
    ],
    "media_types": [
        {
            "media_type": kind,
            "item_count": count,
            "share_pct": share,
            "prior_share_pct": prior,
            "untyped_count": 0,
        }
        for kind, count, share, prior in (
            ("earned", 120, 24.0, 20.1),
            ("shared", 350, 70.0, None),
            ("owned", 30, 6.0, 5.0),
            ("paid", 0, 0.0, 0.0),
        )
    ],
    "dependence": [
        {
            "item_count": 470,
            "network_count": 5,
            "network_herfindahl": 0.4321,
            "top_network": "x",
            "top_network_pct": 61.2,
            "source_count": 2,
            "source_herfindahl": 0.9,
        }
    ],
    "presence": [
        {
            "own_voice_count": 30,
            "voice_count": 500,
            "own_link_count": 12,
            "link_item_count": 80,
            "read_count": 470,
            "own_voice_pct": 6.0,
            "own_link_pct": 2.6,
            "own_link_among_links_pct": 15.0,
        }
    ],
    "engagement_by_network": [
        {"network": "mastodon", "engagement_rate_pct": 0.42},
        {"network": "youtube", "engagement_rate_pct": None},
    ],
}


def restated(sample: str) -> Edition:
    """Return a sample with an index, kinds of media, and three kinds of earlier values."""
    edition = SAMPLES[sample][0]()
    figures = dict(edition.figures)
    figures["reputation_index"] = INDEX
    volume, tone = figures["mention_volume"], figures["net_sentiment"]
    main = volume.comparisons[0].model_copy(
        update={"printed": 1180, "is_restated": True, "changed": ["data"]}
    )
    figures["mention_volume"] = volume.model_copy(
        update={"comparisons": [main, *volume.comparisons[1:]]}
    )
    refused = Comparison(value=1.0, kind="previous_period", status="not_comparable", reason="model")
    common = Bridge(sources=["a", "b"], value=290, prior=240)
    bridged = Comparison(value=251, kind="previous_period", status="bridged", bridge=common)
    older = Comparison(
        value=201, kind="last_year", status="ok", printed=199, is_restated=True, changed=["data"]
    )
    figures["negative_count"] = figures["negative_count"].model_copy(
        update={"comparisons": [bridged, older], "prior": None, "prior_kind": None}
    )
    figures["net_sentiment"] = tone.model_copy(
        update={"comparisons": [refused], "prior": None, "prior_kind": None}
    )
    return edition.model_copy(update={"figures": figures, "tables": {**edition.tables, **TABLES}})


@pytest.fixture(scope="module")
def french() -> str:
    pdf = render_pdf(restated("french"), load_theme("verdier"), load_theme("atelier-nord"))
    return everything(pdf)


def test_the_index_stands_with_its_components_and_weights(french: str) -> None:
    assert "Indice de réputation : 62/100" in french
    assert "Tonalité nette +21,4 pts 640 61 58 30 46,2 %" in french
    assert "Jours sans crise pas encore détecté" in french
    assert "Écartées, leur poids réparti sur les autres : part de voix positive, jours" in french


def test_an_earlier_value_says_what_was_printed_then_and_why_it_changed(french: str) -> None:
    assert "rectifié : 1 180 imprimé alors" in french
    assert "Depuis : données tardives ou corrigées" in french
    assert "≠ rectifiée depuis" in french


def test_last_year_is_said_with_its_dates(french: str) -> None:
    assert "N-1 : 1 012" in french
    assert "N-1 : 2 septembre – 1er octobre 2025, les mêmes jours de la semaine." in french
    assert "un an plus tôt (2 septembre – 1er octobre 2025)" in french


def test_a_difference_on_common_sources_says_so(french: str) -> None:
    told = "sur les 2 sources mesurées les deux fois : 290 contre 240 (mois préc.)"
    assert told in french
    assert "+21 %" in french  # 290 ÷ 240, worse: more negative mentions
    assert "N-1 : 201 (imprimé alors : 199)" in french


def test_a_refused_difference_says_why(french: str) -> None:
    assert "non comparable, autre modèle de tonalité" in french


def test_kinds_of_media_and_the_dependence_stand_with_the_sources(french: str) -> None:
    assert "Gagné : presse, blogs, avis 120 24,0 % 20,1 %" in french
    assert "X apporte 61,2 % des mentions, sur 5 réseaux (concentration 0,43" in french
    assert "Présence (mesure approchée" in french
    assert "Mastodon 0,42 %" in french
