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
    "shop": {"fr": "Boutique en ligne", "en": "Online shop"},
}


def network_name(network: str, language: Language) -> str:
    """Return the network's own spelling, or its id made readable."""
    if network in _NETWORKS:
        return _NETWORKS[network]
    if network in _COMMON:
        return _COMMON[network][language.code]
    return plain(network.replace("_", " ").capitalize(), 40)


_PLACES = {
    "news": {"fr": "dans la presse en ligne", "en": "in the online press"},
    "blog": {"fr": "sur des blogs", "en": "on blogs"},
    "forum": {"fr": "sur les forums", "en": "on forums"},
    "rss": {"fr": "dans des flux RSS", "en": "in RSS feeds"},
    "web": {"fr": "sur le web", "en": "on the web"},
    "other": {"fr": "ailleurs", "en": "elsewhere"},
    "shop": {"fr": "sur la boutique en ligne", "en": "in the online shop"},
    "app_store": {"fr": "sur l’App Store", "en": "on the App Store"},
}


def network_place(network: str, language: Language) -> str:
    """Return where that is, inside a sentence: "sur X", "dans la presse en ligne"."""
    if network in _PLACES:
        return _PLACES[network][language.code]
    name = network_name(network, language)
    return f"sur {name}" if language.code == "fr" else f"on {name}"


def language_name(code: str, language: Language) -> str:
    """Return the name of a two-letter language code, capitalised for a label."""
    name = language.locale.languages.get(code)
    return name[0].upper() + name[1:] if name else language.say("language.other")
