"""The cipher suites that the scanner offers: numbers and names of the IANA registry "TLS Cipher Suites"."""

TLS13_SUITES = {
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
    0x1304: "TLS_AES_128_CCM_SHA256",
    0x1305: "TLS_AES_128_CCM_8_SHA256",
}

_ECDHE = {
    "ECDSA": ({"NULL_SHA": 0xC006, "RC4_128_SHA": 0xC007, "3DES_EDE_CBC_SHA": 0xC008, "AES_128_CBC_SHA": 0xC009,
               "AES_256_CBC_SHA": 0xC00A, "AES_128_CBC_SHA256": 0xC023, "AES_256_CBC_SHA384": 0xC024,
               "AES_128_GCM_SHA256": 0xC02B, "AES_256_GCM_SHA384": 0xC02C, "AES_128_CCM": 0xC0AC,
               "AES_256_CCM": 0xC0AD, "AES_128_CCM_8": 0xC0AE, "AES_256_CCM_8": 0xC0AF,
               "CHACHA20_POLY1305_SHA256": 0xCCA9, "CAMELLIA_128_CBC_SHA256": 0xC072,
               "ARIA_128_GCM_SHA256": 0xC05C, "ARIA_256_GCM_SHA384": 0xC05D}),
    "RSA": ({"NULL_SHA": 0xC010, "RC4_128_SHA": 0xC011, "3DES_EDE_CBC_SHA": 0xC012, "AES_128_CBC_SHA": 0xC013,
             "AES_256_CBC_SHA": 0xC014, "AES_128_CBC_SHA256": 0xC027, "AES_256_CBC_SHA384": 0xC028,
             "AES_128_GCM_SHA256": 0xC02F, "AES_256_GCM_SHA384": 0xC030, "CHACHA20_POLY1305_SHA256": 0xCCA8,
             "CAMELLIA_128_CBC_SHA256": 0xC076, "ARIA_128_GCM_SHA256": 0xC060, "ARIA_256_GCM_SHA384": 0xC061}),
}  # fmt: skip
_DHE_RSA = {"3DES_EDE_CBC_SHA": 0x0016, "AES_128_CBC_SHA": 0x0033, "AES_256_CBC_SHA": 0x0039,
            "AES_128_CBC_SHA256": 0x0067, "AES_256_CBC_SHA256": 0x006B, "AES_128_GCM_SHA256": 0x009E,
            "AES_256_GCM_SHA384": 0x009F, "CHACHA20_POLY1305_SHA256": 0xCCAA, "AES_128_CCM": 0xC09E,
            "AES_256_CCM": 0xC09F}  # fmt: skip
_RSA = {"NULL_MD5": 0x0001, "NULL_SHA": 0x0002, "RC4_128_MD5": 0x0004, "RC4_128_SHA": 0x0005, "DES_CBC_SHA": 0x0009,
        "3DES_EDE_CBC_SHA": 0x000A, "AES_128_CBC_SHA": 0x002F, "AES_256_CBC_SHA": 0x0035, "NULL_SHA256": 0x003B,
        "AES_128_CBC_SHA256": 0x003C, "AES_256_CBC_SHA256": 0x003D, "CAMELLIA_128_CBC_SHA": 0x0041,
        "CAMELLIA_256_CBC_SHA": 0x0084, "SEED_CBC_SHA": 0x0096, "AES_128_GCM_SHA256": 0x009C,
        "AES_256_GCM_SHA384": 0x009D, "AES_128_CCM": 0xC09C, "AES_256_CCM": 0xC09D}  # fmt: skip
_ANONYMOUS = {"DH_anon_WITH_AES_128_CBC_SHA": 0x0034, "DH_anon_WITH_AES_128_GCM_SHA256": 0x00A6,
              "ECDH_anon_WITH_AES_128_CBC_SHA": 0xC018}  # fmt: skip

OLDER_SUITES = {
    **{number: f"TLS_ECDHE_{who}_WITH_{name}" for who, suites in _ECDHE.items() for name, number in suites.items()},
    **{number: f"TLS_DHE_RSA_WITH_{name}" for name, number in _DHE_RSA.items()},
    **{number: f"TLS_RSA_WITH_{name}" for name, number in _RSA.items()},
    **{number: f"TLS_{name}" for name, number in _ANONYMOUS.items()},
}
