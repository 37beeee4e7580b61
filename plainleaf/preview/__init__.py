"""The live preview: a server on this machine alone that shows the pages of the leaflet in view as its files change.

Two processes: the server (``server``), which answers the browser and watches the files, and the workshop
(``workshop``), which stays warm: it reads the leaflet in view, makes its page for screens, and has copies of itself lay
the printed page out. A view (``views``) is what a person sees; to add one is to write a module and its line there.
"""
