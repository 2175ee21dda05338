"""The shapes that the API answers with, for the schema; the views answer plain dictionaries."""

from rest_framework import serializers

from .geometry import ExtentSchema, PointSchema


class NamedOutput(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class DistrictOutput(NamedOutput):
    borough = serializers.CharField()


class ReceiptOutput(serializers.Serializer):
    reference = serializers.CharField()
    status = serializers.CharField()
    status_url = serializers.URLField()
    unit = NamedOutput()
    district = DistrictOutput()
    expected_by = serializers.DateField(allow_null=True)


class BorderSideOutput(NamedOutput):
    words = serializers.CharField()
    bearing = serializers.IntegerField()


class BorderOutput(serializers.Serializer):
    question = serializers.CharField()
    street = serializers.CharField(allow_blank=True)
    location = PointSchema()
    sides = BorderSideOutput(many=True)


class PlacementOutput(serializers.Serializer):
    district = DistrictOutput()
    edition = serializers.CharField()
    place = serializers.CharField()
    asks_side = serializers.BooleanField()
    border = BorderOutput(allow_null=True)
    metres_to_border = serializers.FloatField()
    neighbour = DistrictOutput(allow_null=True)
    unit = NamedOutput(allow_null=True)
    mode = serializers.ChoiceField(choices=["automatic", "operator"], allow_null=True)


class ShareOutput(NamedOutput):
    part = serializers.FloatField()


class CoverOutput(serializers.Serializer):
    districts = ShareOutput(many=True)
    size = serializers.IntegerField()
    unit = NamedOutput(allow_null=True)
    mode = serializers.ChoiceField(choices=["automatic", "operator"], allow_null=True)


class StepOutput(serializers.Serializer):
    status = serializers.CharField()
    status_text = serializers.CharField()
    at = serializers.DateTimeField()
    unit = NamedOutput(allow_null=True)
    note = serializers.CharField()


class ShownPhotoOutput(serializers.Serializer):
    url = serializers.URLField()
    description = serializers.CharField()


class ReportOutput(serializers.Serializer):
    reference = serializers.CharField()
    status = serializers.CharField()
    status_text = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    is_hidden = serializers.BooleanField()
    category = NamedOutput(allow_null=True)
    description = serializers.CharField(allow_null=True)
    location = PointSchema(allow_null=True)
    extent = ExtentSchema(allow_null=True)
    district = DistrictOutput(allow_null=True)
    place = serializers.CharField()
    unit = NamedOutput(allow_null=True)
    expected_by = serializers.DateField(allow_null=True)
    duplicate_of = serializers.CharField(allow_null=True)
    timeline = StepOutput(many=True)
    photos = ShownPhotoOutput(many=True)


class CategoryOutput(NamedOutput):
    group = serializers.CharField()
    working_days = serializers.IntegerField(allow_null=True)
    emergency = serializers.CharField()
    kind = serializers.CharField()
    advice = serializers.CharField()
    questions = serializers.ListField(child=serializers.DictField())


class ErrorOutput(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


class ChallengeOutput(ErrorOutput):
    challenge = serializers.DictField()
    ticket = serializers.CharField()
    wait = serializers.IntegerField()


class RepeatOutput(ErrorOutput):
    """``reference``: of the first report, where the same id came with something else."""

    reference = serializers.CharField(required=False)


class CardLinkOutput(serializers.Serializer):
    number = serializers.CharField()
    title = serializers.CharField()
    url = serializers.URLField()


class RefusalOutput(ErrorOutput):
    """``cards``: for a category that is no report, how its matter is settled."""

    cards = CardLinkOutput(many=True, required=False)


class ProcedureRowOutput(CardLinkOutput):
    summary = serializers.CharField()
    unit = NamedOutput()
    published_at = serializers.DateTimeField()


class ProcedurePageOutput(serializers.Serializer):
    results = ProcedureRowOutput(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class FeeOutput(serializers.Serializer):
    name = serializers.CharField()
    amount = serializers.CharField(allow_null=True)
    account = serializers.CharField()


class DocumentOutput(serializers.Serializer):
    kind = serializers.CharField()
    name = serializers.CharField()
    note = serializers.CharField()
    template = serializers.URLField(allow_null=True)


class PictureOutput(serializers.Serializer):
    """``name`` is how Markdown places it: ``![](name)``; ``width`` and ``height`` in pixels."""

    name = serializers.CharField()
    description = serializers.CharField()
    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class LegalBasisOutput(serializers.Serializer):
    title = serializers.CharField()
    url = serializers.URLField(allow_null=True)


class ProcedureOutput(ProcedureRowOutput):
    department = serializers.CharField(allow_null=True)
    online = serializers.BooleanField()
    online_url = serializers.URLField(allow_null=True)
    by_post = serializers.BooleanField()
    by_phone = serializers.BooleanField()
    appointment = serializers.BooleanField()
    fee = serializers.BooleanField()
    proxy = serializers.BooleanField()
    steps = serializers.ListField(child=serializers.CharField())
    handling = serializers.CharField()
    time_limit = serializers.CharField()
    place = serializers.CharField()
    fees = FeeOutput(many=True)
    exemptions = serializers.CharField()
    documents = DocumentOutput(many=True)
    legal_basis = LegalBasisOutput(many=True)
    appeal = serializers.CharField()
    pictures = PictureOutput(many=True)
    topics = serializers.ListField(child=serializers.CharField())
    situations = serializers.ListField(child=serializers.CharField())
    categories = serializers.ListField(child=serializers.CharField())
    related = serializers.ListField(child=serializers.CharField())
    is_demo = serializers.BooleanField()


class WithdrawnOutput(ErrorOutput):
    replaced_by = serializers.CharField(allow_null=True)
