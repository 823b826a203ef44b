"""What the portal takes from its environment; whatever would be insecure is refused unless it is a demo."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from guiju.bilingual import Bilingual
from guiju.portal.databases import DatabaseURLError, database_from

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 5
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("", "0", "false", "no", "off")
_NEEDED_FOR_OIDC = ("jwt", "oauthlib", "requests")
MAIL_WAYS = ("console", "file", "smtp")


class ConfigurationError(ValueError):
    """The environment would make an insecure or broken site: each problem says what, where and how to mend it."""

    def __init__(self, problems: list[Bilingual]) -> None:
        self.problems = problems
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        head = "门户的环境配置有误：" if lang == "zh" else "the portal's environment is not fit:"
        return "\n  ".join([head, *(problem.get(lang) for problem in self.problems)])


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of one installation. `folder` holds what is not in the database: keys, mail written to files."""

    demo: bool
    debug: bool
    secret_key: str
    former_secret_keys: tuple[str, ...]
    hosts: tuple[str, ...]
    folder: Path
    database: dict[str, object]
    log_name: str
    ledger_key: Path
    checkpoint_seconds: int
    mail: str
    mail_from: str
    smtp_port: int
    behind_proxy: bool
    metrics_token: str
    oidc: Mapping[str, str] | None


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """Read the environment; raises ConfigurationError with every problem at once. Makes the folder if need be."""
    reader = _Reader(environment)
    demo, debug = reader.flag("GUIJU_DEMO"), reader.flag("GUIJU_DEBUG")
    folder = Path(environment.get("GUIJU_PORTAL_DIR") or _default_folder())
    secret, hosts = environment.get("GUIJU_SECRET_KEY", ""), reader.listed("GUIJU_ALLOWED_HOSTS")
    if not demo:
        reader.refuse_insecure(secret, hosts, debug=debug)
    mail = environment.get("GUIJU_MAIL") or ("file" if demo else "smtp")
    if mail not in MAIL_WAYS:
        reader.problem(
            f"GUIJU_MAIL 应为 {'、'.join(MAIL_WAYS)} 之一", f"GUIJU_MAIL should be one of {', '.join(MAIL_WAYS)}"
        )
    smtp_port = reader.number("GUIJU_SMTP_PORT", 25)
    checkpoint_seconds = reader.number("GUIJU_CHECKPOINT_SECONDS", 60)
    database = reader.database(folder)
    oidc = reader.oidc()
    if reader.problems:
        raise ConfigurationError(reader.problems)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Configuration(
        demo=demo,
        debug=debug,
        secret_key=secret or _kept_secret(folder / "demo-secret.key"),
        former_secret_keys=reader.listed("GUIJU_FORMER_SECRET_KEYS"),
        hosts=hosts or ("localhost", "127.0.0.1", "[::1]"),
        folder=folder,
        database=database,
        log_name=environment.get("GUIJU_LOG_NAME") or f"{hosts[0] if hosts else 'demo.invalid'}/log",
        ledger_key=Path(environment.get("GUIJU_LEDGER_KEY") or folder / "ledger.key"),
        checkpoint_seconds=checkpoint_seconds,
        mail=mail,
        mail_from=environment.get("GUIJU_MAIL_FROM") or f"portal@{hosts[0] if hosts else 'demo.invalid'}",
        smtp_port=smtp_port,
        behind_proxy=reader.flag("GUIJU_BEHIND_PROXY"),
        metrics_token=environment.get("GUIJU_METRICS_TOKEN", ""),
        oidc=oidc,
    )


class _Reader:
    """Collects every problem, so that one start tells them all."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[Bilingual] = []

    def problem(self, zh: str, en: str) -> None:
        self.problems.append(Bilingual(zh=zh, en=en))

    def flag(self, name: str) -> bool:
        word = self.environment.get(name, "").strip().lower()
        if word not in (*_TRUE, *_FALSE):
            self.problem(f"{name} 应为 1 或者 0", f"{name} should be 1 or 0")
        return word in _TRUE

    def number(self, name: str, default: int) -> int:
        given = self.environment.get(name, "").strip()
        if given and not given.isdecimal():
            self.problem(f"{name} 应为整数", f"{name} should be a whole number")
            return default
        return int(given) if given else default

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.environment.get(name, "").split(",") if one.strip())

    def refuse_insecure(self, secret: str, hosts: tuple[str, ...], *, debug: bool) -> None:
        if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS:
            self.problem(
                f"GUIJU_SECRET_KEY 须为至少 {SHORTEST_SECRET} 个随机字符；可用 python -c "
                '"import secrets; print(secrets.token_urlsafe(50))" 生成',
                f"GUIJU_SECRET_KEY must be at least {SHORTEST_SECRET} random characters; make one with: python -c "
                '"import secrets; print(secrets.token_urlsafe(50))"',
            )
        if debug:
            self.problem("GUIJU_DEBUG 只能与 GUIJU_DEMO=1 同用", "GUIJU_DEBUG goes with GUIJU_DEMO=1 only")
        # Django takes a name that begins with a dot for every name below it.
        if not hosts or any("*" in host or host.startswith(".") for host in hosts):
            self.problem(
                "GUIJU_ALLOWED_HOSTS 须列出本站的域名，用逗号分隔，不得含 *，不得以点开头",
                "GUIJU_ALLOWED_HOSTS must list the names of this site, by commas, without * or a dot in front",
            )

    def database(self, folder: Path) -> dict[str, object]:
        try:
            return database_from(self.environment.get("DATABASE_URL", ""), folder)
        except DatabaseURLError as error:
            self.problem(error.text("zh"), error.text("en"))
            return {}

    def oidc(self) -> Mapping[str, str] | None:
        names = {key: f"GUIJU_OIDC_{key.upper()}" for key in ("name", "server", "client_id", "secret")}
        given = {key: self.environment.get(name, "") for key, name in names.items()}
        lacking = [names[key] for key, value in given.items() if not value]
        if len(lacking) == len(names):
            return None
        if not all(map(find_spec, _NEEDED_FOR_OIDC)):
            wanted = ", ".join(_NEEDED_FOR_OIDC)
            self.problem(
                f"单点登录需要另外安装：{wanted}（pip install 'django-allauth[socialaccount]'）",
                f"OIDC needs {wanted}: pip install 'django-allauth[socialaccount]'",
            )
        if lacking:
            self.problem(f"单点登录还缺 {'、'.join(lacking)}", f"for OIDC also give {', '.join(lacking)}")
        return given


def _default_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("guiju") / "portal"


def _kept_secret(path: Path) -> str:
    """Return the demo's secret, made at the first start: workers and restarts must share it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(SHORTEST_SECRET))
    except FileExistsError:
        pass
    return path.read_text()
