"""The tree itself: what lies at its root, what is kept out of it, and that its pages hold together.

Each check is a plain function that returns what is wrong, so that every one can be shown a planted fault.
"""

import codecs
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FOLDERS = {"pwa", "service_worker", "tests", "e2e", "docs", ".ci"}
FILES = re.compile(
    r"pyproject\.toml|README\.md|Makefile|package(-lock)?\.json|tsconfig(\.[a-z]+)?\.json|hatch_build\.py"
    r"|LICENSE|(CHANGELOG|CONTRIBUTING|SECURITY)\.md|\.gitignore|\.gitattributes"
)

# Lock files pin by hash; where a package is fetched from is the machine's own affair.
DOWNLOADS = re.compile(
    r"registry\.(npmjs\.org|yarnpkg\.com)|npm\.pkg\.github\.com|pypi\.org/simple|files\.pythonhosted\.org"
    r"|(?<![\w-])--(extra-)?index-url\b|(?<![\w-])--find-links\b"
    r'|"resolved"\s*:'
)

# Numbers that only one place understands.
NUMBERS = re.compile(
    r"(?<![\w&/#(\"'.-])#[1-9]\d{0,4}\b(?![-.\w])|\b(issue|ticket|pull request) #?\d+\b", re.IGNORECASE
)
# Names of what may have helped to write a line, turned by 13 letters so that they do not stand here either.
TURNED = "punggtcg|pbcvybg|pynhqr|naguebcvp|bcranv|trzvav|pbqrk|nv nffvfgnag|ynathntr zbqry|yyz"
NAMES = re.compile(rf"\b({codecs.decode(TURNED, 'rot13')})\b", re.IGNORECASE)
# Kinds of files in which a number sign begins a colour.
COLOURED = {".css", ".svg"}


def git(*arguments: str, cwd: Path = ROOT) -> list[str]:
    listed = subprocess.run(["git", *arguments, "-z"], cwd=cwd, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def files_of_the_tree() -> list[str]:
    """Everything git keeps or would take in; not what was removed and waits for its commit."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard")
    return sorted(name for name in set(names) if (ROOT / name).is_file())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text file of the tree by its path, but this one: it names what it looks for."""
    found: dict[str, str] = {}
    for name in set(files_of_the_tree()) - {Path(__file__).relative_to(ROOT).as_posix()}:
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found[name] = content.decode()
    assert len(found) > 50
    return found


# What lies at the root


def strangers_at_the_root(names: Iterable[str]) -> set[str]:
    tops = {(top, bool(rest)) for top, _, rest in (name.partition("/") for name in names)}
    return {top for top, is_folder in tops if not (top in FOLDERS if is_folder else FILES.fullmatch(top))}


def test_the_root_holds_only_what_tools_expect_there() -> None:
    names = files_of_the_tree()
    assert {name.partition("/")[0] for name in names} >= {"pwa", "tests", "README.md", "Makefile"}
    assert strangers_at_the_root(names) == set()


def test_a_stranger_at_the_root_is_found() -> None:
    planted = ["pwa/cli.py", "README.md", "notes.txt", "scripts/run.sh", "docs", "tsconfig.pure.json"]
    assert strangers_at_the_root(planted) == {"notes.txt", "scripts", "docs"}


# What is generated


def generated_but_kept(cwd: Path) -> list[str]:
    return git("ls-files", "--cached", "--ignored", "--exclude-standard", cwd=cwd)


def test_generated_files_are_not_in_git() -> None:
    rules = (ROOT / ".gitignore").read_text().split()
    assert {"/pwa/static/built/", "/node_modules/", "/.venv/", "/pwa/client/words/keys.ts"} <= set(rules)
    assert generated_but_kept(ROOT) == []


def test_a_generated_file_in_git_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("/built/\n")
    (tmp_path / "built").mkdir()
    (tmp_path / "built/app.js").write_text("go()")
    subprocess.run(["git", "add", "--force", "."], cwd=tmp_path, check=True)
    assert generated_but_kept(tmp_path) == ["built/app.js"]


# Where packages come from


def places_that_match(pattern: re.Pattern[str], texts: Mapping[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {found.group().strip()}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for found in pattern.finditer(line)
    ]


def test_no_file_says_where_packages_are_downloaded(texts: dict[str, str]) -> None:
    assert {"package-lock.json", ".ci/requirements.txt"} <= set(texts)
    assert '"integrity"' in texts["package-lock.json"]
    assert "--hash=" in texts[".ci/requirements.txt"]
    assert places_that_match(DOWNLOADS, texts) == []


@pytest.mark.parametrize(
    "line",
    [
        '"resolved": "somewhere"',
        "see registry.npmjs.org",
        "https://pypi.org/simple/",
        "pip install --index-url=x",
        "pip install --find-links x",
    ],
)
def test_a_download_address_is_found(line: str) -> None:
    assert places_that_match(DOWNLOADS, {"planted": f"\n{line}"}) != []


def test_an_option_that_keeps_addresses_out_is_let_through() -> None:
    assert places_that_match(DOWNLOADS, {"fine": "pip-compile --no-emit-index-url --no-emit-find-links"}) == []


# Pages


def undated(decisions: Mapping[str, str]) -> list[str]:
    """Decisions without a title in their first line or a date in the few below it."""
    head = re.compile(r"\A# \S.*\n(?:.*\n){0,5}?.*\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
    return [name for name, text in decisions.items() if not head.match(text)]


def test_every_decision_has_a_title_and_a_date(texts: dict[str, str]) -> None:
    decisions = {name: text for name, text in texts.items() if name.startswith("docs/decisions/")}
    assert decisions
    assert undated(decisions) == []


def test_a_decision_without_title_or_date_is_found() -> None:
    planted = {
        "fine": "# Keys\n\nDecided 2026-11-23.\n",
        "no title": "Keys\n\n2026-11-23\n",
        "no date": "# Keys\n\nToday.\n",
        "no such date": "# Keys\n\n2026-13-40\n",
    }
    assert undated(planted) == ["no title", "no date", "no such date"]


def broken_links(pages: Mapping[str, str], root: Path) -> list[str]:
    """Relative links of Markdown pages that lead to no file, or to no heading of one."""
    return [
        f"{name}: {target}"
        for name, text in pages.items()
        for target in links_of(text)
        if not _leads_somewhere(root / name, target, root)
    ]


def links_of(markdown: str) -> list[str]:
    """Targets of links and pictures, Markdown's and HTML's, without those that lead to other sites."""
    prose = re.sub(r"^(```|~~~).*?^\1|`[^`\n]*`", "", markdown, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(
        r"\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)|(?:src|href|srcset)=\"([^\"]+)\"", prose, re.MULTILINE
    )
    targets = ["".join(groups) for groups in found]
    return [target for target in targets if not re.match(r"[a-z][a-z+.-]*:|//", target)]


def _leads_somewhere(page: Path, target: str, root: Path) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.is_relative_to(root) or not file.exists():
        return False
    return not anchor or file.suffix != ".md" or anchor in _anchors_of(file.read_text())


def _anchors_of(markdown: str) -> set[str]:
    headings = re.findall(r"^#+\s+(.+?)\s*$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_relative_link_leads_somewhere(texts: dict[str, str]) -> None:
    pages = {name: text for name, text in texts.items() if name.endswith(".md")}
    assert sum(len(links_of(text)) for text in pages.values()) > 3
    assert broken_links(pages, ROOT) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Two words, here\n")
    page = (
        "[a](a.md) [a](a.md#two-words-here) ![b](b.png) [c](a.md#three) [d](../outside.md)\n"
        '<img src="e.png"> [out](https://example.org) [mail](mailto:a@example.org) `[code](f.md)`\n\n[g]: g.md\n'
    )
    (tmp_path / "page.md").write_text(page)
    broken = broken_links({"page.md": page}, tmp_path)
    assert broken == [
        "page.md: b.png",
        "page.md: a.md#three",
        "page.md: ../outside.md",
        "page.md: e.png",
        "page.md: g.md",
    ]


# Traces of how the tree came to be


def traces(texts: Mapping[str, str]) -> list[str]:
    without_colours = {name: text for name, text in texts.items() if Path(name).suffix not in COLOURED}
    return [*places_that_match(NUMBERS, without_colours), *places_that_match(NAMES, texts)]


def test_nothing_refers_to_what_only_its_makers_can_open(texts: dict[str, str]) -> None:
    assert traces(texts) == []


@pytest.mark.parametrize(
    "line", ["see #12", "Fixes issue 2", "as issue #7 says", codecs.decode("znqr ol Pynhqr", "rot13")]
)
def test_a_trace_is_found(line: str) -> None:
    assert traces({"planted.md": line}) != []


@pytest.mark.parametrize(
    "line",
    [
        "a passkey's session",
        '"#000"',
        "[a](a.md#1)",
        "https://www.w3.org/TR/png-3/#11IHDR",
        "&#39;",
        "# 1. Heading",
        "#fff",
    ],
)
def test_what_only_looks_like_a_trace_is_let_through(line: str) -> None:
    assert traces({"fine.md": line}) == []
