#!/usr/bin/env python3
"""Writes a synthetic WARC.gz of so many megabytes unpacked: pages of three short paragraphs of made-up events in 40 KB of script.

archive.py MEGABYTES | detente read - --format jsonl
"""

import gzip
import random
import sys

STATES = ["Norway", "Sweden", "Denmark", "Finland", "Iceland", "Estonia", "Latvia", "Chile", "Peru", "Ghana", "Kenya", "Oman"]
ACTS = ["accused {} of seizing boats", "praised the offer of {}", "signed an accord with {}", "recalled its ambassador to {}", "sent grain to {}"]
SCRIPT = "".join(f"var a{number * 7919 % 100_000}=1;" for number in range(3_000))
WHEN = ["on Monday", "on Tuesday", "last week", "on May 2", "in April"]


def sentence(dice):
    one, other = dice.sample(STATES, 2)
    return f"{one} {dice.choice(ACTS).format(other)} {dice.choice(WHEN)}, officials in the harbour town said."


def page(number):
    dice = random.Random(number)
    paragraphs = "".join(f"<p>{sentence(dice)} {sentence(dice)}</p>" for _ in range(3))
    head = f"<!doctype html><html lang=en><head><title>Report {number}</title></head>"
    return f"{head}<body><article><h1>Report {number} from the harbour</h1>{paragraphs}</article><script>{SCRIPT}</script></body></html>"


def record(number):
    body = page(number).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://news.example/2017/05/02/{number}\r\nWARC-Date: 2017-05-03T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def main():
    left = int(sys.argv[1]) << 20
    number = 0
    while left > 0:
        made = record(number)
        left -= len(made)
        number += 1
        sys.stdout.buffer.write(gzip.compress(made, compresslevel=1))


if __name__ == "__main__":
    main()
