"""Pay with luck in it, in numpy: month by month, all runs and all accounts that are due at once.

The model is described in ../page/luck.js.
"""

import numpy as np

from projection import Book, project


class Chances:
    """Every chance of a run at one split, as the projection tells them."""

    def __init__(self, book):
        self.due, self.won, self.expected = {}, {}, {}
        project(book, np.array([book.share]), self)

    def renewals(self, month, renewal):
        self.due[month] = renewal[0].astype(np.float32)

    def won_renewals(self, month, cohorts, renewal):
        self.won[month] = (cohorts, renewal[0])

    def wins(self, month, referred, cold):
        self.expected[month] = (referred[0], cold[0])


def luck(given):
    """Means and standard deviations of the three amounts over all runs."""
    book = Book(given)
    chances = Chances(book)
    runs, quota = book.runs, book.quota
    random = np.random.Generator(np.random.SFC64(book.seed))
    prospecting = book.prospectingCost * (1 - book.share) * book.hours / 12
    # Account by account, so that those who are due lie together in memory.
    alive = np.ones((book.accounts, runs), dtype=bool)
    won = np.zeros((book.months, runs), dtype=np.int64)
    margin = np.full(runs, book.yearly.sum())
    value_left = np.full(runs, book.value.sum())
    first_year, seller_value, company_value = np.zeros(runs), np.zeros(runs), np.zeros(runs)
    won_in_period = np.zeros(runs)
    for month in range(1, book.months + 1):
        pay = np.full(runs, book.base / 12)
        due = book.due[month]
        if len(due):
            before = alive[due]
            kept = before & (random.random((len(due), runs), dtype=np.float32) < chances.due[month][:, None])
            alive[due] = kept
            lost = (before ^ kept).astype(np.float64)
            margin -= book.yearly[due] @ lost
            value_left -= book.value[due] @ lost
            rates = book.rate(book.tenure[due] + month) * book.value[due] * book.term[due] / 12
            pay += rates @ kept.astype(np.float64)
        if month in chances.won:
            cohorts, renewal = chances.won[month]
            kept = random.binomial(won[cohorts], renewal[:, None])
            lost = (won[cohorts] - kept).sum(axis=0)
            won[cohorts] = kept
            margin -= lost * book.new_yearly
            value_left -= lost * book.new_value
            pay += (book.rate(month - 1 - cohorts) * book.new_value * book.new_term / 12) @ kept
        referred, cold = (random.poisson(mean, runs) for mean in chances.expected[month])
        wins = referred + cold
        won[month - 1] = wins
        margin += wins * book.new_yearly
        value_left += wins * book.new_value
        if (month - 1) % quota["months"] == 0:
            won_in_period[:] = 0
        beyond_before = np.maximum(won_in_period - quota["target"], 0)
        won_in_period += wins * book.new_value
        beyond = np.maximum(won_in_period - quota["target"], 0) - beyond_before
        pay += book.newRate * (wins * book.new_value + (quota["multiplier"] - 1) * beyond)
        pay += book.referralRate * referred * book.new_value
        if month <= 12:
            first_year += pay
        seller_value += book.seller[month] * pay
        company_value += book.company[month] * (margin / 12 - pay - prospecting)
    company_phi, seller_phi = book.phi
    pay_left = book.renewalRates[-1] * value_left
    seller_value += book.seller[-1] * seller_phi * pay_left
    company_value += book.company[-1] * company_phi * (margin - pay_left)
    amounts = (first_year, seller_value, company_value)
    return np.array([figure for amount in amounts for figure in (amount.mean(), amount.std(ddof=1))])
