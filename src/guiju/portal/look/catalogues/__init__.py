"""The portal's fixed words in both languages: which are used, which are translated, and the compiled form.

Both the catalogues (`django.po`) and their compiled form (`django.mo`) are kept, so that a fresh clone and an installed
package speak both languages without gettext's tools; a test holds them equal. After a change:
``python -m guiju.portal.look.catalogues``.
"""

from guiju.portal.look.catalogues.check import CATALOGUES, catalogue_problems, compile_all
from guiju.portal.look.catalogues.po import CatalogueError, Message, compiled, read_po
from guiju.portal.look.catalogues.used import Used, messages_used

__all__ = [
    "CATALOGUES",
    "CatalogueError",
    "Message",
    "Used",
    "catalogue_problems",
    "compile_all",
    "compiled",
    "messages_used",
    "read_po",
]
