"""Table 三 (requests by kind of applicant): its rows -> cells placed on the form."""
