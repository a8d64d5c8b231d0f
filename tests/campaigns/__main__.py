"""python -m tests.campaigns NAME --count N --seed S: one long run, its summary as JSON."""

import argparse
import json
import sys
import time

from tests.campaigns.registry import add_flags, as_lines, campaigns, run


def main(arguments: list[str] | None = None) -> int:
    """0 if every promise held, 1 if one broke, 2 for wrong use."""
    given = sys.argv[1:] if arguments is None else arguments
    known = campaigns()
    if not given or given[0] not in known:
        sys.stderr.write(f"Campaigns: {', '.join(sorted(known))}. Each takes --help.\n")
        return 2
    parser = argparse.ArgumentParser(prog=f"campaign {given[0]}")
    add_flags(parser, known[given[0]])
    numbers = vars(parser.parse_args(given[1:]))
    began_s = time.monotonic()
    summary = as_lines(run(known[given[0]], numbers))
    told = {"campaign": given[0], **numbers, **summary}
    told["took_s"] = round(time.monotonic() - began_s, 1)
    sys.stdout.write(json.dumps(told, indent=1, default=str, ensure_ascii=False) + "\n")
    return 1 if summary.get("broken") else 0


if __name__ == "__main__":
    sys.exit(main())
