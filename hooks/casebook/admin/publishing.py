"""The form as part of a published site, where that is asked for: over a repository on GitHub, for those who may write there.

No Python stands between that form and the files. Decap CMS writes a casefile anew: its values stay, its comments and its
layout do not, and numbers may be written in another way. Each save becomes a pull request, which the checks read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from casebook.admin.bundle import bundle_folder, is_installed
from casebook.admin.choices import choices
from casebook.admin.config import GitHub, github_config
from casebook.admin.pages import page
from casebook.exports.site import SiteFile

_SETTING = re.compile(r"github:([A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)(?:@([A-Za-z0-9._/-]+))?")
_HOST = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?")
_HOOK = '<meta name="robots" content="noindex">'
"""Where the policy goes in the page: a host of static files sends none of ours."""


class CannotPublish(Exception):  # noqa: N818 - it names what happened
    """The form was asked for and cannot be published. The message says why, and what to do."""


def asked_for(setting: str, login_host: str) -> GitHub | None:
    """What `CASEBOOK_ADMIN` and `CASEBOOK_ADMIN_LOGIN` ask for; nothing when they are empty. Raises CannotPublish."""
    if not setting:
        return None
    match = _SETTING.fullmatch(setting)
    if match is None:
        raise CannotPublish(f'CASEBOOK_ADMIN is "{setting}"; write it as github:you/casebook@main')
    if login_host and not _HOST.fullmatch(login_host):
        raise CannotPublish(f'CASEBOOK_ADMIN_LOGIN is "{login_host}"; write it as https://login.example.org')
    return GitHub(match[1], match[2] or "main", login_host)


def check_installed(project: Path) -> None:
    """Raise CannotPublish when the form's program is not here."""
    if not is_installed(project):
        raise CannotPublish(
            "CASEBOOK_ADMIN asks for the form, and Decap CMS is not installed: say make admin, and build again"
        )


def admin_files(project: Path, place: GitHub) -> Iterator[SiteFile]:
    """Everything below `/admin/`."""
    index = page("index.html").decode()
    policy = f'<meta http-equiv="Content-Security-Policy" content="{policy_for(place)}">'
    yield SiteFile("admin/index.html", index.replace(_HOOK, f"{_HOOK}\n{policy}"))
    for name in ("start.js", "form.js", "form.css"):
        yield SiteFile(f"admin/{name}", page(name))
    yield SiteFile("admin/config.json", json.dumps(github_config(place), ensure_ascii=False))
    yield SiteFile("admin/choices.json", json.dumps(choices(project / "casefiles"), ensure_ascii=False))
    for path in sorted(bundle_folder(project).iterdir()):
        yield SiteFile(f"admin/decap/{path.name}", path.read_bytes())


def policy_for(place: GitHub) -> str:
    """The Content-Security-Policy of the published form: GitHub, its status page, and the pictures of those who sign in."""
    reached = " ".join(
        ["'self'", "blob:", "https://api.github.com", "https://www.githubstatus.com", place.login_host]
    ).strip()
    return (
        "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        f"img-src 'self' data: blob: https://avatars.githubusercontent.com; connect-src {reached}; "
        "base-uri 'none'; form-action 'none'"
    )
