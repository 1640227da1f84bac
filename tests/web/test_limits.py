"""Each dialect, read from one answer; the numbers are those of the servers where recorded."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from requests.structures import CaseInsensitiveDict
from tests.web.conftest import NOW

from oyez.web.answer import Answer
from oyez.web.limits import Wait, wait_of

EPOCH = 1795363200  # NOW
DATE = "Sun, 22 Nov 2026 16:00:00 GMT"
GDELT = (
    "Please limit requests to one every 5 seconds or contact kalev.leetaru5@gmail.com for larger "
    "queries.\n"
)


def answer(status: int, headers: dict[str, str] | None = None, body: object = b"") -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, CaseInsensitiveDict(headers or {}), content, "https://a.example/", NOW)


def seconds(wait: Wait | None) -> float | None:
    assert wait is not None
    return (wait.until - NOW).total_seconds() if wait.until else None


REFUSALS = {
    "seconds": (answer(429, {"Retry-After": "290"}), 290),
    "date": (answer(429, {"Retry-After": "Sun, 22 Nov 2026 16:02:00 GMT"}), 120),
    "date against the site's clock, 5 minutes ahead of ours": (
        answer(
            429,
            {
                "Date": "Sun, 22 Nov 2026 16:05:00 GMT",
                "Retry-After": "Sun, 22 Nov 2026 16:07:00 GMT",
            },
        ),
        120,
    ),
    "ISO date in Retry-After": (answer(429, {"Retry-After": "2026-11-22T16:30:00Z"}), 1800),
    "words in Retry-After": (answer(429, {"Retry-After": "120 seconds"}), 120),
    "IETF, draft 8": (answer(429, {"RateLimit": '"default";r=0;t=50'}), 50),
    "IETF, draft 8, two policies": (
        answer(429, {"RateLimit": '"burst";r=0;t=5, "day";r=0;t=70'}),
        70,
    ),
    "IETF, draft 3": (answer(429, {"RateLimit": "limit=100, remaining=0, reset=50"}), 50),
    "IETF, separate fields": (
        answer(429, {"RateLimit-Remaining": "0", "RateLimit-Reset": "50"}),
        50,
    ),
    "a reset as a duration": (
        answer(429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1m30s"}),
        90,
    ),
    "503 with a wait": (answer(503, {"Retry-After": "20"}), 20),
    "GoToSocial: no Retry-After, an ISO date": (
        answer(
            429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-22T16:04:10.000Z"}
        ),
        250,
    ),
    "Mastodon": (
        answer(
            429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-22T16:05:00.123456Z"}
        ),
        300.123456,
    ),
    "ISO date with an offset": (
        answer(429, {"X-RateLimit-Reset": "2026-11-22T17:05:00+01:00"}),
        300,
    ),
    "Bluesky": (
        answer(
            429,
            {
                "RateLimit-Limit": "30",
                "RateLimit-Remaining": "0",
                "RateLimit-Reset": str(EPOCH + 290),
                "RateLimit-Policy": "30;w=300",
                "Retry-After": "290",
            },
        ),
        290,
    ),
    "X": (
        answer(
            429,
            {
                "x-rate-limit-limit": "60",
                "x-rate-limit-remaining": "0",
                "x-rate-limit-reset": str(EPOCH + 800),
            },
        ),
        800,
    ),
    "GitHub, first limit, as 403": (
        answer(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 3000)}),
        3000,
    ),
    "GitHub, second limit: the hour's reset does not matter while calls are left": (
        answer(
            403,
            {
                "retry-after": "60",
                "x-ratelimit-remaining": "4999",
                "x-ratelimit-reset": str(EPOCH + 3000),
            },
        ),
        60,
    ),
    "Reddit: seconds left": (
        answer(429, {"X-Ratelimit-Remaining": "0.0", "X-Ratelimit-Reset": "345"}),
        345,
    ),
    "epoch in milliseconds": (
        answer(429, {"X-RateLimit-Reset": str((EPOCH + 30) * 1000)}),
        30,
    ),
    "two hints: the later one": (
        answer(
            429,
            {
                "Retry-After": "5",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": str(EPOCH + 40),
            },
        ),
        40,
    ),
    "Stack Exchange, violation as 400": (
        answer(
            400,
            body={
                "error_id": 502,
                "error_message": "too many requests from this IP, "
                "more requests available in 74321 seconds",
                "error_name": "throttle_violation",
            },
        ),
        74321,
    ),
    "Discourse": (
        answer(
            429,
            {"Retry-After": "10"},
            {
                "errors": ["You’ve performed this action too many times"],
                "error_type": "rate_limit",
                "extras": {"wait_seconds": 12},
            },
        ),
        12,
    ),
    "Discourse without Retry-After": (
        answer(429, {}, {"error_type": "rate_limit", "extras": {"wait_seconds": 7}}),
        7,
    ),
    "Meta: minutes": (
        answer(
            400,
            {
                "X-Business-Use-Case-Usage": json.dumps(
                    {
                        "112130216863063": [
                            {
                                "type": "pages",
                                "call_count": 100,
                                "total_cputime": 1,
                                "total_time": 1,
                                "estimated_time_to_regain_access": 19,
                            }
                        ]
                    }
                )
            },
            {"error": {"message": "There have been too many calls", "code": 80001}},
        ),
        19 * 60,
    ),
    "Meta: a code, without time": (
        answer(403, {"X-App-Usage": '{"call_count":101}'}, {"error": {"code": 4}}),
        None,
    ),
    "GDELT as 429": (answer(429, {"Content-Type": "text/plain"}, GDELT.encode()), 10),
    "GDELT as 200": (answer(200, {"Content-Type": "text/html"}, GDELT.encode()), 10),
    "a bare 429": (answer(429), None),
    "nonsense in the header": (answer(429, {"Retry-After": "soon"}), None),
    "a wait beyond the calendar": (answer(429, {"Retry-After": "9" * 15}), None),
    "already over": (answer(429, {"Retry-After": "Sun, 22 Nov 2026 15:00:00 GMT"}), None),
    "reset already over": (answer(429, {"X-RateLimit-Reset": str(EPOCH - 5)}), 0),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_until_when(name):
    refused, expected = REFUSALS[name]
    wait = wait_of(refused)
    assert wait is not None
    assert wait.is_refusal
    assert seconds(wait) == (expected if expected is None else pytest.approx(expected, abs=1e-5))


NEXT_CALLS = {
    "the last call of Mastodon's window": (
        answer(
            200,
            {
                "Date": DATE,
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": "2026-11-22T16:01:30Z",
            },
            [],
        ),
        90,
    ),
    "Reddit: less than one call left": (
        answer(200, {"X-Ratelimit-Remaining": "0.4", "X-Ratelimit-Reset": "17"}, {}),
        17,
    ),
    "Stack Exchange: backoff": (
        answer(200, {}, {"items": [], "backoff": 13, "quota_max": 300, "quota_remaining": 299}),
        13,
    ),
    "Stack Exchange: the quota ends at midnight UTC": (
        answer(200, {}, {"items": [], "quota_max": 300, "quota_remaining": 0}),
        8 * 3600,
    ),
    "IETF, draft 8: one of two policies is used up": (
        answer(200, {"RateLimit": '"burst";r=0;t=5, "day";r=400;t=7000'}),
        5,
    ),
    "Meta: access to be regained": (
        answer(
            200,
            {"X-Business-Use-Case-Usage": '{"1":[{"estimated_time_to_regain_access": 2}]}'},
            {},
        ),
        120,
    ),
    "404 of a deleted post, window used up": (
        answer(404, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(EPOCH + 8)}),
        8,
    ),
}


@pytest.mark.parametrize("name", NEXT_CALLS)
def test_a_good_answer_may_make_the_next_call_wait(name):
    good, expected = NEXT_CALLS[name]
    wait = wait_of(good)
    assert wait is not None
    assert not wait.is_refusal
    assert seconds(wait) == expected


@pytest.mark.parametrize(
    "good",
    [
        answer(200, {}, {}),
        answer(200, {"RateLimit": '"default";r=12;t=50'}),
        answer(200, {"X-RateLimit-Remaining": "299", "X-RateLimit-Reset": str(EPOCH + 9)}),
        answer(200, {"X-RateLimit-Remaining": "0"}),  # without a reset nothing can be waited for
        answer(200, {}, {"backoff": 30, "items": []}),  # no quota beside it: another site's field
        answer(200, {}, {"items": [{"text": "Please limit requests"}]}),
        answer(200, {}, b"<p>Too many requests to the mayor</p>"),
        answer(200, {}, GDELT.encode() + b"x" * 3000),  # too long for a refusal
        answer(403, {}, {"error": "bad token"}),
        answer(401, {"Retry-After": "9"}),
        answer(500),
        answer(200, {"X-Business-Use-Case-Usage": "{broken"}, {}),
        answer(200, {"X-App-Usage": '{"call_count":100}'}, {}),
    ],
)
def test_no_wait_is_invented(good):
    wait = wait_of(good)
    assert wait is None or not wait.is_refusal
    assert wait is None or good.status == 401


def test_the_date_of_the_tests_is_their_epoch():
    assert datetime.fromtimestamp(EPOCH, UTC).replace(tzinfo=None) == NOW
