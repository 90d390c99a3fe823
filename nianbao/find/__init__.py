"""Which files a run reads.

Enters: the inputs of a run. Leaves: files found, and the bytes of each. Doors: `files`, then
`file_bytes`. `remote_storage` lists what lies behind addresses, `litter` tells what is no file of a
person's, `page_images` which images are the pages of one document.
"""
