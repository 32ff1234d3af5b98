"""Makes an authority and a certificate of its for this machine's own address:
   certificates.py FOLDER
Out: authority.pem, server.pem and server.key in the folder. Needs the package cryptography, which moto brings along.
"""

import datetime
import ipaddress
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

folder = pathlib.Path(sys.argv[1])
now = datetime.datetime.now(datetime.timezone.utc)


def certificate(name, key, issuer, signer, extensions):
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )
    for extension in extensions:
        made = made.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def named(name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
of_authority = x509.BasicConstraints(ca=True, path_length=0)
(folder / "authority.pem").write_bytes(certificate("An Office", authority, "An Office", authority, [of_authority]))
addresses = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
of_server = [x509.BasicConstraints(ca=False, path_length=None), x509.SubjectAlternativeName(addresses)]
(folder / "server.pem").write_bytes(certificate("localhost", server, "An Office", authority, of_server))
(folder / "server.key").write_bytes(
    server.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
)
