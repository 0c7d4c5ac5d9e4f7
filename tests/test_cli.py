"""The commands, started as a person starts them."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pwa import __version__
from pwa.cli import main
from pwa.serving import AddressTakenError, gunicorn_options, refuse_taken_address, site_address
from tests.running import STOP_SECONDS, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pwa.config import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def port_of_a_running_server(settings: Settings) -> Iterator[int]:
    """Serve in a process of its own, and stop it as a service manager does."""
    folders = [str(settings.data), str(settings.static), str(settings.translations)]
    program = (
        "import pathlib, click\n"
        "from pwa import create_app\n"
        "from pwa.config import Settings\n"
        "from pwa.serving import serve\n"
        f"data, static, words = map(pathlib.Path, {folders!r})\n"
        f"url = {settings.database_url!r}\n"
        "settings = Settings(data=data, database_url=url, port=0, static=static, translations=words)\n"
        "serve(create_app(settings), settings, say=click.echo)\n"
    )
    with running([sys.executable, "-c", program], cwd=ROOT) as (process, line):
        found = re.fullmatch(r"Cairn is at http://localhost:(\d+)\n", line)
        assert found, line
        yield int(found[1])
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_SECONDS) == 0


def test_a_server_answers_where_it_says_and_stops_when_told(port_of_a_running_server: int) -> None:
    connection = HTTPConnection("127.0.0.1", port_of_a_running_server, timeout=10)
    for path, status in (("/healthz", "alive"), ("/readyz", "ready")):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())) == (200, {"status": status})
        assert re.search(r"\d", answer.headers.get("Server", "")) is None, "a version"
    connection.close()


def test_a_port_that_is_taken_is_said_and_nothing_is_served() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(AddressTakenError, match="Set PORT"):
            refuse_taken_address("127.0.0.1", other.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://localhost:8000"),
        ("::1", "http://localhost:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("2001:db8::7", "http://[2001:db8::7]:8000"),
    ],
)
def test_the_address_printed_can_be_opened(host: str, address: str) -> None:
    assert site_address(host, 8000) == address


def test_gunicorn_shares_what_was_loaded_and_logs_nobodys_visits(settings: Settings) -> None:
    options = gunicorn_options(settings)
    assert (options["workers"], options["threads"]) == (2, 4)
    assert options["worker_class"] == "pwa.whole_requests.WholeRequestWorker"
    assert options["preload_app"] is True
    assert options["accesslog"] is None


def test_only_behind_tls_is_a_header_of_the_proxys_believed(settings: Settings) -> None:
    alone = gunicorn_options(settings)
    behind = gunicorn_options(replace(settings, behind_tls=True))
    assert alone["secure_scheme_headers"] == {}
    assert behind["secure_scheme_headers"] == {"X-FORWARDED-PROTO": "https"}
    assert alone["forwarder_headers"] == behind["forwarder_headers"] == ""


def test_a_bad_setting_ends_serve_with_one_line_and_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 1
    reason = 'PORT is "eighty"; expected a whole number from 0 to 65535; 0 takes a free port.'
    assert result.output == f"Error: {reason} [setting_refused]\n"


def test_doctor_ends_with_one_when_something_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CAIRN_DATA", str(tmp_path / "nothing"))
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert all(re.match(r"(ok  |warn|fail) [A-Za-z ]+: .+", line) for line in result.output.splitlines())
    assert not (tmp_path / "nothing").exists()


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"cairn, version {__version__}\n"


def test_prune_says_how_many_old_versions_it_let_go_of(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["prune"], env={"CAIRN_DATA": str(tmp_path / "data")})
    assert result.exit_code == 0, result.output
    assert result.output == "Let go of 0 old versions.\nLet go of 0 sign-ins that are over.\n"


def test_a_backup_is_taken_checked_and_put_back_by_commands(tmp_path: Path) -> None:
    file = str(tmp_path / "backup.sqlite3")
    old, new = ({"CAIRN_DATA": str(tmp_path / name)} for name in ("old", "new"))
    steps = [(["stats"], old), (["backup", file], old), (["verify-backup", file], old), (["restore", file], new)]
    for arguments, env in [*steps, (["new-generation"], new), (["stats"], new)]:
        result = CliRunner().invoke(main, arguments, env=env)
        assert result.exit_code == 0, result.output
    assert "accounts: 0\n" in result.output
    refused = CliRunner().invoke(main, ["restore", file], env=new)
    assert refused.exit_code == 1
    assert refused.output.endswith("[backup_refused]\n")
