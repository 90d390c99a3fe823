"""What a run is about: files, objects behind addresses, images that are the pages of one document."""
