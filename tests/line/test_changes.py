"""A restated edition says which numbers moved, and why: beside it and in its PDF."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oyez import line
from oyez.corrections import change, correct
from oyez.edition.changes import Changes

from .conftest import SMALL_CLIENT, Bench, Keep, post, table

SUNDAY = "2026-05-31"
WEEK = [post(number, day=25 + number % 7) for number in range(14)]


def publish_week(small: Bench) -> None:
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)


@pytest.fixture
def week(kept: Keep, blank_pages: None) -> Bench:
    return kept(publish_week)[0]


def mention(bench: Bench, native: str) -> str:
    (row,) = bench.query(
        "select mention_id from core.mention as m join core.item as i using (item_id) "
        "where native_id = ? and brand_id = 'acme'",
        [native],
    )
    return str(row[0])


def revised(bench: Bench) -> tuple[dict[str, Any], dict[str, list[tuple[str, int | None]]]]:
    """Return the changes of the last revision, and figure → its reasons in the reported period."""
    (made,) = bench.day(SUNDAY).editions
    assert made["new"]
    key = made["edition"].replace("edition.json", "changes.json")
    body = json.loads(bench.workspace.storage.read(key))
    reasons = {
        one["figure"]: [(why["code"], why["count"]) for why in one["reasons"]]
        for one in body["numbers"]
        if one["period"] == "reported"
    }
    return body, reasons


def test_a_first_revision_has_no_changes(week: Bench) -> None:
    assert not [key for key in week.bytes("editions/") if key.endswith("changes.json")]


def test_late_items_are_counted(week: Bench) -> None:
    late = [post(90 + n, day=26, text="Acme is awful", likes=0) for n in range(3)]
    week.drop("late.csv", table(*late))
    body, reasons = revised(week)
    assert (body["since_revision"], body["revision"]) == (1, 2)
    moved = {one["figure"]: (one["then"], one["now"]) for one in body["numbers"]}
    assert moved["mention_volume"] == (14, 17)
    assert moved["negative_count"] == (0, 3)
    assert "positive_count" not in moved
    assert reasons["mention_volume"] == reasons["negative_count"] == [("late_data", 3)]
    assert "tables.volume_by_day" in body["parts"]


def test_the_cells_of_the_tables_are_listed_with_their_reasons(week: Bench) -> None:
    """Late items of two brands on one day, and a correction: every number of every table."""
    before = kept(week)
    globex = [post(95 + n, day=26, text="Globex is here", likes=0) for n in range(2)]
    week.drop("late.csv", table(post(90, day=26, text="Acme is awful", likes=0), *globex))
    correct(week.workspace, "acme", [change(mention(week, "p1"), "sentiment", "negative", "ann")])
    body, _ = revised(week)
    cells = {one["path"]: one for one in body["cells"]}

    def told(path: str) -> tuple[Any, Any, list[tuple[str, int | None]]]:
        one = cells[path]
        return (
            one["then"],
            one["now"],
            [(why["code"], why["count"]) for why in one["reasons"]],
        )

    day = "tables.volume_by_day[day=2026-05-26]"
    assert told(f"{day}.item_count") == (2, 3, [("late_data", 1)])
    assert told(f"{day}.negative_count") == (0, 2, [("late_data", 1), ("correction", 1)])
    voice = "tables.share_of_voice[brand_id=globex]"
    assert told(f"{voice}.item_count") == (0, 2, [("late_data", 3)])
    assert cells[f"{voice}.item_count"]["label"] == "Globex"
    history = "tables.volume_by_period[start=2026-05-25]"
    assert told(f"{history}.item_count") == (14, 15, [("late_data", 1)])
    assert told("figures.share_of_voice.n") == (14, 17, [("late_data", 3)])
    # Every number of a table that differs is there, and no other.
    after = kept(week)
    numbers = moved_numbers(before["tables"], after["tables"])
    assert numbers > 10
    assert sum(path.startswith("tables.") for path in cells) == numbers


def kept(bench: Bench) -> dict[str, Any]:
    keys = [key for key in bench.bytes("editions/") if key.endswith("edition.json")]
    body: dict[str, Any] = json.loads(bench.workspace.storage.read(keys[-1]))
    return body


def moved_numbers(before: Any, after: Any) -> int:
    """Count the numbers that differ; rows of the tables compared here keep their places."""
    if isinstance(after, dict):
        return sum(moved_numbers(before.get(key), value) for key, value in after.items())
    if isinstance(after, list):
        old = [*(before or []), *[{}] * len(after)]
        return sum(moved_numbers(was, value) for was, value in zip(old, after, strict=False))
    pair = [isinstance(one, int | float) and not isinstance(one, bool) for one in (before, after)]
    return int(any(pair) and before != after)


def test_a_withdrawal_and_a_formula_are_reasons_of_cells(week: Bench) -> None:
    from oyez import journal

    (gone,) = week.query("select item_id from core.item where native_id = 'p5'")
    body = {"item_id": gone[0], "reason": "gone"}
    journal.record(week.workspace.storage, "withdrawal", "acme", gone[0], body)
    storage = week.workspace.storage
    (key,) = [key for key in week.bytes("editions/") if key.endswith("provenance.json")]
    made = json.loads(storage.read(key))
    made["formulas"]["share_of_voice"] = "another formula"
    storage.replace(key, json.dumps(made).encode())
    found, _ = revised(week)
    codes = {one["path"]: [why["code"] for why in one["reasons"]] for one in found["cells"]}
    assert codes["tables.volume_by_day[day=2026-05-30].item_count"] == ["withdrawal"]
    voice = "tables.share_of_voice[brand_id=acme].item_count"
    assert codes[voice] == ["formula", "withdrawal"]


def test_only_what_came_since_the_former_revision_counts(week: Bench) -> None:
    week.drop("late.csv", table(post(90, day=26)))
    revised(week)
    week.drop("later.csv", table(post(91, day=27), post(92, day=27)))
    body, reasons = revised(week)
    assert (body["since_revision"], body["revision"]) == (2, 3)
    assert reasons["mention_volume"] == [("late_data", 2)]


def test_corrections_move_what_they_are_about(week: Bench) -> None:
    said = [
        change(mention(week, "p1"), "sentiment", "negative", "ann"),
        change(mention(week, "p2"), "sentiment", "negative", "ann"),
    ]
    correct(week.workspace, "acme", said)
    _, reasons = revised(week)
    assert reasons["positive_count"] == reasons["negative_count"] == [("correction", 2)]
    assert "mention_volume" not in reasons
    correct(week.workspace, "acme", [change(mention(week, "p3"), "not_about_us", "yes", "ann")])
    _, reasons = revised(week)
    assert reasons["mention_volume"] == [("correction", 1)]


def test_late_data_and_a_correction_are_both_told(week: Bench) -> None:
    correct(week.workspace, "acme", [change(mention(week, "p3"), "not_about_us", "yes", "ann")])
    week.drop("late.csv", table(post(90, day=26), post(91, day=26)))
    _, reasons = revised(week)
    assert reasons["mention_volume"] == [("late_data", 2), ("correction", 1)]


def test_a_changed_text_and_a_withdrawal_have_their_own_words(week: Bench) -> None:
    week.drop("week.csv", table(post(0, day=25, text="Acme is awful"), *WEEK[1:]))
    _, reasons = revised(week)
    assert reasons["negative_count"] == [("changed_data", 1)]
    from oyez import journal

    (gone,) = week.query("select item_id from core.item where native_id = 'p5'")
    body = {"item_id": gone[0], "reason": "gone"}
    journal.record(week.workspace.storage, "withdrawal", "acme", gone[0], body)
    _, reasons = revised(week)
    assert reasons["mention_volume"] == [("withdrawal", 1)]


def test_a_changed_formula_is_named_for_its_figure_alone(
    week: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card's version tells, where the earlier revision kept no hashes."""
    storage = week.workspace.storage
    (key,) = [key for key in week.bytes("editions/") if key.endswith("provenance.json")]
    made = json.loads(storage.read(key))
    made["formulas"]["net_sentiment"] = "another formula"
    storage.replace(key, json.dumps(made).encode())
    # Something must move: the value that the edition printed then.
    (kept,) = [key for key in week.bytes("editions/") if key.endswith("edition.json")]
    edition = json.loads(storage.read(kept))
    edition["figures"]["net_sentiment"]["value"] = 3.0
    edition["figures"]["mention_volume"]["value"] = 3
    storage.replace(kept, json.dumps(edition).encode())
    _, reasons = revised(week)
    assert reasons["net_sentiment"] == [("formula", None)]
    # Nothing on record explains the other one, and that is said.
    assert reasons["mention_volume"] == [("data", None)]


def test_running_again_changes_nothing(week: Bench) -> None:
    week.drop("late.csv", table(post(90, day=26)))
    revised(week)
    files = week.bytes("editions/")
    assert week.day(SUNDAY).editions[0]["new"] is False
    assert week.bytes("editions/") == files
    # Killed before the changes were written, and before the page was: the same bytes.
    for name in ("changes.json", "report.pdf"):
        (key,) = [key for key in files if key.endswith(f"r002/{name}")]
        week.workspace.storage.delete(key)
    week.day(SUNDAY)
    assert week.bytes("editions/") == files


def test_the_page_lists_them_and_prints_the_same_bytes_again(small: Bench) -> None:
    small.write(
        "clients/acme.yml",
        SMALL_CLIENT | {"locale": "fr-FR", "reports": [{"id": "weekly", "cadence": "weekly"}]},
    )
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)
    late = [post(90 + n, day=26, text="Acme is awful") for n in range(3)]
    small.drop("late.csv", table(*late))
    (made,) = small.day(SUNDAY).editions
    import pypdfium2

    pdf = small.workspace.storage.read(made["pdf"])
    text = " ".join(
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(pdf)
    ).replace("\u00a0", " ")
    assert "Ce qui a changé depuis la révision précédente" in text
    assert "Révision 1" in text
    assert "3 publications reçues depuis" in text
    assert "chiffres de tableaux (liste complète en pièce jointe)" in text
    key = made["edition"].replace("edition.json", "changes.json")
    Changes.model_validate_json(small.workspace.storage.read(key))
    small.workspace.storage.delete(made["pdf"])
    unit = {"client_id": "acme", "report_id": "weekly", "day": SUNDAY}
    (again,) = line.editions(small.workspace, [unit])
    assert small.workspace.storage.read(again["pdf"]) == pdf
