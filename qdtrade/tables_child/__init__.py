"""The process that opens a file nobody has checked yet.

`qdtrade.tables` runs it with an empty environment: the file is standard input, the limits are the only argument, the
answer is one JSON value per line on standard output. Whatever the file does, only this process can run out of memory
or time. It knows no Django, and the product imports nothing from it.
"""
