"""Themes of a report, from the texts that came in to the page; terms go with the words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oyez import line, upkeep

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench
from .test_terms import NOW, SUNDAY, Site, allow, collect, desk, found, site

__all__ = ["desk", "site"]  # fixtures

THEMES = {"themes": [{"id": "boxes", "name": "Boxes", "terms": ["box"]}]}
TERMS = (
    "select native_id, terms, themes from core.item_theme join core.item using (item_id) order by 1"
)


def export(bench: Bench, texts: list[tuple[date, str]]) -> None:
    """Collect one file with these texts, each by another author."""
    rows = "".join(
        f'p{n},{day}T12:00:00+02:00,"{text}",author{n},{n % 7}\n'
        for n, (day, text) in enumerate(texts)
    )
    bench.drop("weeks.csv", f"id,date,text,author,likes\n{rows}")
    unit = {"client_id": "acme", "source_id": "export", "day": SUNDAY, "kind": "file"}
    line.collect(bench.workspace, [unit])
    bench.publish(SUNDAY)


def test_a_week_is_told_by_the_terms_that_it_holds_more_often(desk: Bench) -> None:
    desk.write("clients/acme.yml", SMALL_CLIENT | THEMES)
    covers = [{"start": "2026-03-01T23:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}]
    desk.write("mappings/export.yml", SMALL_MAPPING | {"covers": covers})
    monday = date(2026, 5, 25)
    usual = [f"Acme sells fine anvils, number {n}" for n in range(40)]
    texts = [(monday, text) for text in usual]
    texts += [
        (monday - timedelta(weeks=1 + n % 12), f"Acme sells fine anvils, number {n}")
        for n in range(400)
    ]
    # Twenty people of sixty write of broken boxes, in the plural or not.
    texts += [
        (monday, f"Broken {'box' if n % 4 else 'boxes'} from Acme, awful, case {n} for me")
        for n in range(20)
    ]
    export(desk, texts)
    edition = desk.edition("acme", "weekly", SUNDAY)
    (first, *_) = edition["tables"]["themes"]
    assert (first["term"], first["item_count"], first["item_total"]) == ("broken box", 20, 60)
    assert (first["baseline_item_count"], first["baseline_item_total"]) == (0, 400)
    assert "acme" not in repr(edition["tables"]["themes"]).lower()
    assert edition["findings"]["themes"][0]["code"] == "themes.top"
    quoted = edition["verbatims"]["theme_1"]
    assert len(quoted) == 2
    assert all("Broken box" in one["text"] for one in quoted)
    assert first["refs"].split()[:2] == [one["ref"] for one in quoted]
    (own,) = edition["tables"]["own_themes"]
    assert (own["theme_name"], own["item_count"], own["prior_item_count"]) == ("Boxes", 20, 0)
    assert "themes" in edition["sections"]
    assert "theme" in {one["metric"] for one in edition["methods"]}


def test_words_that_may_not_be_shown_are_no_example(
    desk: Bench,
    site: type[Site],
) -> None:
    allow(site, may_show_text=False)
    desk.write(
        "clients/acme.yml", SMALL_CLIENT | THEMES | {"sources": [{"id": "site", "kind": "site"}]}
    )
    site.items = [found(str(n), "Acme broke a box") for n in range(3)]
    collect(desk)
    desk.publish(SUNDAY)
    assert [row[1:] for row in desk.query(TERMS)] == [
        (["broke", "broke a box", "box"], ["boxes"])
    ] * 3
    assert "broke" not in repr(desk.edition("acme", "weekly", SUNDAY))


@pytest.mark.parametrize("kind", ["withdrawn", "let go"])
def test_terms_go_with_the_words(
    desk: Bench,
    site: type[Site],
    kind: str,
) -> None:
    terms = {"recheck_days": 30} if kind == "withdrawn" else {"retention_days": 30}
    allow(site, **terms)
    sources = {"sources": [{"id": "site", "kind": "site"}]}
    desk.write("clients/acme.yml", SMALL_CLIENT | THEMES | sources)
    site.items = [found("1", "Acme broke a box")]
    collect(desk)
    desk.publish(SUNDAY)
    ((_, terms_before, _),) = desk.query(TERMS)
    assert terms_before
    for later in (1, 2) if kind == "withdrawn" else (31,):
        upkeep.upkeep(desk.workspace, "acme", "site", now=NOW + timedelta(days=later))
    desk.publish(SUNDAY)
    # The client's themes are a reading, and a count that stays; of a withdrawn item nothing does.
    expected = [] if kind == "withdrawn" else [("1", None, ["boxes"])]
    assert desk.query(TERMS) == expected
    line.rebuild(desk.workspace)
    assert desk.query(TERMS) == expected
