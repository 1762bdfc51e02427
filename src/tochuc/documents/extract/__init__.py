"""Reading a Party news item or document: what it cites, when, who, how many, what is to be done.

Pure text in, plain values out: no framework, no database, no model file. The words of the field live
as data in ``grammar/``; the modules here only know how such words are put together.
"""
