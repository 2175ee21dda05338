"""`/api/v1/`, its schema and its documentation."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from .docs import docs
from .v1.districts import AddressesView, DistrictsView
from .v1.photos import PhotosView
from .v1.places import CategoriesView, LocateView
from .v1.procedures import ProceduresView, ProcedureView
from .v1.reports import ReportsView, ReportView
from .v1.similar import FollowView, SimilarView
from .v1.tiles import DistrictTilesView, DistrictTileView
from .v1.uploads import UploadsView, UploadView

app_name = "api"
urlpatterns = [
    path("v1/reports/", ReportsView.as_view(), name="reports"),
    path("v1/reports/<str:reference>/", ReportView.as_view(), name="report"),
    path("v1/reports/<str:reference>/follow/", FollowView.as_view(), name="follow"),
    path("v1/similar/", SimilarView.as_view(), name="similar"),
    path("v1/uploads/", UploadsView.as_view(), name="uploads"),
    path("v1/uploads/<uuid:pk>/", UploadView.as_view(), name="upload"),
    path("v1/photos/", PhotosView.as_view(), name="photos"),
    path("v1/categories/", CategoriesView.as_view(), name="categories"),
    path("v1/districts/", DistrictsView.as_view(), name="districts"),
    path("v1/districts/tiles.json", DistrictTilesView.as_view(), name="district-tiles"),
    path(
        "v1/districts/tiles/<str:z>/<str:x>/<str:y>.mvt",
        DistrictTileView.as_view(),
        name="district-tile",
    ),
    path("v1/locate/", LocateView.as_view(), name="locate"),
    path("v1/addresses/", AddressesView.as_view(), name="addresses"),
    path("v1/procedures/", ProceduresView.as_view(), name="procedures"),
    path("v1/procedures/<str:number>/", ProcedureView.as_view(), name="procedure"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]
