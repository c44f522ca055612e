"""Maps of journeys to keep and to print: `told` says what stands in one, `picture` draws it as SVG, `paper`
sets it as PDF.

They are made from a release when somebody asks for them, and not frozen in it: they name the release, whose
number is not known before it is made, and releases of old have them too.
"""
