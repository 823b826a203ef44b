"""Pictures: JPEG, PNG, WebP, GIF, TIFF, and the Exif and TIFF structures that they share."""
