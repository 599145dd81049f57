"""The shape of the house: who owns which library, what the core may know, what a command loads, how long things are."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "webwatch"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A library may be imported below these paths alone.
OWNERS = {
    "httpx": ["fetch"],
    "httpcore": ["fetch"],
    "truststore": ["fetch"],
    "ssl": ["fetch"],
    "socket": ["fetch"],
    "protego": ["fetch/robots.py"],
    "publicsuffixlist": ["sites.py"],
    "selectolax": ["parse/_document.py"],
    "feedparser": ["parse/feed/lenient.py"],
    "xml": ["parse/feed"],
    "dateutil": ["dates.py"],
    "yaml": ["config"],
    "platformdirs": ["config"],
    "sqlite3": ["store"],
    "sqlite_utils": ["store"],
    "jinja2": ["formats"],
    "rich": ["formats/table.py", "cli"],
    "click": ["cli"],
    "random": ["cli"],
    "time": ["cli", "fetch"],
    "threading": ["fetch", "demo"],
    "termios": ["cli/keys.py"],
}
CORE = ["match", "dedupe.py", "rank.py", "digest.py", "dates.py", "languages", "text.py", "addresses.py"]
CORE += ["officehours.py", "when.py", "desk", "stories", "cues", "guidance", "permalinks.py", "model", "errors.py"]
WORLD = {
    "os",
    "io",
    "socket",
    "subprocess",
    "random",
    "time",
    "threading",
    "urllib.request",
    "http",
    "sqlite3",
    "shutil",
}

LONGEST_MODULE, LONGEST_FUNCTION = 400, 50  # lines of code; blank lines, docstrings and tables of data do not count


def inside(module: Path, places: list[str]) -> bool:
    name = module.relative_to(PACKAGE).as_posix()
    return any(name == place or name.startswith(f"{place}/") for place in places)


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


@cache
def imported(module: Path) -> frozenset[str]:
    """Every module that is imported for use, in whatever place; what only types need is not."""
    return frozenset(_imported(parsed(module)))


def _imported(tree: ast.Module) -> Iterator[str]:
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_is_imported_by_its_owner_alone(library: str):
    strangers = [
        module.relative_to(PACKAGE).as_posix()
        for module in MODULES
        if not inside(module, OWNERS[library])
        and any(name == library or name.startswith(f"{library}.") for name in imported(module))
    ]
    assert strangers == []


def test_every_owner_is_there_and_uses_its_library():
    for library, places in OWNERS.items():
        for place in places:
            users = [module for module in MODULES if inside(module, [place])]
            assert any(
                name == library or name.startswith(f"{library}.") for module in users for name in imported(module)
            ), f"{place} does not import {library}"


@pytest.mark.parametrize("module", [module for module in MODULES if inside(module, CORE)], ids=lambda path: path.name)
def test_the_core_touches_no_file_no_network_and_no_clock(module: Path):
    assert {
        name for name in imported(module) if name in WORLD or name.split(".")[0] in WORLD - {"urllib.request"}
    } == set()
    calls = {node.func.attr for node in ast.walk(parsed(module))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}  # fmt: skip
    assert not calls & {"now", "utcnow", "today", "open", "read_text", "write_text", "read_bytes"}


def test_only_the_command_line_asks_the_clock():
    asking = [
        module.relative_to(PACKAGE).as_posix()
        for module in MODULES
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"datetime.now", "datetime.utcnow", "date.today", "datetime.today"}
    ]
    assert set(asking) <= {"cli/environment.py", "demo/__init__.py"}


def lines_of_code(module: Path) -> int:
    """Lines that hold code which does something: no blanks, comments, docstrings, and no tables at the top level."""
    source = module.read_text("utf-8")
    tree = parsed(module)
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            left_out.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            left_out.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(source.splitlines(), start=1)
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in left_out for number, line in lines
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_and_no_function_is_too_long(module: Path):
    assert lines_of_code(module) <= LONGEST_MODULE
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert length <= LONGEST_FUNCTION, f"{node.name}: {length} lines"


def test_no_module_is_a_box_for_odds_and_ends():
    assert not {module.stem for module in MODULES} & {"utils", "util", "helpers", "helper", "common", "misc", "base"}


def loaded(*arguments: str, folder: Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = (
        "import atexit, sys; sys.argv[0] = 'webwatch'; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
        "from webwatch.cli import main; main()"
    )
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "WEBWATCH_NOW": "2026-11-23T09:00:00Z"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


HEAVY = {
    "httpx",
    "feedparser",
    "rich.console",
    "jinja2",
    "dateutil",
    "sqlite_utils",
    "selectolax",
    "pydantic",
    "asyncio",
}


def test_the_version_needs_click_alone(tmp_path: Path):
    modules = loaded("--version", folder=tmp_path)
    assert not modules & (HEAVY | {"yaml", "sqlite3", "json"})
    assert not {name for name in modules if name.startswith("webwatch.")} - {"webwatch.cli", "webwatch.errors"}


def test_a_digest_as_json_loads_no_heavy_library_and_nothing_that_reads_the_web(tmp_path: Path):
    (tmp_path / "config.yaml").write_text("keywords: [a]\nsources: []\n")
    subprocess.run([sys.executable, "-m", "webwatch", "scan", "--quiet"], cwd=tmp_path, check=True,
                   env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]})  # fmt: skip
    modules = loaded("digest", "--json", folder=tmp_path)
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith(("webwatch.fetch", "webwatch.parse.", "webwatch.match"))}
