"""Connections to a checked address still prove the name; a deadline cuts them too."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.web.conftest import Server, drip, send

from oyez.errors import SourceUnavailable

x509 = pytest.importorskip("cryptography.x509")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate and key for site.example, its own authority."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "site.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Server(wrap=lambda conn: context.wrap_socket(conn, server_side=True))
    yield server
    server.close()


@pytest.fixture
def trusting(make, certificate, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    return lambda **options: make(
        allow_private=True, resolve=lambda host, port: ["127.0.0.1"], **options
    )


def test_the_name_is_proved_at_the_address_that_was_checked(trusting, secure):
    secure.steps = [send(b"ok")]
    web = trusting()
    assert web.get(f"https://site.example:{secure.port}/").body == b"ok"
    assert web.get(f"https://site.example:{secure.port}/").body == b"ok"
    assert secure.connections == 1


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_another_name_is_not_believed_nor_asked_again(host, trusting, secure, clock):
    secure.steps = [send(b"ok")]
    with pytest.raises(
        SourceUnavailable, match=r"CERTIFICATE_VERIFY_FAILED|mismatch|doesn't match"
    ):
        trusting().get(f"https://{host}:{secure.port}/")
    assert clock.slept == []
    assert secure.heads == []


def test_an_unknown_authority_is_not_believed(make, secure):
    web = make(allow_private=True, resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(SourceUnavailable, match=r"CERTIFICATE_VERIFY_FAILED"):
        web.get(f"https://site.example:{secure.port}/")


@pytest.mark.parametrize("is_second", [False, True])
def test_the_deadline_ends_a_dripped_answer(is_second, trusting, secure):
    slow = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n", b"x", 0.1, 60)
    secure.steps = [send(b"ok"), slow] if is_second else [slow]
    web = trusting(deadline_seconds=0.4)
    if is_second:
        web.get(f"https://site.example:{secure.port}/")
    start = time.monotonic()
    with pytest.raises(SourceUnavailable, match="not finished"):
        web.get(f"https://site.example:{secure.port}/")
    assert time.monotonic() - start < 4


def test_a_handshake_without_end_is_cut(trusting, server):
    server.steps = []
    # The plain server never answers the greeting: it is not yet a request to it.
    start = time.monotonic()
    with pytest.raises(SourceUnavailable):
        trusting(deadline_seconds=0.4).get(f"https://site.example:{server.port}/")
    assert time.monotonic() - start < 4
