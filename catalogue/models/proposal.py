"""An annex that somebody tries with a draft of boundaries."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import Edition


class AnnexProposal(models.Model):
    """An annex that comes with a draft of boundaries, for its preview only: nobody is routed by it.
    Erased when the edition is no draft any more.

    ``name``: as the file was called. ``table``: CSV, as ``catalogue.annex.table`` reads it.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="annex_proposal")
    name = models.CharField(max_length=200)
    table = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("projekt załącznika")
        verbose_name_plural = _("projekty załącznika")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.name}"
