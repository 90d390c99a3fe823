"""Table 四 (administrative reconsideration and litigation): its rows -> cells placed on the form."""
