"""What the documents say is true."""

import re
from pathlib import Path

import pytest

from webwatch import formats, languages, parse
from webwatch.config import load
from webwatch.errors import ExitCode

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/*.md")), ROOT / "benchmarks/README.md"]


def commands_in(document: str) -> set[str]:
    """Those of the table; a row may hold several: `webwatch ack ID`, `reply`."""
    cells = re.findall(r"^\| (`webwatch [^|]*(?:\\\|[^|]*)*) \|", document, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(?:webwatch )?([a-z-]+)", cell)}


def test_the_readme_is_short_and_lists_every_command_and_every_part(desk):
    assert README.count("\n") <= 150
    shown = desk.run("--help").stdout.split("Commands:")[1]
    assert commands_in(README) == commands_in(COMMANDS) == set(re.findall(r"^  ([a-z-]+) ", shown, re.MULTILINE))
    for part in (*parse.kinds(), *formats.names(), *languages.codes()):
        assert f"`{part}`" in README, part


def test_the_configuration_in_the_readme_is_short_and_loads(tmp_path):
    written = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    assert written.count("\n") <= 12
    path = tmp_path / "config.yaml"
    path.write_text(written, encoding="utf-8")
    config = load(path, {})
    assert (len(config.keywords), len(config.sources)) == (2, 3)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_exit_code_stands_in_the_table():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}
    assert told == {*map(int, ExitCode), 130}


def test_the_line_for_cron_works_as_it_is_printed(desk, web):
    from tests.command import item, rss

    web.page("/feed.xml", rss(item(1)))
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources: [{web.url('/feed.xml')}]\ndigest: {{to: ann@example.nl}}")
    line = re.search(r"^    \*/30 8-18 \* \* 1-5 +webwatch (.*)$", COMMANDS, re.MULTILINE)[1]
    arguments = line.replace("/home/ann/webwatch/config.yaml", str(desk.folder / "config.yaml")).split()
    done = desk.run(*arguments)
    assert (done.stdout, done.stderr) == ("", "")
    mail = re.search(r"webwatch (digest .*) \| sendmail -t$", COMMANDS, re.MULTILINE)[1]
    arguments = mail.replace("/home/ann/webwatch/config.yaml", str(desk.folder / "config.yaml")).split()
    sent = desk.run(*arguments).stdout
    assert "To: ann@example.nl" in sent
    assert "Bakkerij De Vries" in sent


def test_every_dependency_has_its_reason_and_a_lower_bound():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)[1]
    reasons = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    names = re.findall(r'"([a-z0-9-]+)>=', listed)
    assert len(names) == listed.count('",') == len(re.findall(r"^\| [a-z]", reasons, re.MULTILINE)) - 1
    for name in names:
        assert f"| {name} |" in reasons


def test_the_points_of_the_ranking_stand_in_its_document():
    from webwatch import points, rank

    told = (ROOT / "docs/ranking.md").read_text(encoding="utf-8")
    for name, (worth, means) in points.TABLE.items():
        assert f"| `{name}` | {worth:g} | {means} |" in told
    for section, worth in points.CLASSES.items():
        assert f"| `{section}` | {worth:g} |" in told
    for section in rank.SECTIONS:
        assert f"`{section}`" in told
    assert f"{rank.IMPORTANT}" in told
    assert f"{points.MOST:g}" in told
    assert f"{points.SURE:g}" in told


def test_the_table_of_states_is_the_one_in_the_code():
    from webwatch.cli.triage import KEYS
    from webwatch.desk.states import KINDS, STATES

    told = (ROOT / "docs/desk.md").read_text(encoding="utf-8")
    for name, kind in KINDS.items():
        possible = ", ".join(state for state in STATES if state in kind.possible)
        possible = "always" if kind.possible == frozenset(STATES) else possible
        assert f"| `{name}` | {possible} | {kind.leads_to or '–'} | {kind.does} |" in told
    for key, does in KEYS.items():
        assert f"| {'space' if key == ' ' else f'`{key}`'} | {does} |" in told


def test_every_engine_is_told_with_how_it_is_recognised_and_where_its_markup_was_taken_from():
    from webwatch.parse.forum import engines

    told = (ROOT / "docs/forums.md").read_text(encoding="utf-8")
    for engine in engines.names():
        assert len(re.findall(rf"^\| `{engine}` \|", told, re.MULTILINE)) == 2, engine
