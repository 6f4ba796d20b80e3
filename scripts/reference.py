"""Write docs/cli.md from the commands' own --help; with --check only say whether it is still true.

The check also asks that each command and each named query is spoken of in the README or in docs/.
"""

import os
import sys
from pathlib import Path

os.environ.update({"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "_TYPER_FORCE_DISABLE_TERMINAL": "1"})

import typer.main
from typer.testing import CliRunner

from kg.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "cli.md"


def command_names(command, prefix=()):
    yield prefix
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield from command_names(child, (*prefix, name))


def render():
    names = list(command_names(typer.main.get_command(app)))
    parts = ["# The commands\n\nWritten by `make docs` from `kg --help`; `make check` compares.\n"]
    for name in names:
        result = CliRunner().invoke(app, [*name, "--help"], prog_name="kg")
        if result.exit_code:
            sys.exit(f"kg {' '.join(name)} --help failed: {result.output}")
        text = "\n".join(line.rstrip() for line in result.output.strip().splitlines())
        parts.append(f"## kg {' '.join(name)}".rstrip() + f"\n\n```text\n{text}\n```\n")
    return "\n".join(parts), names


def undocumented(names):
    prose = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
    for name in names:
        if len(name) == 1 and f"kg {name[0]}" not in (ROOT / "README.md").read_text("utf-8"):
            yield f"README.md does not speak of kg {name[0]}"
    for query in sorted((ROOT / "queries").glob("*.rq")):
        if query.stem not in prose:
            yield f"no page speaks of the query {query.stem}"


def main():
    text, names = render()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, "utf-8")
        return 0
    problems = list(undocumented(names))
    if not PAGE.exists() or PAGE.read_text("utf-8") != text:
        problems.append("docs/cli.md is not what --help says now: run `make docs`")
    for problem in problems:
        sys.stderr.write(problem + "\n")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
