"""Which libraries an office has and which of them count: found again, gone, closed, left out, by kecamatan. Pure."""
