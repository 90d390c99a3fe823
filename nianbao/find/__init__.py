"""What a run is about: inputs enter, files found leave, and later their bytes.

The door is `files` (`find_files`); `remote_storage` lists what lies behind addresses, `litter` tells what is
no file, `page_images` which images are the pages of one document. `file_bytes` reads one file found.
"""
