"""What a demo says in the terminal when it has started: where it is, and with which accounts to look at it."""

from __future__ import annotations

from django.conf import settings

from guiju.bilingual import Bilingual
from guiju.portal.demo.invented import read_invented

_HEAD = Bilingual(
    zh="演示站已启动：{address}/\n全部账户：{address}/demo/  邮件和日志：{folder}\n密码都是 {password}，例如：",
    en="The demo is running: {address}/\nAll accounts: {address}/demo/  Mails and log: {folder}\n"
    "The password is always {password}; for example:",
)


def told(address: str, lang: str) -> str:
    """Return the words, with those accounts that show most."""
    invented = read_invented()
    head = _HEAD.get(lang).format(address=address, folder=settings.CONFIGURATION.folder, password=invented.password)
    shown = [one for one in invented.people.values() if one.look]
    width = max(len(one.email) for one in shown)
    return "\n".join([head, *(f"  {one.email.ljust(width)}  {one.look[lang]}" for one in shown)])
