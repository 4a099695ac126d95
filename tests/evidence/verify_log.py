#!/usr/bin/env python3
"""Checks a log that was written by `noticed export`, without any code of Noticed. Needs nothing but Python 3.

    python3 verify_log.py LOG.jsonl [--key=KEY ...] [CHECKPOINT.json ...]

Keys (of the server) and checkpoints are those kept elsewhere. Prints the first row that is wrong and why (ends with 1), or "Whole" (0).
"""

import base64, hashlib, json, sys

# P-256 (FIPS 186-5): y^2 = x^3 - 3x + B over the numbers modulo P; G has order N.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5, 1)
ZERO, NAMELESS, SIGNED = "0" * 64, "anonymous", ("provider", "server_epoch", "seq", "chain", "at")


class Wrong(Exception):
    def __init__(self, row, why):
        super().__init__(f"row {row}: {why}" if row else why)
        self.row = row


def must(so, row, why):
    if not so:
        raise Wrong(row, why)


def double(point):
    x, y, z = point
    s, zz = 4 * x * y * y % P, z * z % P
    m = 3 * (x - zz) * (x + zz) % P
    x2 = (m * m - 2 * s) % P
    return (x2, (m * (s - x2) - 8 * pow(y, 4, P)) % P, 2 * y * z % P)


def add(one, two):
    if not one[2] or not two[2]:
        return two if two[2] else one
    (x1, y1, z1), (x2, y2, z2) = one, two
    u1, u2 = x1 * z2 * z2 % P, x2 * z1 * z1 % P
    s1, s2 = y1 * z2**3 % P, y2 * z1**3 % P
    if u1 == u2:
        return double(one) if s1 == s2 else (0, 1, 0)
    h, r = (u2 - u1) % P, (s2 - s1) % P
    h2, h3 = h * h % P, h**3 % P
    x3 = (r * r - h3 - 2 * u1 * h2) % P
    return (x3, (r * (u1 * h2 - x3) - s1 * h3) % P, h * z1 * z2 % P)


def hash_of(words):
    return hashlib.sha256(b"nm.event.v1" + words.encode()).digest()


def unpack(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(key, message, sig):
    """ECDSA with SHA-256: `key` is an uncompressed point, `sig` is r and s, both in base64url."""
    point, sig = unpack(key), unpack(sig)
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    r, s = int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:], "big")
    is_point = len(point) == 65 and point[0] == 4 and not (y * y - x**3 + 3 * x - B) % P
    if not (is_point and len(sig) == 64 and 0 < r < N and 0 < s < N):
        return False
    e, w = int.from_bytes(hashlib.sha256(message).digest(), "big"), pow(s, -1, N)
    u1, u2, own, total = e * w % N, r * w % N, (x, y, 1), (0, 1, 0)
    both = add(G, own)
    for bit in range(255, -1, -1):
        total = double(total)
        pick = (u1 >> bit & 1, u2 >> bit & 1)
        if any(pick):
            total = add(total, {(1, 0): G, (0, 1): own, (1, 1): both}[pick])
    return bool(total[2]) and total[0] * pow(total[2], -2, P) % P % N == r


class Device:
    """The chain of one device. A good signature also stands behind the entries that it links back to."""

    def __init__(self, key):
        self.key, self.dseq, self.hash, self.open, self.lost, self.bad = key, 0, ZERO, [], [], None

    def pass_loss(self, dseq, prev):
        """The device signed that it lost the next entry. A later signature does not reach back over that."""
        for first, last, digest in self.lost:
            if first <= self.dseq + 1 <= last and self.dseq + 1 < dseq:
                self.bad, self.open = self.first_unsigned(), []
                self.dseq, self.hash = (last, digest) if last < dseq else (dseq - 1, prev)
                return True
        return False

    def first_unsigned(self):
        for place in range(len(self.open) - 1, -1, -1):
            if is_signed(self.key, bytes.fromhex(self.open[place][1]), self.open[place][2]):
                self.open = self.open[place + 1:]
                break
        return self.bad or (self.open[0][0] if self.open else None)


def check_checkpoints(head, kept, keys):
    by_row = {}
    for point in head["checkpoints"] + kept:
        text = "\n".join(["nm.checkpoint.v1"] + [str(point[name]) for name in SIGNED])
        name, is_good = f"the checkpoint of {point['seq']} rows", is_signed(point["key"], text.encode(), point["sig"])
        must(is_good, None, f"{name} does not have a good signature")
        must(not keys or point in kept or point["key"] in keys, None, f"{name} is signed with a key that was not named")
        must(point["provider"] == head["provider"], None, f"{name} belongs to another provider")
        by_row.setdefault(point["seq"], []).append(point)
    return {row: points for row, points in by_row.items() if row}


def follow(row, head, devices, apart):
    """The row is the next one that its device wrote."""
    seq, gone = row["seq"], row.get("disposed")
    event = gone or json.loads(row["bytes"])
    named = None if gone else (event["tenant"], event["device"], event["epoch"], event["dseq"])
    is_named = named in (None, (head["provider"], row["device"], row["epoch"], row["dseq"]))
    must(is_named, seq, "its bytes name another device, number or provider than the row")
    device = devices.get((row["device"], row["epoch"]))
    must(device, seq, "it comes from a device that this provider does not have")
    while row["dseq"] > device.dseq + 1:
        passed = apart.get((row["device"], row["epoch"], device.dseq + 1, device.hash))
        if passed:
            device.dseq, device.hash = device.dseq + 1, passed
        elif not device.pass_loss(row["dseq"], event["prev"]):
            break
    must((row["dseq"], event["prev"]) == (device.dseq + 1, device.hash), seq, "it does not follow its device's last")
    device.dseq, device.hash = row["dseq"], row["hash"]
    device.open.append((seq, row["hash"], row["sig"]))


def read_losses(head, devices):
    for one in head.get("losses", []):
        said = json.loads(one["bytes"])
        device = devices.get((said["device"], said["epoch"]))
        if device and is_signed(device.key, hash_of(one["bytes"]), one["sig"]):
            device.lost.append((said["first"], said["last"], said["hash"]))


def check_row(row, before, head, devices, apart):
    expected, chain, digest = before[0] + 1, before[1], row["hash"]
    must(row["seq"] == expected, expected, f"it is missing or was moved; row {row['seq']} stands in its place")
    must(("disposed" in row) == (row["bytes"] is None), expected, "its bytes are missing")
    must(row["bytes"] is None or hash_of(row["bytes"]).hex() == digest, expected, "its bytes do not have its hash")
    chained = hashlib.sha256(
        b"nm.server.v1" + bytes.fromhex(chain) + expected.to_bytes(8, "big") + bytes.fromhex(digest)
        + row["received_at"].to_bytes(8, "big", signed=True) + (row["note"] or "").encode()).hexdigest()
    must(chained == row["chain"], expected, "it does not continue the chain of the log")
    if row["device"] != NAMELESS:
        follow(row, head, devices, apart)
    return expected, chained


def check(lines, kept, keys):
    """Gives (head, number of rows). Raises Wrong."""
    head = json.loads(next(lines))
    must(head["format"] == "noticed-log-1", None, "this is not a log that this program knows")
    points = check_checkpoints(head, kept, keys)
    devices = {(one["device"], one["epoch"]): Device(one["public_key"]) for one in head["devices"]}
    apart = {(one["device"], one["epoch"], one["dseq"], one["prev"]): one["hash"] for one in head["apart"]}
    read_losses(head, devices)
    at, vouched, wrong = (0, ZERO), 0, None
    try:
        for line in lines:
            at = check_row(json.loads(line), at, head, devices, apart)
            for point in points.pop(at[0], []):
                must(point["chain"] == at[1], vouched + 1, f"it or a row up to {at[0]} is not what a checkpoint signed")
                vouched = at[0]
        must(not points, at[0] + 1, f"it is missing; a checkpoint counts {min(points, default=0)} rows")
        must((head["seq"], head["chain"]) == at, at[0] + 1, f"the head of the log counts {head['seq']} rows")
    except Wrong as found:
        wrong = found
    # What goes wrong later may come from an earlier row that was forged.
    unsigned = [row for row in (device.first_unsigned() for device in devices.values()) if row]
    if unsigned and (wrong is None or wrong.row is None or min(unsigned) <= wrong.row):
        raise Wrong(min(unsigned), "no signature of its device stands behind it")
    if wrong:
        raise wrong
    return head, at[0]


def main(path, *words):
    keys = [word.removeprefix("--key=") for word in words if word.startswith("--key=")]
    try:
        kept = [json.load(open(word, encoding="utf-8")) for word in words if not word.startswith("--key=")]
        with open(path, encoding="utf-8") as lines:
            head, rows = check(lines, kept, keys)
    except (Wrong, ValueError, KeyError, TypeError, StopIteration) as error:
        print(f"Not whole. {error}")
        return 1
    points, known = len(head["checkpoints"]) + len(kept), "this key" if keys else "keys that were not compared"
    print(f"Whole: {rows} rows of {len(head['devices'])} devices, {points} checkpoints, signed with {known}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__) or 2)
