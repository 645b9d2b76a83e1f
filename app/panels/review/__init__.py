"""The page on which a patient's earlier sessions are looked at. It changes none of them."""
