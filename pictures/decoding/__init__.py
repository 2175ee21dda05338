"""All that decodes what others send. It runs in child processes of a worker and nowhere else.

A worker starts ``python -m pictures.decoding`` (see ``owed.children``): a small parent that
has loaded the decoders but never opens a file. For each photo it forks a child with limits of
memory and time, which may crash without anybody noticing but its own photo.

Nothing here imports Django: a child knows no settings, no database and no secret.
"""
