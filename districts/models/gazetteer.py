"""The gazetteer: streets, addresses, crossings and places by name. EPSG:4326 throughout."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.utils.translation import gettext_lazy as _


class Street(models.Model):
    """A street of the gazetteer, for suggestions; the import makes it from the addresses."""

    name = models.CharField(max_length=120, primary_key=True)
    # Two streets may differ by a diacritical mark alone, as Płocka and Plocka do.
    key = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("ulica")
        verbose_name_plural = _("ulice")
        indexes = [GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="street_alike")]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A building's address in the gazetteer; ``location`` (EPSG:4326) only where it is known.

    ``street_key`` and ``number_key`` are normalised, to be compared with what people write.
    ``district_code`` is the code that all editions share, so that the gazetteer stays valid when
    boundaries change.
    """

    street = models.CharField(max_length=120)
    number = models.CharField(max_length=20)
    street_key = models.CharField(max_length=120)
    number_key = models.CharField(max_length=20)
    district_code = models.SlugField(max_length=60)
    location = models.PointField(srid=4326, null=True, blank=True, spatial_index=False)

    class Meta:
        verbose_name = _("adres")
        verbose_name_plural = _("adresy")
        constraints = [
            models.UniqueConstraint(
                fields=["street", "number", "district_code"], name="address_as_listed_once"
            )
        ]
        indexes = [
            GistIndex(
                fields=["location"],
                condition=models.Q(location__isnull=False),
                name="address_place",
            ),
            models.Index(
                fields=["street_key", "number_key"],
                name="address_begins",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street} {self.number}"


class StreetLine(models.Model):
    """A street as OpenStreetMap draws it, by the name on its signs: "Generała Maczka" where the
    city's list has "Maczka". ``line`` (EPSG:4326): all its stretches within the city.
    """

    name = models.CharField(max_length=255, primary_key=True)
    key = models.CharField(max_length=255)
    line = models.MultiLineStringField(srid=4326)

    class Meta:
        verbose_name = _("przebieg ulicy")
        verbose_name_plural = _("przebiegi ulic")
        indexes = [GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="street_line_alike")]

    def __str__(self) -> str:
        return self.name


class Crossing(models.Model):
    """Where two streets meet (EPSG:4326). ``street`` comes before ``other`` in the alphabet; two
    streets may meet several times.
    """

    street = models.CharField(max_length=255)
    other = models.CharField(max_length=255)
    street_key = models.CharField(max_length=255)
    other_key = models.CharField(max_length=255)
    location = models.PointField(srid=4326)

    class Meta:
        verbose_name = _("skrzyżowanie")
        verbose_name_plural = _("skrzyżowania")
        indexes = [
            models.Index(fields=["street"], name="crossing_street"),
            models.Index(fields=["other"], name="crossing_other"),
        ]

    def __str__(self) -> str:
        return f"{self.street} / {self.other}"


class NamedPlace(models.Model):
    """A park, a stop, a school: what people call by its name. A place with several names has a row
    for each ``key``; all of them show one ``name``.

    ``shape`` (EPSG:4326): its outline, or its points (a stop has a pole on each side).
    ``location``: a point of it. ``reach``: metres from there to its farthest part.
    """

    class Kind(models.TextChoices):
        SQUARE = "square", _("plac")
        ROUNDABOUT = "roundabout", _("rondo")
        GREEN = "green", _("park albo las")
        WATER = "water", _("woda")
        STOP = "stop", _("przystanek")
        STATION = "station", _("stacja")
        SCHOOL = "school", _("szkoła albo przedszkole")
        HEALTH = "health", _("szpital albo przychodnia")
        CEMETERY = "cemetery", _("cmentarz")
        WORSHIP = "worship", _("świątynia")
        CULTURE = "culture", _("kultura")
        SPORT = "sport", _("sport i zabawa")
        TRADE = "trade", _("handel")
        OFFICE = "office", _("urząd")

    name = models.CharField(max_length=255)
    key = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=Kind)
    shape = models.GeometryField(srid=4326)
    location = models.PointField(srid=4326, spatial_index=False)
    reach = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("miejsce z nazwą")
        verbose_name_plural = _("miejsca z nazwą")
        indexes = [GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="named_place_alike")]

    def __str__(self) -> str:
        return self.name
