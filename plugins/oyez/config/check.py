"""Reads every file of a workspace and lists all there is to mend; `oyez check` prints it."""

from __future__ import annotations

from pathlib import Path

from oyez.config import files
from oyez.config.document import Document, parse
from oyez.config.load import load_client, load_mapping, read
from oyez.config.mapping import Mapping
from oyez.config.model import Agency, Client
from oyez.config.problem import ConfigFileError, KeyPath, Problem


def check(home: Path) -> list[Problem]:
    """Return what is wrong in the agency's, the clients', the mappings' and the themes' files.

    Beyond each file by itself: that mappings and themes exist, that mappings name brands of the
    clients that use them, and that no file is passed over because of its name.

    Args:
        home: the workspace's folder.
    """
    home = home.resolve()
    problems = [
        *_agency(home),
        *(problem for path in files.client_files(home) for problem in _client(home, path)),
        *_spare_mappings(home),
        *_misnamed(home),
    ]
    return list(dict.fromkeys(problems))  # two clients may share a mapping


def _agency(home: Path) -> list[Problem]:
    try:
        path = files.agency_file(home)
        agency, document = read(path, Agency, files.relative(home, path))
    except ConfigFileError as error:
        return list(error.problems)
    problems = _theme(home, document, ("defaults", "theme"), agency.defaults.theme)
    if agency.brand:
        problems += _theme(home, document, ("brand",), agency.brand)
    return problems


def _client(home: Path, path: Path) -> list[Problem]:
    file = files.relative(home, path)
    try:
        client = load_client(path, file)
    except ConfigFileError as error:
        return list(error.problems)
    document = parse(path, file)
    problems = _theme(home, document, ("theme",), client.theme) if client.theme else []
    problems += _holidays(document, client)
    for position, source in enumerate(client.sources):
        if source.mapping is None:
            continue
        try:
            place = files.mapping_file(home, source.mapping)
        except ConfigFileError as error:
            key = ("sources", position, "mapping")
            problems += [_moved(document, key, one) for one in error.problems]
            continue
        try:
            mapping, of_mapping = read(place, Mapping, source.mapping)
        except ConfigFileError as error:
            problems += error.problems
        else:
            problems += _brands(of_mapping, mapping, client)
    if not client.sources:
        problems.append(_warning(document, "no source is configured: nothing will be measured"))
    return problems


def _theme(home: Path, document: Document, key: KeyPath, name: str) -> list[Problem]:
    try:
        files.theme_folder(home, name)
    except ConfigFileError as error:
        return [_moved(document, key, one) for one in error.problems]
    return []


def _brands(document: Document, mapping: Mapping, client: Client) -> list[Problem]:
    known = [brand.id for brand in [*client.brands, *client.competitors]]
    named: list[tuple[KeyPath, str]] = [
        (("brands", value), brand) for value, brand in mapping.brands.items()
    ]
    for position, stretch in enumerate(mapping.covers):
        named += [(("covers", position, "brands"), brand) for brand in stretch.brands]
    return [
        document.problem(
            key,
            f"client {client.id} has no brand {brand!r}",
            f"write one of its brand ids: {', '.join(known)}",
        )
        for key, brand in named
        if brand not in known
    ]


def _holidays(document: Document, client: Client) -> list[Problem]:
    from holidays import country_holidays

    country = client.holidays.country
    if country:
        try:
            country_holidays(country)
        except NotImplementedError:
            return [
                document.problem(
                    ("holidays", "country"),
                    f"the public holidays of {country} are not known",
                    "write an ISO 3166 country code, or list the days under `dates`",
                )
            ]
    return []


def _spare_mappings(home: Path) -> list[Problem]:
    """Return the problems of mappings that no client names yet."""
    used: set[Path] = set()
    for path in files.client_files(home):
        try:
            client = load_client(path)
        except ConfigFileError:
            continue
        used.update(
            (home / source.mapping).resolve() for source in client.sources if source.mapping
        )
    problems: list[Problem] = []
    for path in sorted((home / "mappings").glob("*.yml")):
        if path.resolve() not in used:
            try:
                load_mapping(path, files.relative(home, path))
            except ConfigFileError as error:
                problems += error.problems
    return problems


def _misnamed(home: Path) -> list[Problem]:
    return [
        Problem(
            files.relative(home, path),
            None,
            "",
            "this file is not read: only names in .yml are",
            f"rename it to {path.stem}.yml",
        )
        for folder in (home, home / "clients", home / "mappings")
        for path in sorted(folder.glob("*.yaml"))
        if folder != home or path.stem == "agency"
    ]


def _moved(document: Document, key: KeyPath, problem: Problem) -> Problem:
    """Return a missing file's problem at the place which names that file."""
    return document.problem(key, f"{problem.message} ({problem.file})", problem.fix)


def _warning(document: Document, message: str) -> Problem:
    return Problem(document.file, None, "", message, "add a source", severity="warning")
