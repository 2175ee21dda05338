from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """The Django admin with the portal's own site."""

    default_site = "accounts.admin_site.PortalAdminSite"
