"""The least that Django needs to show the components: no database, no sessions, no people."""

SECRET_KEY = "only for tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["guiju.portal.look", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.locale.LocaleMiddleware",
    "guiju.portal.look.language.LanguageFromAddress",
]
ROOT_URLCONF = "guiju.portal.look.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "static/"
