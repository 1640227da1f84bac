# ruff: noqa: DTZ001  instants are naive UTC by convention
from datetime import datetime, timedelta
from typing import Any

import pytest

from oyez.config.model import Account, Brand
from oyez.errors import ConfigError, SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Gone, Missed, Query, Window
from oyez.sources.credential import Credential
from oyez.sources.google_reviews import GoogleReviews, Options, parse
from oyez.sources.item import canonical

from .site import Asked, Reply, Site, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
LYON = "accounts/1/locations/2"
SECRETS = ("refresh-4711", "client-secret-0815", "ya29.token")
CONSENT = Credential(login="client-id", password=SECRETS[0], extra={"client_secret": SECRETS[1]})


def at(hours: float) -> str:
    """Return an instant so many hours after the day began, with Google's nanoseconds."""
    return (DAY.start + timedelta(hours=hours)).isoformat() + ".045123456Z"


def review(number: int, hours: float, *, changed: float | None = None, **fields: Any):
    return {
        "name": f"{LYON}/reviews/{number}",
        "reviewId": str(number),
        "reviewer": {"displayName": "Mira Bell", "isAnonymous": False},
        "starRating": "FOUR",
        "comment": f"Review {number}",
        "createTime": at(hours),
        "updateTime": at(hours if changed is None else changed),
        **fields,
    }


def profile(reviews: list[dict[str, Any]], *, size: int = 50):
    """Answer as Google does: sorted by change, paged by token."""
    shown = sorted(reviews, key=lambda one: one["updateTime"], reverse=True)

    def respond(asked: Asked) -> Reply:
        if asked.path == "/token":
            return Reply({"access_token": SECRETS[2], "expires_in": 3599})
        assert asked.headers["Authorization"] == f"Bearer {SECRETS[2]}"
        if asked.path == f"/v4/{LYON}/reviews":
            start = int(asked.params.get("pageToken", "0"))
            body: dict[str, Any] = {"totalReviewCount": len(shown), "averageRating": 4.1}
            if page := shown[start : start + size]:
                body["reviews"] = page
            if start + size < len(shown):
                body["nextPageToken"] = str(start + size)
            return Reply(body)
        for one in shown:
            if asked.path == f"/v4/{one['name']}":
                return Reply(one)
        return Reply({"error": {"code": 404, "status": "NOT_FOUND"}}, 404)

    return respond


def query(*, accounts: bool = True, **options: Any) -> Query:
    owner = [Account(network="google", handle="owner")] if accounts else []
    given = {
        "locations": [{"name": LYON, "place": "Lyon"}],
        **options,
    }
    return Query(
        client_id="verdier",
        source_id="reviews",
        terms=(),
        brands=(Brand(id="verdier", name="Verdier", accounts=owner),),
        languages=("fr",),
        options=Options.model_validate(given),
    )


def opened(site: Site, credential: Credential = CONSENT) -> GoogleReviews:
    source = GoogleReviews(patient_web(), credential)
    source.api_url, source.token_url = site.url, f"{site.url}/token"
    return source


def read(respond: Any, window: Window = DAY, **how: Any):
    with running(respond) as site:
        source = opened(site)
        return list(source.fetch(query(**how), window)), site


def ids(results: list[Any]) -> list[str]:
    return [one.native_id.partition("/reviews/")[2] for one in results if isinstance(one, Found)]


def test_reads_all_pages_of_the_day_once():
    reviews = [review(n, n * 0.1) for n in range(-300, 300)]
    results, site = read(profile(reviews))
    assert sorted(map(int, ids(results))) == list(range(240))
    assert sum(one.path == "/token" for one in site.asked) == 1


def test_reads_the_same_twice():
    with running(profile([review(n, n) for n in range(-9, 30)], size=7)) as site:
        source = opened(site)
        first, second = (list(source.fetch(query(), DAY)) for _ in range(2))
    assert first == second
    assert len(first) == 24


def test_stops_once_a_page_is_older_than_any_reply_would_be_looked_for():
    reviews = [review(n, -24 * n) for n in range(200)]
    _, site = read(profile(reviews, size=10), reply_days=30)
    assert sum("/reviews" in one.path for one in site.asked) == 5  # 0 to 9 … 40 to 49 days old


def test_finds_a_new_reply_to_an_old_review_that_did_not_move():
    replied = review(
        7, -24 * 20, reviewReply={"comment": "Thank you", "updateTime": at(9)}, starRating="ONE"
    )
    newer = [review(n, -24 - n) for n in range(100, 160)]
    results, _ = read(profile([replied, *newer]))
    assert ids(results) == ["7/reply"]
    data = results[0].data
    assert (data["kind"], data["author_handle"]) == ("reply", "owner")
    assert data["parent_id"] == data["thread_id"] == f"{LYON}/reviews/7"


def test_a_changed_review_comes_again_under_the_day_it_was_written():
    results, _ = read(profile([review(7, -24 * 90, changed=5, comment="Better now")]))
    assert ids(results) == ["7"]
    assert results[0].data["published_at"] == at(-24 * 90)
    assert results[0].data["text"] == "Better now"


def test_a_review_answered_and_changed_later_is_still_found_on_its_day():
    results, _ = read(profile([review(7, 3, changed=24 * 200)]))
    assert ids(results) == ["7"]


def test_maps_a_review():
    results, _ = read(profile([review(7, 1)]))
    data = canonical(
        {"native_id": results[0].native_id, **results[0].data},
        date_format=None,
        zone=None,
        collected_at=DAY.end,
    )
    assert data == {
        "native_id": f"{LYON}/reviews/7",
        "published_at": "2026-03-11T01:00:00.045123",
        "text": "Review 7",
        "network": "google",
        "channel": "review",
        "kind": "review",
        "author_name": "Mira Bell",
        "thread_id": f"{LYON}/reviews/7",
        "rating": "4.00",
        "brand": "verdier",
        "place": "Lyon",
    }


@pytest.mark.parametrize(
    ("word", "stars"),
    [("ONE", "1"), ("FIVE", "5"), ("STAR_RATING_UNSPECIFIED", None), (None, None)],
)
def test_words_become_stars(word, stars):
    (found,) = parse({"reviews": [review(1, 1, starRating=word)]})
    assert found.data["rating"] == stars


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("Parfait", "Parfait"),
        ("Parfait\n\n(Translated by Google)\nPerfect", "Parfait"),
        ("(Translated by Google) Perfect\n\n(Original)\nParfait", "Parfait"),
        (None, None),
    ],
)
def test_keeps_the_words_of_the_writer(comment, words):
    (found,) = parse({"reviews": [review(1, 1, comment=comment)]})
    assert found.data["text"] == words


def test_an_anonymous_reviewer_has_no_name():
    nobody = {"displayName": "A Google user", "isAnonymous": True}
    (found,) = parse({"reviews": [review(1, 1, reviewer=nobody)]})
    assert found.data["author_name"] is None


def test_a_reply_nobody_saw_is_no_reply():
    reply = {"comment": "x", "updateTime": at(2), "reviewReplyState": "REJECTED"}
    found, refused = parse({"reviews": [review(1, 1, reviewReply=reply)]})
    assert isinstance(found, Found)
    assert isinstance(refused, Reject)
    assert refused.reason == "reply_not_public"


def test_a_review_without_name_is_refused():
    (refused,) = parse({"reviews": [{"comment": "x"}]})
    assert isinstance(refused, Reject)
    assert refused.reason == "missing_id"


def test_a_profile_without_reviews_yields_nothing():
    assert read(profile([]))[0] == []


def test_an_unknown_profile_is_a_gap_and_the_others_are_read():
    locations = [{"name": "accounts/1/locations/9"}, {"name": LYON}]
    results, _ = read(profile([review(7, 1)]), locations=locations)
    assert [type(one) for one in results] == [Missed, Found]
    assert "locations/9" in results[0].reason


def test_pages_that_do_not_end_are_a_gap():
    def respond(asked: Asked) -> Reply:
        if asked.path == "/token":
            return Reply({"access_token": SECRETS[2]})
        return Reply({"reviews": [review(7, 1)], "nextPageToken": "same"})

    results, site = read(respond)
    assert isinstance(results[-1], Missed)
    assert len(site.asked) == 3


def test_replies_need_an_account_to_be_known_by():
    with pytest.raises(ConfigError, match="accounts"):
        read(profile([]), accounts=False)


def test_withdrawn_consent_is_denied_without_showing_secrets():
    with pytest.raises(SourceDenied, match="consent") as caught:
        read(lambda _: Reply({"error": "invalid_grant"}, 400))
    assert not any(secret in str(caught.value) for secret in SECRETS)


@pytest.mark.parametrize(("limit", "error"), [("0", SourceDenied), ("300", SourceThrottled)])
def test_a_quota_of_nothing_is_no_throttling(limit, error):
    details = [{"reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit_value": limit}}]
    body = {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": details}}

    def respond(asked: Asked) -> Reply:
        return Reply({"access_token": SECRETS[2]}) if asked.path == "/token" else Reply(body, 429)

    with pytest.raises(error):
        read(respond)


@pytest.mark.parametrize("body", [b"<html>", b'{"reviews": [', b"[]"])
def test_nonsense_is_no_answer(body):
    def respond(asked: Asked) -> Reply:
        return Reply({"access_token": SECRETS[2]}) if asked.path == "/token" else Reply(body)

    with pytest.raises(SourceUnavailable):
        read(respond)


def test_an_incomplete_connection_is_said():
    with running(profile([])) as site, pytest.raises(ConfigError, match="consent"):
        list(opened(site, Credential(login="client-id")).fetch(query(), DAY))


def test_recheck_and_probe():
    reply = {"comment": "Thanks", "updateTime": at(2)}
    with running(profile([review(1, 1, reviewReply=reply), review(2, 1)])) as site:
        source = opened(site)
        asked = query()
        wanted = [f"{LYON}/reviews/{one}" for one in ("1", "1/reply", "2/reply", "3")]
        assert [type(one) for one in source.recheck(asked, wanted)] == [Found, Found, Gone, Gone]
        assert source.probe(asked) == "Lyon: 2 reviews, 4.1 stars"
