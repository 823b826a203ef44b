"""People: accounts, second factors, passkeys. A new account has no role."""
