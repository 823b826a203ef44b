"""From a published file, as it is, to an addressed text.

``files`` reads, ``editions`` recognises which text it is, one reader per publisher (``chinese``, ``english``,
``webpage``, ``comparison``) turns lines into blocks, ``assembly`` puts blocks together and checks that the
result is a whole law, ``batch`` does so for several files at once.
"""
