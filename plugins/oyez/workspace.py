"""One workspace: the agency's folder with its files, its themes, its inbox and its data (law 3)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from oyez.config.files import agency_file, client_files, mapping_file, relative, theme_folder
from oyez.config.load import load_agency, load_client, load_mapping
from oyez.config.mapping import Mapping
from oyez.config.model import Agency, Client, Locale, Source, Weekday
from oyez.config.problem import ConfigFileError, Problem
from oyez.errors import ConfigError
from oyez.storage import Storage

Lookup = Callable[[str], str | None]


@dataclass(frozen=True)
class Settings:
    """What holds for one client, or for one of its reports: report, else client, else agency."""

    locale: Locale
    theme: str
    week_starts: Weekday
    deliver_at: time
    minimum_n: int


class Workspace:
    """The agency's files, read once, and where its data are.

    Args:
        home: the workspace's folder.
        agency: what agency.yml says.
        clients: by id, in order; where a client's file is silent, the agency's defaults stand.
        lookup: gives the secret of a connection, or None.
        broken: file name without `.yml` → what is wrong with that client's file. Such a client is
            none of `clients`: the work of the others goes on, and `client` raises what is wrong.
    """

    def __init__(
        self,
        home: Path,
        agency: Agency,
        clients: dict[str, Client],
        lookup: Lookup,
        broken: dict[str, ConfigFileError] | None = None,
    ) -> None:
        self.home, self.agency, self.clients = home, agency, clients
        self.broken = broken or {}
        self._lookup = lookup
        self.storage = Storage(home / "data")
        self.work_dir = home / "data" / "work"

    @classmethod
    def open(cls, home: Path | str | None = None, *, lookup: Lookup | None = None) -> Workspace:
        """Return the workspace in a folder; a client's file with problems is set aside in `broken`.

        Args:
            home: the folder; by default what OYEZ_HOME says, else the current folder.
            lookup: gives the secret of a connection id; by default the variable
                AIRFLOW_CONN_<ID> of the environment.

        Raises:
            ConfigError: no agency.yml there, or one with problems (the clients' are listed too).
        """
        folder = Path(home or os.environ.get("OYEZ_HOME") or ".").resolve()
        problems: list[Problem] = []
        agency = None
        try:
            path = agency_file(folder)
            agency = load_agency(path, relative(folder, path))
        except ConfigFileError as error:
            problems.extend(error.problems)
        clients: dict[str, Client] = {}
        broken: dict[str, ConfigFileError] = {}
        for path in client_files(folder):
            try:
                client = load_client(path, relative(folder, path))
            except ConfigFileError as error:
                broken[path.stem] = ConfigFileError(error.problems, client=path.stem)
                problems.extend(error.problems)
            else:
                clients[client.id] = client
        if agency is None:
            raise ConfigFileError(problems)
        defaults = {name: getattr(agency.defaults, name) for name in Settings.__annotations__}
        completed = {
            key: client.model_copy(
                update={k: v for k, v in defaults.items() if getattr(client, k) is None}
            )
            for key, client in sorted(clients.items())
        }
        return cls(folder, agency, completed, lookup or _environment, broken)

    def client(self, client_id: str) -> Client:
        """Return a client.

        Raises:
            ConfigError: no client has this id, or its file has problems (all are listed).
        """
        if client_id in self.broken:
            raise self.broken[client_id]
        try:
            return self.clients[client_id]
        except KeyError:
            known = ", ".join(self.clients) or "none yet"
            raise ConfigError(
                f"no client has the id {client_id!r}",
                where=str(self.home / "clients"),
                action=f"write one of the known ids ({known}), or clients/{client_id}.yml",
            ) from None

    def settings(self, client_id: str, report_id: str | None = None) -> Settings:
        """Return what holds for a client, or for one of its reports.

        Raises:
            ConfigError: no such client or report.
        """
        client = self.client(client_id)
        values = {name: getattr(client, name) for name in Settings.__annotations__}
        if report_id is not None:
            report = next((one for one in client.reports if one.id == report_id), None)
            if report is None:
                known = ", ".join(one.id for one in client.reports) or "none yet"
                raise ConfigError(
                    f"no report has the id {report_id!r}",
                    client=client_id,
                    action=f"write one of the known ids: {known}",
                )
            for name in values:
                if (own := getattr(report, name, None)) is not None:
                    values[name] = own
        return Settings(**values)

    def mapping(self, path: str) -> Mapping:
        """Return an import mapping.

        Args:
            path: as a source names it, relative to the workspace.

        Raises:
            ConfigError: the file is missing, has problems, or lies outside of the workspace.
        """
        return load_mapping(mapping_file(self.home, path), path)

    def source(self, client_id: str, source_id: str) -> Source:
        """Return a client's source.

        Raises:
            ConfigError: no such client or source.
        """
        sources = {source.id: source for source in self.client(client_id).sources}
        if source_id not in sources:
            raise ConfigError(
                f"no source has the id {source_id!r}",
                client=client_id,
                action=f"write one of the known ids: {', '.join(sources) or 'none yet'}",
            )
        return sources[source_id]

    def inbox(self, client_id: str, source_id: str) -> Path:
        """Return the folder where the exports of a source are dropped; it may not exist yet.

        Raises:
            ConfigError: no such client or source.
        """
        self.source(client_id, source_id)
        return self.home / "inbox" / client_id / source_id

    def theme_folder(self, name: str) -> Path:
        """Return the folder of a theme: the workspace's own, else the one that ships with oyez.

        Raises:
            ConfigError: no theme has this name.
        """
        return theme_folder(self.home, name)

    def config_hash(self, client_id: str) -> str:
        """Return the SHA-256, in hex, of all that was configured for a client.

        It covers the agency, the client and its mappings; neither comments nor the order of keys.
        """
        client = self.client(client_id)
        paths = sorted({source.mapping for source in client.sources if source.mapping})
        document = {
            "agency": self.agency.model_dump(mode="json"),
            "client": client.model_dump(mode="json"),
            "mappings": {path: self.mapping(path).model_dump(mode="json") for path in paths},
        }
        canonical = json.dumps(
            document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        return hashlib.sha256(canonical.encode()).hexdigest()

    def credential(self, client_id: str, source_id: str) -> str:
        """Return the secret of a client's source; keep it out of messages, logs and files.

        Raises:
            ConfigError: no such source, or nobody set its connection.
        """
        self.source(client_id, source_id)
        connection = connection_id(client_id, source_id)
        secret = self._lookup(connection)
        if not secret:
            raise ConfigError(
                "the connection of this source is not set",
                client=client_id,
                source=source_id,
                action=f"set {_variable(connection)}, or the connection {connection!r}",
            )
        return secret


def connection_id(client_id: str, source_id: str) -> str:
    """Return the name of a source's connection: `maison_verdier__avis`."""
    return f"{client_id}__{source_id}".replace("-", "_")


def _environment(connection: str) -> str | None:
    return os.environ.get(_variable(connection))


def _variable(connection: str) -> str:
    return f"AIRFLOW_CONN_{connection.upper()}"
