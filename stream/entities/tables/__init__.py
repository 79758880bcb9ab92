"""What is known of names before a text is read: tables that anyone can add a row to, and what reads them."""
