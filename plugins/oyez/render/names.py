"""Names of networks and languages, as people write them."""

from __future__ import annotations

from oyez.render.language import Language
from oyez.render.text import plain

_NETWORKS = {
    "x": "X", "twitter": "X", "bluesky": "Bluesky", "mastodon": "Mastodon",
    "instagram": "Instagram", "facebook": "Facebook", "linkedin": "LinkedIn", "tiktok": "TikTok",
    "youtube": "YouTube", "reddit": "Reddit", "google": "Google", "google_play": "Google Play",
    "app_store": "App Store", "trustpilot": "Trustpilot", "tripadvisor": "Tripadvisor",
    "thefork": "TheFork", "yelp": "Yelp", "hackernews": "Hacker News", "hacker_news": "Hacker News",
    "github": "GitHub", "discord": "Discord", "discourse": "Discourse", "lemmy": "Lemmy",
    "stackexchange": "Stack Exchange", "stackoverflow": "Stack Overflow", "wordpress": "WordPress",
}  # fmt: skip
_COMMON = {
    "news": {"fr": "Presse en ligne", "en": "Online press"},
    "blog": {"fr": "Blogs", "en": "Blogs"},
    "forum": {"fr": "Forums", "en": "Forums"},
    "rss": {"fr": "Flux RSS", "en": "RSS feeds"},
    "web": {"fr": "Web", "en": "Web"},
    "other": {"fr": "Autres", "en": "Other"},
}


def network_name(network: str, language: Language) -> str:
    """Return the network's own spelling, or its id made readable."""
    if network in _NETWORKS:
        return _NETWORKS[network]
    if network in _COMMON:
        return _COMMON[network][language.code]
    return plain(network.replace("_", " ").capitalize(), 40)


def language_name(code: str, language: Language) -> str:
    """Return the name of a two-letter language code, capitalised for a label."""
    name = language.locale.languages.get(code)
    return name[0].upper() + name[1:] if name else language.say("language.other")
