"""Where uploaded files live: the data folder, or an S3-compatible store when HALOPST_S3_BUCKET names one."""

from typing import Any

from environ import Env


def media_storage(env: Env) -> dict[str, Any]:
    """Django's STORAGES entry for uploads. Files are private: their addresses are signed and short-lived."""
    bucket = env.str("HALOPST_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("HALOPST_S3_ENDPOINT", default="") or None,
            "region_name": env.str("HALOPST_S3_REGION", default="") or None,
            "access_key": env.str("HALOPST_S3_ACCESS_KEY", default="") or None,
            "secret_key": env.str("HALOPST_S3_SECRET_KEY", default="") or None,
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": False,
        },
    }
