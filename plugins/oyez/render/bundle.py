"""Serves the assets of a rendering, and nothing else in the world.

Mentions are written by strangers; the default fetcher of an HTML engine would follow what they
write to local files and to servers inside the network.
"""

from __future__ import annotations

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "bundle:"
_MIME = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "css": "text/css",
}


class OutsideBundleError(FatalURLFetchingError):  # type: ignore[misc]
    """A page asked for something that is not an asset of its bundle."""


class BundleFetcher(URLFetcher):  # type: ignore[misc]
    """Answers `bundle:<name>` from memory and refuses every other address.

    Args:
        assets: name → bytes; the name's extension gives its type.
    """

    def __init__(self, assets: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=("bundle",), allow_redirects=False)
        self._assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the asset that `url` names.

        Raises:
            OutsideBundleError: `url` names no asset; nothing was opened.
        """
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in self._assets:
            raise OutsideBundleError(f"{url[:80]!r} is not an asset of this report")
        kind = _MIME[name.rpartition(".")[2]]
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})
