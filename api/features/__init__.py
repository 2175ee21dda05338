"""`/ogc/`: boundaries and reports by OGC API – Features, for QGIS, GDAL and other programs."""
