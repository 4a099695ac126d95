#!/usr/bin/env python3
"""Checks a log that was written by `noticed export`, without any code of Noticed. Needs nothing but Python 3.

    python3 verify_log.py LOG.jsonl [CHECKPOINT.json ...]

A checkpoint is one that the provider kept elsewhere. Prints the first row that is wrong and why, and ends with 1; or
says that all is whole, and ends with 0.
"""

import base64
import hashlib
import json
import sys

# P-256 (FIPS 186-5): y^2 = x^3 - 3x + B over the numbers modulo P; G has order N.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5, 1)
ZERO = "0" * 64
NAMELESS = "anonymous"


class Wrong(Exception):
    def __init__(self, row, why):
        super().__init__(f"row {row}: {why}" if row else why)
        self.row = row


def double(point):
    x, y, z = point
    if not y:
        return (0, 1, 0)
    s, zz = 4 * x * y * y % P, z * z % P
    m = 3 * (x - zz) * (x + zz) % P
    x2 = (m * m - 2 * s) % P
    return (x2, (m * (s - x2) - 8 * pow(y, 4, P)) % P, 2 * y * z % P)


def add(one, two):
    if not one[2]:
        return two
    if not two[2]:
        return one
    (x1, y1, z1), (x2, y2, z2) = one, two
    u1, u2 = x1 * z2 * z2 % P, x2 * z1 * z1 % P
    s1, s2 = y1 * z2**3 % P, y2 * z1**3 % P
    if u1 == u2:
        return double(one) if s1 == s2 else (0, 1, 0)
    h, r = (u2 - u1) % P, (s2 - s1) % P
    h2, h3 = h * h % P, h**3 % P
    x3 = (r * r - h3 - 2 * u1 * h2) % P
    return (x3, (r * (u1 * h2 - x3) - s1 * h3) % P, h * z1 * z2 % P)


def unpack(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(key, message, sig):
    """ECDSA with SHA-256: `key` is an uncompressed point, `sig` is r and s, both in base64url."""
    point, sig = unpack(key), unpack(sig)
    if len(point) != 65 or point[0] != 4 or len(sig) != 64:
        return False
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    r, s = int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:], "big")
    if (y * y - x**3 + 3 * x - B) % P or not (0 < r < N and 0 < s < N):
        return False
    e = int.from_bytes(hashlib.sha256(message).digest(), "big")
    w = pow(s, -1, N)
    u1, u2, own = e * w % N, r * w % N, (x, y, 1)
    both, total = add(G, own), (0, 1, 0)
    for bit in range(255, -1, -1):
        total = double(total)
        pick = (u1 >> bit & 1, u2 >> bit & 1)
        if any(pick):
            total = add(total, {(1, 0): G, (0, 1): own, (1, 1): both}[pick])
    return bool(total[2]) and total[0] * pow(total[2], -2, P) % P % N == r


class Device:
    """The chain of one device. A good signature also stands behind the entries that it links back to."""

    def __init__(self, key):
        self.key, self.dseq, self.hash, self.open = key, 0, ZERO, []

    def first_unsigned(self):
        for place in range(len(self.open) - 1, -1, -1):
            row, digest, sig = self.open[place]
            if is_signed(self.key, bytes.fromhex(digest), sig):
                self.open = self.open[place + 1:]
                break
        return self.open[0][0] if self.open else None


def check_checkpoints(head, kept):
    by_row = {}
    for point in head["checkpoints"] + kept:
        text = "\n".join(["nm.checkpoint.v1", point["provider"], point["server_epoch"], str(point["seq"]),
                          point["chain"], str(point["at"])])
        if not is_signed(point["key"], text.encode(), point["sig"]):
            raise Wrong(None, f"the checkpoint of {point['seq']} rows does not have a good signature")
        if point["provider"] != head["provider"]:
            raise Wrong(None, f"the checkpoint of {point['seq']} rows belongs to another provider")
        by_row.setdefault(point["seq"], []).append(point)
    return by_row


def follow(row, head, devices, apart):
    """The row is the next one that its device wrote."""
    seq, gone = row["seq"], row.get("disposed")
    event = gone or json.loads(row["bytes"])
    named = None if gone else (event["tenant"], event["device"], event["epoch"], event["dseq"])
    if named not in (None, (head["provider"], row["device"], row["epoch"], row["dseq"])):
        raise Wrong(seq, "its bytes name another device, number or provider than the row")
    device = devices.get((row["device"], row["epoch"]))
    if device is None:
        raise Wrong(seq, "it comes from a device that this provider does not have")
    while row["dseq"] > device.dseq + 1:
        passed = apart.get((row["device"], row["epoch"], device.dseq + 1, device.hash))
        if passed is None:
            break
        device.dseq, device.hash = device.dseq + 1, passed
    if row["dseq"] != device.dseq + 1 or event["prev"] != device.hash:
        raise Wrong(seq, "it does not follow the entry that its device wrote before it")
    device.dseq, device.hash = row["dseq"], row["hash"]
    device.open.append((seq, row["hash"], row["sig"]))


def check_row(row, before, head, devices, apart):
    expected, chain = before[0] + 1, before[1]
    if row["seq"] > expected:
        raise Wrong(expected, f"it is missing; row {row['seq']} stands in its place")
    if row["seq"] < expected:
        raise Wrong(expected, f"row {row['seq']} stands in its place: rows were moved or added")
    digest = row["hash"]
    if ("disposed" in row) != (row["bytes"] is None):
        raise Wrong(expected, "its bytes are missing")
    if row["bytes"] is not None and hashlib.sha256(b"nm.event.v1" + row["bytes"].encode()).hexdigest() != digest:
        raise Wrong(expected, "its bytes do not have its hash")
    chained = hashlib.sha256(
        b"nm.server.v1" + bytes.fromhex(chain) + expected.to_bytes(8, "big") + bytes.fromhex(digest)
        + row["received_at"].to_bytes(8, "big", signed=True) + (row["note"] or "").encode()).hexdigest()
    if chained != row["chain"]:
        raise Wrong(expected, "it does not continue the chain of the log")
    if row["device"] != NAMELESS:
        follow(row, head, devices, apart)
    return expected, chained


def check(lines, kept):
    """Gives (head, number of rows). Raises Wrong."""
    head = json.loads(next(lines))
    if head["format"] != "noticed-log-1":
        raise Wrong(None, "this is not a log that this program knows")
    points = check_checkpoints(head, kept)
    devices = {(one["device"], one["epoch"]): Device(one["public_key"]) for one in head["devices"]}
    apart = {(one["device"], one["epoch"], one["dseq"], one["prev"]): one["hash"] for one in head["apart"]}
    points.pop(0, None)
    at, vouched, wrong = (0, ZERO), 0, None
    try:
        for line in lines:
            at = check_row(json.loads(line), at, head, devices, apart)
            for point in points.pop(at[0], []):
                if point["chain"] != at[1]:
                    raise Wrong(vouched + 1, f"it or a row up to {at[0]} is not what a checkpoint signed")
                vouched = at[0]
        if points:
            raise Wrong(at[0] + 1, f"it is missing; a checkpoint counts {min(points)} rows")
        if (head["seq"], head["chain"]) != at:
            raise Wrong(at[0] + 1, f"the head of the log counts {head['seq']} rows")
    except Wrong as found:
        wrong = found
    # What goes wrong later may come from an earlier row that was forged.
    unsigned = [row for row in (device.first_unsigned() for device in devices.values()) if row]
    if unsigned and (wrong is None or wrong.row is None or min(unsigned) <= wrong.row):
        raise Wrong(min(unsigned), "no signature of its device stands behind it")
    if wrong:
        raise wrong
    return head, at[0]


def main(path, *kept):
    try:
        with open(path, encoding="utf-8") as lines:
            head, rows = check(lines, [json.load(open(one, encoding="utf-8")) for one in kept])
    except (Wrong, ValueError, KeyError, TypeError, StopIteration) as error:
        print(f"Not whole. {error}")
        return 1
    points = len(head["checkpoints"]) + len(kept)
    print(f"Whole: {rows} rows of {len(head['devices'])} devices, {points} signed checkpoints.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__) or 2)
