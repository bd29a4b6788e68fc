"""The page in a browser: headless Chromium opens what the `html` format wrote."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("golden") / "golden.html"
NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def open_page(folder: Path, *switches: str) -> str:
    """What Chromium prints when it opens the golden page, its profile in `folder`."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no browser: none of {', '.join(NAMES)} is on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(
        [found, *SWITCHES, f"--user-data-dir={folder / 'profile'}", *switches, GOLDEN.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_browser_reads_the_page_as_it_was_written(tmp_path: Path) -> None:
    dom = open_page(tmp_path, "--dump-dom")
    body = GOLDEN.read_text(encoding="utf-8").partition("<main>")[2].partition("</nav>")[0]
    assert body in dom.replace("&nbsp;", "\xa0")


@pytest.mark.parametrize("scheme", ["0", "1"], ids=["dark", "light"])
def test_a_browser_paints_the_page_in_both_schemes(tmp_path: Path, scheme: str) -> None:
    picture = tmp_path / "page.png"
    open_page(
        tmp_path,
        f"--screenshot={picture}",
        "--window-size=1280,900",
        f"--blink-settings=preferredColorScheme={scheme}",
    )
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1280, 900)
    assert len(content) > 20_000  # an empty page of this size takes 5 kB
