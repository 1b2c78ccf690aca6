"""Pictures that belong to a record."""

from engine.definition.field_types.attachment import Attachment
from engine.definition.model import Field


class Image(Attachment):
    """A list of pictures."""

    name = "image"
    title = {"zh-CN": "图片", "en": "Image"}
    docs = {
        "zh-CN": "图片列表，显示为缩略图；默认接受常见图片格式。",
        "en": "Pictures, shown small; the usual kinds by default.",
    }
    control = "image"

    def accepted(self, field: Field) -> tuple[str, ...]:
        """Return the kinds named, or any picture that a browser can show."""
        return super().accepted(field) or ("image/*", ".jpg", ".jpeg", ".png", ".webp", ".gif")
