"""report.pdf: what a data-protection officer reads, signs and files, as tagged PDF (PDF/UA-1 and PDF/A-2a)."""
