"""All that opens files of boundaries. It runs in child processes of a worker and nowhere else.

A worker starts ``python -m districts.editions.opening`` (see ``owed.children``). Its children have
limits of memory and time, no network, and of GDAL only the drivers of the formats that people may
upload. Nothing here imports Django: a child knows no settings, no database and no secret.
"""
