"""The process that opens a picture nobody has checked yet.

`qdtrade.evidence.actions.previews` runs it with an empty environment: the picture is standard input, the limits are
the only argument, the answer on standard output is one JPEG per size, each behind its length in four bytes. Whatever
the picture does, only this process can run out of memory or time. It knows no Django, and the product imports nothing
from it.
"""
