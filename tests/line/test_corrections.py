"""What people say of a mention comes before what any model said, whenever it is said."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from oyez import corrections, journal, keys, line
from oyez.corrections import change, correct, listed, read
from oyez.errors import ConfigError, DataError

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, Keep, differing, post, table

SUNDAY = "2026-05-31"
LABELLED = (*("id", "date", "text", "author", "likes"), "tone")
COUNTED = """
    select brand_id, sum(item_count), sum(positive_count), sum(neutral_count), sum(negative_count)
    from metric.mention_volume group by brand_id having sum(item_count) > 0 order by brand_id
"""


def item(native_id: str) -> str:
    return keys.item_id("acme", "export", "", native_id)


def mention(native_id: str, brand: str = "acme") -> str:
    return keys.mention_id(item(native_id), brand)


def say(bench: Bench, *said: tuple[str, str, str], by: str = "ann", publish: bool = True) -> None:
    """Record changes in one entry, and publish."""
    correct(bench.workspace, "acme", [change(*one, by) for one in said])
    if publish:
        line.publish(bench.workspace, [])


def counted(bench: Bench) -> dict[str, tuple[int, ...]]:
    """Return brand → items, positive, neutral and negative ones."""
    return {brand: tuple(map(int, counts)) for brand, *counts in bench.query(COUNTED)}


def metrics_are_those_of_one_pass(bench: Bench) -> None:
    """A rebuild has the same rows: nothing was left uncomputed."""
    before = bench.rows()
    line.rebuild(bench.workspace)
    assert differing(before, bench.rows()) == {}


def publish_week(small: Bench) -> None:
    small.drop(
        "week.csv",
        table(
            post(1, text="Acme is great"),
            post(2, day=26, text="Acme is awful"),
            post(3, day=27, text="Acme or Globex?"),
            post(4, day=28, text="Acme opens at nine"),
        ),
    )
    small.day("2026-05-30")


@pytest.fixture
def week(kept: Keep) -> Bench:
    """p1 great, p2 awful, p3 both brands, p4 silent; published."""
    return kept(publish_week)[0]


def test_a_person_comes_before_the_model(week: Bench) -> None:
    assert counted(week)["acme"] == (4, 1, 2, 1)
    say(week, (mention("p1"), "sentiment", "negative"))
    assert counted(week)["acme"] == (4, 0, 2, 2)
    (row,) = week.query(
        "select sentiment, polarity, model, model_version from core.mention_current "
        "where mention_id = ?",
        [mention("p1")],
    )
    assert row == ("negative", Decimal("-1.000"), "person", None)
    # The model's own verdict stays, for the comparison.
    judged = "select sentiment from core.verdict where mention_id = ? and is_current"
    assert week.query(judged, [mention("p1")]) == [("positive",)]
    metrics_are_those_of_one_pass(week)


def test_a_person_comes_before_an_imported_label(small: Bench) -> None:
    fields = SMALL_MAPPING["fields"] | {"sentiment": "tone"}
    small.write("mappings/export.yml", SMALL_MAPPING | {"fields": fields})
    small.drop("a.csv", table((*post(1, text="Acme"), "positive"), header=LABELLED))
    small.day("2026-05-30")
    assert counted(small)["acme"] == (1, 1, 0, 0)
    say(small, (mention("p1"), "sentiment", "neutral"))
    assert counted(small)["acme"] == (1, 0, 1, 0)
    metrics_are_those_of_one_pass(small)


def test_only_the_days_concerned_are_computed_again(week: Bench) -> None:
    correct(week.workspace, "acme", [change(mention("p2"), "sentiment", "positive", "ann")])
    published = line.publish(week.workspace, [])
    assert published["day_count"] == 1
    # Nothing new: nothing is published, and nothing computed.
    assert line.publish(week.workspace, [])["publish_id"] is None
    # A confirmation by somebody else moves no number.
    say(week, (mention("p2"), "sentiment", "positive"), by="bob")
    assert counted(week)["acme"] == (4, 2, 2, 0)


def test_the_latest_counts_and_an_undo_is_one_more(week: Bench) -> None:
    say(week, (mention("p1"), "sentiment", "negative"))
    say(week, (item("p1"), "sentiment", "neutral"), by="bob")
    assert counted(week)["acme"] == (4, 0, 3, 1)
    say(week, (mention("p1"), "sentiment", "undo"))
    assert counted(week)["acme"] == (4, 1, 2, 1)
    assert week.query("select count(*) from core.correction") == [(0,)]
    states = [(one.body["action"], one.state) for one in listed(week.workspace)]
    assert states == [("undo", "counts"), ("set", "replaced"), ("set", "replaced")]
    say(week, (mention("p1"), "sentiment", "negative"))
    assert counted(week)["acme"] == (4, 0, 2, 2)
    metrics_are_those_of_one_pass(week)


def test_the_order_in_which_corrections_and_data_are_published_is_nothing(
    week: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three corrections of one mention, published one by one or together, in any order."""
    ticks = itertools.count()
    said = [
        {"field": "sentiment", "action": "set", "value": "negative", "by": "ann"},
        {"field": "sentiment", "action": "set", "value": "neutral", "by": "bob"},
        {"field": "tag", "action": "set", "value": "shop", "by": "ann"},
    ]
    rows = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        copy = week.copy(tmp_path / f"copy{next(ticks)}")
        for number in order:
            name = f"2026060{number + 1}"
            body = {"changes": [{"mention_id": mention("p1"), **said[number]}]}
            stored = {"recorded_at": f"2026-06-0{number + 1}T08:00:00", "body": body}
            key = f"journal/correction/acme/{name}.json"
            copy.workspace.storage.create(key, json.dumps(stored).encode())
            if order[0] != 1:
                line.publish(copy.workspace, [])
        line.publish(copy.workspace, [])
        rows.append(copy.rows("core", "metric"))
        (standing,) = copy.query("select sentiment, tags, recorded_by from core.correction")
        assert standing == ("neutral", ["shop"], "ann")
    assert differing(rows[0], rows[1]) == {}
    assert differing(rows[0], rows[2]) == {}


def test_a_correction_waits_for_its_mention(small: Bench) -> None:
    body = {
        "changes": [
            {"mention_id": mention("p1"), "field": "not_about_us", "action": "set", "by": "ann"}
        ]
    }
    assert journal.record(small.workspace.storage, corrections.KIND, "acme", "early", body)
    small.drop("other.csv", table(post(9, text="Acme is great")))
    small.day("2026-05-30")
    assert [one.state for one in listed(small.workspace)] == ["waiting"]
    assert small.query("select count(*) from core.correction") == [(0,)]
    small.drop("late.csv", table(post(1, text="Acme is great")))
    small.day("2026-05-30")
    assert [one.state for one in listed(small.workspace)] == ["counts"]
    assert counted(small)["acme"] == (1, 1, 0, 0)


def test_a_correction_follows_its_mention_to_another_day(week: Bench) -> None:
    say(week, (mention("p1"), "sentiment", "negative"))
    again = post(1, day=29, text="Acme is great", likes=7)
    fields = SMALL_MAPPING["fields"] | {"collected_at": "read"}
    week.write("mappings/export.yml", SMALL_MAPPING | {"fields": fields})
    header = ("id", "date", "text", "author", "likes", "read")
    week.drop("moved.csv", table((*again, "2099-01-01T00:00:00+00:00"), header=header))
    week.day("2026-05-30")
    (row,) = week.query("select day::varchar, sentiment from core.correction")
    assert row == ("2026-05-29", "negative")
    assert counted(week)["acme"] == (4, 0, 2, 2)


def test_what_is_not_about_the_brands_counts_nowhere(week: Bench) -> None:
    say(week, (item("p3"), "not_about_us", "yes"))
    assert counted(week) == {"acme": (3, 1, 1, 1)}
    say(week, (mention("p3", "globex"), "not_about_us", "undo"))
    assert set(counted(week)) == {"acme", "globex"}
    metrics_are_those_of_one_pass(week)


def test_the_right_brand_takes_the_place_of_the_wrong_one(week: Bench) -> None:
    before = counted(week)
    say(week, (mention("p2"), "wrong_brand", "globex"))
    after = counted(week)
    assert (before["acme"][0], after["acme"][0]) == (4, 3)
    assert (before["globex"][0], after["globex"][0]) == (1, 2)
    assert after["globex"][3] == before["globex"][3] + 1
    # Not about anybody, said later, is the answer to the same question; so is its undo.
    say(week, (mention("p2"), "not_about_us", "yes"))
    assert (counted(week)["acme"][0], counted(week)["globex"][0]) == (3, 1)
    say(week, (mention("p2"), "wrong_brand", "undo"))
    assert counted(week) == before
    metrics_are_those_of_one_pass(week)


def test_a_corrected_brand_that_the_item_names_already_counts_once(week: Bench) -> None:
    say(week, (mention("p3"), "wrong_brand", "globex"))
    assert (counted(week)["acme"][0], counted(week)["globex"][0]) == (3, 1)
    # The other one is dismissed: the corrected one counts again.
    say(week, (mention("p3", "globex"), "not_about_us", "yes"))
    assert (counted(week)["acme"][0], counted(week)["globex"][0]) == (3, 1)
    (row,) = week.query(
        "select mention_id, brand_id from core.mention_current where item_id = ?", [item("p3")]
    )
    assert row == (mention("p3"), "globex")
    # Each for the other: both count.
    say(week, (mention("p3", "globex"), "wrong_brand", "acme"))
    assert (counted(week)["acme"][0], counted(week)["globex"][0]) == (4, 1)
    metrics_are_those_of_one_pass(week)


def test_a_brand_that_left_the_file_waits_until_it_is_back(week: Bench) -> None:
    say(week, (mention("p2"), "wrong_brand", "globex"))
    week.write("clients/acme.yml", SMALL_CLIENT | {"competitors": []})
    week.publish()
    assert counted(week)["acme"][0] == 4
    week.write("clients/acme.yml", SMALL_CLIENT)
    week.publish()
    assert counted(week)["acme"][0] == 3


def test_spam_is_flagged_and_still_counts(week: Bench) -> None:
    say(week, (mention("p3"), "spam", "yes"))
    flagged = "select brand_id from core.mention_current where is_spam order by brand_id"
    assert week.query(flagged) == [("acme",), ("globex",)]  # a post is spam, whomever it names
    assert counted(week)["acme"][0] == 4


THEMES = {
    "themes": [
        {"id": "price", "name": "Prices", "terms": ["great"]},
        {"id": "delivery", "name": "Delivery", "terms": ["parcel"]},
    ]
}
THEMED = "select brand_id, theme_id, item_count from metric.theme order by all"


def test_themes_and_tags_are_added_and_taken_away(small: Bench, blank_pages: None) -> None:
    """What people say of themes is what the metric, the view and the report count."""
    small.write("clients/acme.yml", SMALL_CLIENT | THEMES)
    small.drop(
        "week.csv", table(post(1, text="Acme is great"), post(3, day=27, text="Acme or Globex?"))
    )
    small.day(SUNDAY)
    assert small.query(THEMED) == [("acme", "price", 1)]
    said = (
        (mention("p1"), "theme", "delivery"),
        (mention("p1"), "theme", "remove:price"),
        (item("p3"), "theme", "delivery"),
        (mention("p1"), "tags", "press"),
        (mention("p1"), "tag", "board"),
    )
    correct(small.workspace, "acme", [change(*one, "ann") for one in said])
    assert line.publish(small.workspace, [])["day_count"] == 2
    stands = "select themes, removed_themes, tags from core.correction where mention_id = ?"
    assert small.query(stands, [mention("p1")]) == [(["delivery"], ["price"], ["board", "press"])]
    assert small.query(THEMED) == [
        ("acme", "delivery", 1),
        ("acme", "delivery", 1),
        ("globex", "delivery", 1),
    ]
    shown = "select themes from report.mentions where mention_id = ?"
    assert small.query(shown, [mention("p1")]) == [(["delivery"],)]
    own = small.edition("acme", "weekly", SUNDAY)["tables"]["own_themes"]
    assert {row["theme_id"]: row["item_count"] for row in own} == {"price": 0, "delivery": 2}
    metrics_are_those_of_one_pass(small)
    say(small, (mention("p1"), "theme", "undo:delivery"), (mention("p1"), "tag", "remove:press"))
    assert small.query(stands, [mention("p1")]) == [([], ["price"], ["board"])]
    assert small.query(shown, [mention("p1")]) == [([],)]
    say(small, (mention("p1"), "theme", "undo:price"), (item("p3"), "theme", "undo:delivery"))
    assert small.query(THEMED) == [("acme", "price", 1)]
    metrics_are_those_of_one_pass(small)


def test_a_theme_that_the_client_does_not_follow_is_refused(week: Bench) -> None:
    with pytest.raises(DataError, match="lists no `themes`"):
        say(week, (mention("p1"), "theme", "delivery"))
    week.write("clients/acme.yml", SMALL_CLIENT | THEMES)
    for value in ("nosuch", "remove:nosuch"):
        with pytest.raises(DataError, match=r"no theme 'nosuch': write price or delivery"):
            say(week, (mention("p1"), "theme", value))
    # What was said of a theme that has left the file can still be taken back.
    say(week, (mention("p1"), "theme", "undo:nosuch"))


def test_a_withdrawn_item_stays_withdrawn(week: Bench) -> None:
    say(week, (mention("p1"), "sentiment", "negative"))
    ws = week.workspace
    journal.record(ws.storage, "withdrawal", "acme", "w", {"item_id": item("p1"), "reason": "gone"})
    line.publish(ws, [])
    assert counted(week)["acme"] == (3, 0, 2, 1)
    say(week, (mention("p1"), "wrong_brand", "globex"))
    assert counted(week)["globex"][0] == 1
    assert week.query("select count(*) from core.sentiment_checked") == [(0,)]


def checked(bench: Bench, day: str = SUNDAY) -> list[tuple[Any, ...]]:
    edition = bench.edition("acme", "weekly", day)
    columns = ("language", "checked_count", "agreed_count", "agreement_pct", "low_pct", "high_pct")
    return [tuple(one[name] for name in columns) for one in edition["agreement"]]


def test_agreement_is_counted_by_hand(small: Bench, blank_pages: None) -> None:
    """Ten that the model finds positive in English; a person agrees to eight of them."""
    small.drop("a.csv", table(*(post(one, text="Acme is great, I love it") for one in range(10))))
    small.day(SUNDAY)
    assert checked(small) == []
    said = [(mention(f"p{one}"), "sentiment", "positive") for one in range(8)]
    say(small, *said, *((mention(f"p{one}"), "sentiment", "negative") for one in (8, 9)))
    # Wilson's interval of 8 in 10, as in any table: 49.0 to 94.3.
    assert checked(small) == [("en", 10, 8, 80.0, 49.0, 94.3)]
    say(small, (mention("p9"), "not_about_us", "yes"))
    assert [row[1:3] for row in checked(small)] == [(9, 8)]
    edition = small.edition("acme", "weekly", SUNDAY)
    assert edition["corrected"] == {"dismissed": 1, "given": 0, "received": 0, "spam": 0}
    assert [(one["model"], one["mention_count"]) for one in edition["models"]] == [("person", 9)]
    assert edition["findings"]["methods"][0]["params"]["models"] == []


def test_later_checks_do_not_speak_of_earlier_periods(small: Bench, blank_pages: None) -> None:
    small.drop("a.csv", table(post(1, text="Acme is great, I love it")))
    small.day(SUNDAY)
    say(small, (mention("p1"), "sentiment", "positive"))
    assert [row[1:3] for row in checked(small)] == [(1, 1)]
    assert checked(small, "2026-05-24") == []


def test_a_correction_makes_a_new_revision(week: Bench, blank_pages: None) -> None:
    first = week.edition("acme", "weekly", SUNDAY)
    say(week, (mention("p1"), "sentiment", "negative"))
    second = week.edition("acme", "weekly", SUNDAY)
    assert (first["revision"], second["revision"]) == (1, 2)
    assert second["figures"]["negative_count"]["value"] == 2
    assert week.edition("acme", "weekly", SUNDAY)["_made"]["new"] is False


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("ffffffffffff", "spam", "yes"), "no mention or item 'ffffffffffff'"),
        ((mention("p1"), "wrong_brand", "initech"), "no brand 'initech': write acme or globex"),
        ((item("p3"), "wrong_brand", "globex"), "the item has 2 mentions"),
    ],
)
def test_what_is_unknown_is_told(week: Bench, said: tuple[str, str, str], told: str) -> None:
    with pytest.raises(DataError, match="nothing was recorded") as problem:
        say(week, said)
    assert told in str(problem.value)
    assert list(week.workspace.storage.list("journal/correction/")) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("abc", "spam", "yes", "ann"), "too short"),
        (("a" * 64, "tone", "negative", "ann"), "there is no field 'tone'"),
        (("a" * 64, "sentiment", "bad", "ann"), "there is no sentiment 'bad'"),
        (("a" * 64, "spam", "", "ann"), "write yes or undo"),
        (("a" * 64, "theme", "undo", "ann"), "which theme?"),
        (("a" * 64, "spam", "yes", " "), "nobody signs it"),
        (("", "spam", "yes", "ann"), "no mention_id"),
    ],
)
def test_a_row_that_says_nothing_clear_is_told(said: tuple[str, ...], told: str) -> None:
    with pytest.raises(DataError) as problem:
        change(*said)  # type: ignore[arg-type]
    assert told in str(problem.value)


def test_an_unknown_client_is_told(week: Bench) -> None:
    with pytest.raises(ConfigError, match="no client has the id 'nobody'"):
        correct(week.workspace, "nobody", [change(mention("p1"), "spam", "yes", "ann")])


def test_a_file_is_recorded_whole_or_not_at_all(week: Bench) -> None:
    path = week.write(
        "fixes.csv",
        "mention_id;field;value;by;note\n"
        f"{mention('p1')};sentiment;negative;ann;irony\n"
        f"{mention('p2')[:12]};sentiment;good;ann;\n"
        "\n"
        f"{mention('p2')};spam;;ann;\n",
    )
    with pytest.raises(DataError) as problem:
        read(path)
    assert "row 3: there is no sentiment 'good'" in str(problem.value)
    assert "row 5: the value of spam is ''" in str(problem.value)
    path.write_text(
        "mention_id,field,value,by,note\n"
        f"{mention('p1')},sentiment,negative,ann,irony\n"
        f"{'f' * 64},sentiment,positive,ann,\n"
        f"{mention('p1')[:10]},sentiment,positive,bob,\n"
        f"{mention('p2')},brand,initech,ann,\n"
    )
    with pytest.raises(DataError) as problem:
        correct(week.workspace, "acme", read(path), name=path.name)
    told = str(problem.value)
    assert "row 3: client acme has no mention" in told
    assert "row 4: it contradicts sentiment negative of row 2" in told
    assert "row 5: there is no brand 'initech'" in told
    assert list(week.workspace.storage.list("journal/correction/")) == []
    path.write_text(
        "mention_id,field,value,by\n"
        f"{mention('p1')},sentiment,negative,ann\n"
        f"{item('p2')},spam,yes,bob\n"
    )
    assert correct(week.workspace, "acme", read(path), name=path.name)
    line.publish(week.workspace, [])
    assert counted(week)["acme"] == (4, 0, 2, 2)
    # The same decisions once more, under another name: nothing is recorded twice.
    assert not correct(week.workspace, "acme", read(path), name="again.csv")
    assert line.publish(week.workspace, [])["publish_id"] is None
    assert len(listed(week.workspace)) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "its columns are none"),
        ("mention_id,field,value\n", "its columns are mention_id, field, value"),
        ("mention_id,field,value,by,notes\n", "write mention_id, field, value, by, note"),
        ("mention_id,field,value,by\n", "the file has no row"),
    ],
)
def test_a_file_of_another_shape_is_told(bench: Bench, text: str, told: str) -> None:
    with pytest.raises(DataError) as problem:
        read(bench.write("fixes.csv", text))
    assert told in str(problem.value)
