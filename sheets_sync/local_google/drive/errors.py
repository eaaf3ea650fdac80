"""What Drive says when it refuses."""

from __future__ import annotations

from sheets_sync.local_google.errors import ApiError, DriveReason


def file_not_found(file_id: str) -> ApiError:
    """404: unknown, deleted, or not shared with the caller; Drive does not tell which."""
    return ApiError(404, f"File not found: {file_id}.", drive=DriveReason("notFound", "global", "fileId", "parameter"))


def thing_not_found(what: str, its_id: str, parameter: str) -> ApiError:
    """404 for a part of a file: a permission, comment, reply or revision."""
    return ApiError(
        404, f"{what} not found: {its_id}.", drive=DriveReason("notFound", "global", parameter, "parameter")
    )


def insufficient() -> ApiError:
    """403: the caller sees the file but may not do this."""
    text = "The user does not have sufficient permissions for this file."
    return ApiError(403, text, drive=DriveReason("insufficientFilePermissions"))


def invalid(parameter: str, message: str = "Invalid Value") -> ApiError:
    """400: a parameter that can't be understood."""
    return ApiError(400, message, drive=DriveReason("invalid", "global", parameter, "parameter"))


def check_size(size: int, most: int) -> int:
    """A page size within its limits.

    Raises:
        ApiError: 400 with Google's text.
    """
    if not 1 <= size <= most:
        text = f"Invalid value '{size}'. Values must be within the range: [1, {most}]"
        raise ApiError(400, text, drive=DriveReason("invalidParameter", "global", "pageSize", "parameter"))
    return size


def required(parameter: str, message: str) -> ApiError:
    """400: something is missing."""
    return ApiError(400, message, drive=DriveReason("required", "global", parameter, "parameter"))


def refused(code: int, reason: str, message: str, parameter: str | None = None) -> ApiError:
    """Any other refusal, with the parameter it is about."""
    kind = "parameter" if parameter else None
    return ApiError(code, message, drive=DriveReason(reason, "global", parameter, kind))


def no_storage() -> ApiError:
    """403: service accounts own nothing."""
    text = (
        "Service Accounts do not have storage quota. Leverage shared drives "
        "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation "
        "(http://support.google.com/a/answer/7281227) instead."
    )
    return ApiError(403, text, drive=DriveReason("storageQuotaExceeded", "usageLimits"))
