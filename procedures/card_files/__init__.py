"""Cards in files: read, checked, loaded and written. Their shape: docs/procedures.md."""
