"""What a dry-needling record is: plain values and rules, without Qt, SQL or files."""
