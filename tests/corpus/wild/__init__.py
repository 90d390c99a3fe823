"""Numbers of the form -> tables that no official drawing has, yet every cell of which a careful reader can place."""
