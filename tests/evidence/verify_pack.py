#!/usr/bin/env python3
"""Checks an evidence pack without the app that made it. Needs nothing but Python 3.

    python3 verify_pack.py PACK.zip

Prints one line per problem and ends with 1, or a short account and ends with 0.
"""

import hashlib
import json
import sys
import zipfile

MOST_BYTES = 512 * 1024 * 1024


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def unpack(path, problems):
    """Name -> bytes of every file in the pack."""
    files = {}
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise SystemExit("The file is far larger than an evidence pack can be.")
        for entry in archive.infolist():
            if entry.filename in files:
                problems.append(f"twice: {entry.filename}")
            try:
                files[entry.filename] = archive.read(entry)
            except Exception as error:  # a wrong checksum, a broken stream
                problems.append(f"changed: {entry.filename} ({error})")
                files[entry.filename] = b""
    return files


def check_files(files, manifest, problems):
    listed = {entry["name"]: entry for entry in manifest["files"]}
    for name, entry in listed.items():
        if name not in files:
            problems.append(f"missing: {name}")
        elif sha256(files[name]) != entry["sha256"] or len(files[name]) != entry["bytes"]:
            problems.append(f"changed: {name}")
    for name in files:
        if name != "manifest.json" and name not in listed:
            problems.append(f"added: {name}")


def check_log(log, problems):
    """Hashes of the events; those with their bytes are hashed again."""
    hashes, again = set(), 0
    for number, line in enumerate(log.decode("utf-8").splitlines(), start=1):
        event = json.loads(line)
        if event.get("hash") is None:
            continue
        hashes.add(event["hash"])
        if "bytes" in event:
            again += 1
            if sha256(b"nm.event.v1" + event["bytes"].encode("utf-8")) != event["hash"]:
                problems.append(f"changed: line {number} of log.jsonl does not have the hash of its event")
    return hashes, again


def check_chains(proof, hashes, problems):
    """Every event that has the next number names the hash of the one before."""
    named, links = set(), 0
    for chain in proof["chains"]:
        before = None
        for event in chain["events"]:
            if before and before["dseq"] + 1 == event["dseq"]:
                links += 1
                if event["prev"] != before["hash"]:
                    problems.append(f"chain: event {event['dseq']} of {chain['device']} does not follow")
            named.add(event["hash"])
            before = event
    ordered = {line["hash"] for line in proof["order"] if line["hash"] is not None}
    if ordered != hashes or not named <= hashes:
        problems.append("chain: proof.json and log.jsonl do not name the same hashes")
    return links


def main(path):
    problems = []
    try:
        files = unpack(path, problems)
    except (OSError, zipfile.BadZipFile) as error:
        raise SystemExit(f"This is not an evidence pack: {error}")
    if "manifest.json" not in files:
        raise SystemExit("This is not an evidence pack: manifest.json is missing")
    manifest = json.loads(files["manifest.json"])
    check_files(files, manifest, problems)
    hashes, again, links = set(), 0, 0
    try:
        hashes, again = check_log(files.get("log.jsonl", b""), problems)
        links = check_chains(json.loads(files.get("proof.json", b'{"chains": [], "order": []}')), hashes, problems)
    except (ValueError, KeyError, TypeError) as error:
        problems.append(f"changed: log.jsonl or proof.json cannot be read ({error})")
    if problems:
        print("\n".join(problems))
        return 1
    period = manifest["period"]
    print(f"{manifest['title']}, {manifest['provider']}, {period['from']} to {period['to']}: as it was made.")
    print(f"{len(manifest['files'])} files; {len(hashes)} event hashes, {again} hashed again, {links} links checked.")
    print(f"SHA-256 of manifest.json: {sha256(files['manifest.json'])}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1]))
