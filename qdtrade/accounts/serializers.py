"""People and bureaus as the API shows them: never a phone number, a mail address or a password."""

from typing import Any

from rest_framework import serializers

from .models import Bureau, User


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person who did something, wherever one is named."""

    class Meta:
        model = User
        fields = ("id", "name")


class BureauNameSerializer(serializers.ModelSerializer[Bureau]):
    """A bureau, wherever one is named."""

    class Meta:
        model = Bureau
        fields = ("id", "code", "name", "short_name")


class BureauSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A bureau of the tree; the region at its root has no parent. From `merged_on` its names mean `merged_into`."""

    parent = BureauNameSerializer(allow_null=True)
    merged_into = BureauNameSerializer(allow_null=True)
    region = serializers.IntegerField(source="root_id")

    class Meta:
        model = Bureau
        fields = (
            "id",
            "code",
            "name",
            "short_name",
            "kind",
            "parent",
            "region",
            "merged_into",
            "merged_on",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:bureau-detail"}}
