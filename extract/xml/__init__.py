"""XML inside office files: packages of parts, names, small questions asked of an element.

Enters: bytes of a zip of XML parts, or of one XML file. Leaves: parsed trees within limits. `package.py` is
the door, `office_package.py` where parts are found by relationship.
"""
