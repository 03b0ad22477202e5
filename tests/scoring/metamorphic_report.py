"""Print how often the scorer breaks each rule of the metamorphic suite, or write the list of known exceptions.

``python -m tests.scoring.metamorphic_report`` prints the table; ``--write-exceptions`` writes the list, too.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict

import yaml

from scoring import grade, read
from tests.scoring.metamorphic import KNOWN, LONG, RULES, Violation, cases, violations

HEAD = """\
# Levels that break a rule of the metamorphic suite: rule, change, then base reply and skill.
# Written by: python -m tests.scoring.metamorphic_report --write-exceptions
# The tests fail on any that is not here, and when more than a quarter of a rule's no longer occur.
"""


def table() -> str:
    """Return the violation rates by rule and change as a Markdown table."""
    lines = ["| rule | change | levels | break the rule | rate |", "| --- | --- | --- | --- | --- |"]
    for rule in RULES:
        levels, broken = Counter[str](), Counter[str]()
        for case in cases(rule):
            levels[short(case.change)] += len(case.skills)
        for violation in violations(rule):
            broken[short(violation.change)] += 1
        lines.append(row(f"**{rule}**", "all", levels.total(), broken.total()))
        lines += [row("", change, count, broken[change]) for change, count in levels.items() if broken[change]]
    return "\n".join(lines)


def short(change: str) -> str:
    """Return the change without the base that a reply was pasted under."""
    return "pasted under another patient" if change.startswith("pasted under") else change


def row(rule: str, change: str, count: int, broken: int) -> str:
    """Return one line of the table."""
    return f"| {rule} | {change} | {count} | {broken} | {100 * broken / max(count, 1):.1f}% |"


def exceptions(broken: list[Violation]) -> str:
    """Return the list of known exceptions as YAML."""
    listed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for violation in broken:
        listed[violation.rule][violation.change].append(f"{violation.base} {violation.skill}")
    plain = {rule: {change: sorted(set(names)) for change, names in by.items()} for rule, by in listed.items()}
    return HEAD + yaml.safe_dump(plain, sort_keys=False, default_flow_style=None, width=118, allow_unicode=True)


def slowest() -> float:
    """Return the seconds that the slowest of the longest inputs takes to be rated."""
    taken = []
    for case in cases("any input"):
        if case.change.startswith("long"):
            start = time.process_time()
            grade(read(case.reply, case.patient))
            taken.append(time.process_time() - start)
    return max(taken)


def main() -> None:
    """Print the table and write the list where asked to."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write-exceptions", action="store_true", help=f"write {KNOWN.name} again")
    write = arguments.parse_args().write_exceptions
    start = time.process_time()
    print(table())
    print(
        f"\n{sum(len(cases(rule)) for rule in RULES)} changed replies in {time.process_time() - start:.0f} s of one core"
    )
    print(f"The slowest of {LONG:,} letters was rated in {slowest():.1f} s")
    if write:
        KNOWN.write_text(exceptions([one for rule in RULES for one in violations(rule)]), encoding="utf-8")
        print(f"{KNOWN.name} written")


if __name__ == "__main__":
    main()
