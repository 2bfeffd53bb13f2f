"""Elections: nominations, consents, the paper, results, appeals, vacancies."""
