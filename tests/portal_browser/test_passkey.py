"""A passkey, made and used in Chromium with an authenticator of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.portal_browser.conftest import Visitor
from tests.portal_browser.test_every_page import faults_of

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_authenticator(one: Visitor) -> Any:
    session = one.context.new_cdp_session(one.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session


def test_a_passkey_is_added_and_opens_the_account_without_a_password(visitor: Callable[..., Visitor]) -> None:
    one = visitor("en")
    session = with_authenticator(one)
    one.log_in("sun_lei")
    one.confirm()
    one.goto("/account/2fa/webauthn/add/?lang=en")
    one.page.get_by_label("Name").fill("My computer")
    one.page.get_by_label("Passwordless").check()
    one.page.click("#mfa_webauthn_add")
    one.page.wait_for_url(re.compile(r"/account/2fa/(webauthn/(\?|$)|recovery-codes/)"))
    one.goto("/account/2fa/webauthn/?lang=en")
    assert "My computer" in one.page.inner_text("main")
    assert faults_of(one, "en") == []
    for link in one.page.locator('main a[href*="/webauthn/keys/"]').evaluate_all("all => all.map(one => one.href)"):
        one.goto(link)
        assert faults_of(one, "en") == []
    for path in ("", "recovery-codes/", "recovery-codes/generate/"):
        one.goto(f"/account/2fa/{path}?lang=en")
        assert faults_of(one, "en") == []
    one.goto("/account/logout/?lang=en")
    one.page.locator("main form button[type=submit]").first.click()
    one.goto("/account/login/?lang=en")
    one.page.click("#passkey_login")
    one.page.wait_for_url(re.compile("/(places|mine|organisations|desk)/"))
    session.detach()
