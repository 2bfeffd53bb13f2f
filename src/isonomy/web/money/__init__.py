"""Pages of money: the budget with what is left of each head, payments and who signs them."""
