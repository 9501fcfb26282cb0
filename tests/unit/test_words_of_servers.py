"""What the driver says of TLS, before there is a connection, is told in plain words."""

from __future__ import annotations

import pytest

from iw_monitor.store.trouble_of_servers import server_trouble

# As PostgreSQL's driver said them to a server without TLS, and to one with a certificate made for the purpose.
NO_TLS = "server does not support SSL, but SSL was required"
NOT_TRUSTED = [
    'root certificate file "/home/ada/.postgresql/root.crt" does not exist',
    "SSL error: certificate verify failed",
    'server certificate for "localhost" (and 1 other name) does not match host name "127.0.0.1"',
]


def said(words: str) -> str:
    trouble = server_trouble(OSError(f'connection failed: connection to server at "127.0.0.1" failed: {words}'))
    assert trouble is not None
    return trouble.said


def test_a_server_without_tls_is_said_where_the_address_asks_for_it() -> None:
    assert said(NO_TLS).startswith("its server speaks no TLS, which the address asks for. Nothing was written. ")


@pytest.mark.parametrize("words", NOT_TRUSTED)
def test_a_certificate_that_is_not_trusted_is_said_with_what_to_name_in_the_address(words: str) -> None:
    assert said(words).startswith("its server's certificate is not one that the address lets this machine trust. ")
    assert "sslrootcert=system" in said(words)
