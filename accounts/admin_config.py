from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """The Django admin with our own door."""

    default_site = "accounts.admin_site.PortalAdminSite"
