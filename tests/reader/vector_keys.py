"""Vectors of codes, HPKE, slots, keyring and labels. Bytes alone are hex; JSON that travels stands as it travels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.reader.base64url import to_base64url
from tests.reader.chance import seeded
from tests.reader.envelope import VaultKey, derived_key
from tests.reader.hpke import seal_to
from tests.reader.keyring import Keyring, open_keyring, seal_keyring, seal_label
from tests.reader.points import new_scalar, point_of
from tests.reader.recovery_code import code_token, code_wrapping_key, write_code
from tests.reader.slot_here import make_slot_here
from tests.reader.slots import PRF_INPUT, Code, Passkey, addressed, make_device_slot, make_slot

if TYPE_CHECKING:
    from tests.reader.json_text import Json

SITE = "diary.example"


def recovery_codes() -> Json:
    """Codes with what comes of them, other ways to type them, and what is refused."""
    secrets = [bytes(16), b"\xff" * 16, bytes(range(16)), *(seeded(f"code/{number}")(16) for number in range(5))]
    good: list[Json] = [
        {
            "secret": secret.hex(),
            "code": write_code(secret),
            "wrapping": code_wrapping_key(secret).hex(),
            "token": to_base64url(code_token(secret)),
        }
        for secret in secrets
    ]
    code = write_code(secrets[3])
    zeros = write_code(secrets[0])
    others = [
        {"typed": code.lower(), "secret": secrets[3].hex()},
        {"typed": code.replace("-", ""), "secret": secrets[3].hex()},
        {"typed": f"  {code.replace('-', ' - ')}\n", "secret": secrets[3].hex()},
        {"typed": code.replace("-", "\u2013"), "secret": secrets[3].hex()},
        {"typed": code.replace("-", "\u2014"), "secret": secrets[3].hex()},
        {"typed": code.replace("-", "\u2212"), "secret": secrets[3].hex()},
        {"typed": code.replace("-", "\u2011"), "secret": secrets[3].hex()},
        {"typed": code.replace("-", "\u00a0"), "secret": secrets[3].hex()},
        {"typed": zeros.replace("0", "O"), "secret": secrets[0].hex()},
        {"typed": zeros.replace("0", "o"), "secret": secrets[0].hex()},
        *({"typed": _with_ones(one), "secret": ONES.hex()} for one in "IiLl1"),
    ]
    swapped = code[1] + code[0] + code[2:]
    refused: list[Json] = [
        {"typed": "", "code": "code-length"},
        {"typed": code[:-1], "code": "code-length"},
        {"typed": code + code[-1], "code": "code-length"},
        {"typed": code.replace("-", "_", 1), "code": "code-sign", "sign": "_"},
        {"typed": "U" + code[1:], "code": "code-sign", "sign": "U"},
        {"typed": code[:-1] + "u", "code": "code-sign", "sign": "u"},
        {"typed": code[:5] + "é" + code[6:], "code": "code-sign", "sign": "é"},
        {"typed": code[:-1] + _next_sign(code[-1]), "code": "code-mistyped"},
        {"typed": _next_sign(code[0]) + code[1:], "code": "code-mistyped"},
        {"typed": swapped, "code": "code-mistyped"},
    ]
    return {"good": good, "read": others, "refused": refused}


ONES = bytes.fromhex("08421084210842108421084210842108")  # every fifth bit: signs of one


def _with_ones(one: str) -> str:
    return write_code(ONES).replace("1", one)


def _next_sign(sign: str) -> str:
    return "7" if sign != "7" else "8"


def hpke() -> Json:
    """Messages sealed with a known ephemeral key, and some that do not open."""
    draw = seeded("hpke")
    messages = []
    for name, info, plain in [
        ("a vault key", b"cairn/1/slot/key" + bytes(48), bytes(range(32))),
        ("nothing, for nothing", b"", b""),
        ("a long message", b"info", draw(1000)),
    ]:
        scalar, ephemeral = new_scalar(draw), new_scalar(draw)
        sealed = seal_to(point_of(scalar), info=info, plain=plain, ephemeral=ephemeral)
        messages.append(
            {
                "name": name,
                "private": scalar.hex(),
                "public": point_of(scalar).hex(),
                "ephemeral": ephemeral.hex(),
                "info": info.hex(),
                "plain": plain.hex(),
                "sealed": sealed.hex(),
            }
        )
    first, sealed = messages[0], bytes.fromhex(messages[0]["sealed"])
    same = {"private": first["private"], "public": first["public"], "info": first["info"]}
    refused = [
        {"name": "another info", **same, "info": "00", "sealed": sealed.hex()},
        {
            "name": "another's key",
            **same,
            **{half: messages[1][half] for half in ("private", "public")},
            "sealed": sealed.hex(),
        },
        {"name": "a bit of the tag", **same, "sealed": (sealed[:-1] + bytes((sealed[-1] ^ 1,))).hex()},
        {
            "name": "a point off the curve",
            **same,
            "sealed": (sealed[:64] + bytes((sealed[64] ^ 1,)) + sealed[65:]).hex(),
        },
        {"name": "cut off", **same, "sealed": sealed[:80].hex()},
        {"name": "empty", **same, "sealed": ""},
    ]
    return {"messages": messages, "refused": refused}


def slots() -> Json:
    """One slot of each kind, with what opens it."""
    draw = seeded("slots")
    space, key, signing = draw(16), VaultKey(draw(16), draw(32)), point_of(new_scalar(draw))
    code, output, device = draw(16), draw(32), new_scalar(draw)

    def sealed(slot: Json) -> Json:
        return addressed(slot, space=space, vault_key=key, chance=draw)

    def made(opener: Code | Passkey) -> Json:
        return sealed(make_slot(opener, space=space, signing=signing, chance=draw))

    return {
        "vault": {"space": space.hex(), "keyId": key.id.hex(), "key": key.key.hex(), "signing": signing.hex()},
        "prf": PRF_INPUT.hex(),
        "slots": [
            {"name": "a code", "code": write_code(code), "slot": made(Code(code))},
            {
                "name": "a passkey",
                "passkey": {"output": output.hex(), "site": SITE},
                "slot": made(Passkey(output, SITE)),
            },
            {
                "name": "this phone",
                "device": device.hex(),
                "slot": sealed(make_device_slot(point_of(device), chance=draw)),
            },
        ],
    }


def slot_here() -> Json:
    """Return the slot that a passkey opens on the phone itself, what opens it, and what does not."""
    draw = seeded("slot here")
    space, key, output, credential = draw(16), VaultKey(draw(16), draw(32)), draw(32), draw(20)
    slot = make_slot_here(Passkey(output, SITE), credential=credential, space=space, vault_key=key, chance=draw)
    return {
        "vault": {"space": space.hex(), "keyId": key.id.hex(), "key": key.key.hex()},
        "output": output.hex(),
        "slot": slot,
        "refused": [
            {"name": "another passkey", "output": draw(32).hex(), "slot": slot, "code": "wrong-passkey"},
            {
                "name": "for another site",
                "output": output.hex(),
                "slot": slot | {"site": "evil.example"},
                "code": "damaged-slot",
            },
            {
                "name": "in the place of another key",
                "output": output.hex(),
                "slot": slot | {"key": to_base64url(draw(16))},
                "code": "damaged-slot",
            },
        ],
    }


def keyring() -> Json:
    """Keyrings, with and without older keys and members of later apps, and labels."""
    draw = seeded("keyring")
    space, key = draw(16), VaultKey(draw(16), draw(32))
    older = tuple(VaultKey(draw(16), draw(32)) for _ in range(2))
    rings = {
        "a new vault's": Keyring((), new_scalar(draw)),
        "after two turns": Keyring(older, new_scalar(draw)),
        "with a later app's members": Keyring(
            (), new_scalar(draw), {"groups": {"later": [1, "a"]}, "else": {"x": None}}
        ),
    }
    sealed = [
        {"name": name, "sealed": seal_keyring(ring, space=space, vault_key=key, chance=draw)}
        for name, ring in rings.items()
    ]
    labels = ["Ann's phone", "Telefon in der Küche \U0001f642", "", "x" * 256]
    return {
        "vault": {"space": space.hex(), "keyId": key.id.hex(), "key": key.key.hex()},
        "derived": {use: derived_key(key, space=space, use=use).hex() for use in ("keyring", "label")},
        "keyrings": [{**each, **_shown(open_keyring(each["sealed"], space=space, vault_key=key))} for each in sealed],
        "labels": [
            {"text": text, "label": to_base64url(seal_label(text, space=space, vault_key=key, nonce=draw(12)))}
            for text in labels
        ],
    }


def _shown(ring: Keyring) -> dict[str, Any]:
    older = [{"id": each.id.hex(), "key": each.key.hex()} for each in ring.older]
    return {"older": older, "signing": ring.signing.hex(), "more": ring.more}
