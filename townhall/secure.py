"""TLS for the pages: the versions and cipher suites that BSI TR-02102-2 recommends, and no others."""

import ssl
from pathlib import Path

from townhall.errors import SettingsError

SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20"  # of TLS 1.2; those of TLS 1.3 are all as good


def tls_context(certificate: Path, key: Path, *, old: bool = False) -> ssl.SSLContext:
    """The server's side; raises SettingsError if the files cannot be used. ``old`` is the flaw old-tls."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(SUITES)
    if old:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"The certificate {certificate} and its key cannot be used: {error}.") from error
    return context
