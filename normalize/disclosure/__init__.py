"""Table 二 (proactive disclosure): its rows -> cells placed on the form."""
