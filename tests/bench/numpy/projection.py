"""The projection in numpy: month by month, all splits and all accounts that are due at once.

Attention is shared evenly, so the book's accounts have the same and only splits and cohorts differ. See ../page/projection.js.
"""

import numpy as np

SPLITS = 101


class Book:
    """One seller's book, prepared for many projections."""

    def __init__(self, given):
        self.__dict__.update(given)
        for name in ("value", "margin", "cost", "term", "odds", "renewalRates"):
            setattr(self, name, np.asarray(given[name], dtype=np.float64))
        self.tenure = np.asarray(given["tenure"])
        self.accounts = len(self.value)
        self.yearly = self.value * self.margin - self.cost
        self.steepness = -np.log((self.rc - self.r1) / (self.rc - self.r0)) / self.hoursPerAccount
        company, seller = 1 / (1 + self.discountCompany), self.stay / (1 + self.discountSeller)
        years = np.arange(self.months + 1) / 12
        self.company, self.seller = company**years, seller**years
        self.phi = [factor * self.r1 / (1 - factor * self.r1) for factor in (company, seller)]
        self.new_value = self.newAccount["value"]
        self.new_yearly = self.new_value * self.newAccount["margin"]
        self.new_term = self.newAccount["term"]
        first, term = np.asarray(given["firstRenewal"]), np.asarray(given["term"]).astype(int)
        self.due = [
            np.flatnonzero((month >= first) & ((month - first) % term == 0)) for month in range(self.months + 1)
        ]

    def rate(self, age):
        """The renewal commission of the contract year that begins after `age` months."""
        return self.renewalRates[np.minimum(age // 12, len(self.renewalRates) - 1)]

    def chance(self, attention):
        """Renewal in a year with so many hours a month."""
        return self.r0 + (self.rc - self.r0) * (1 - np.exp(-self.steepness * 12 * attention))


def project(book, shares, seen=None):
    """Both values at every share. `seen`, if given, is told each chance of renewal and the wins that are expected."""
    splits = len(shares)
    customer_hours, prospecting_hours = shares * book.hours / 12, (1 - shares) * book.hours / 12
    kappa = 1 / (book.hoursPerPursuit * book.leads)
    start = book.hoursPerAccount / 12
    alive = np.ones((splits, book.accounts))
    attention = np.full(splits, start)
    won = np.zeros((splits, book.months))
    won_attention = np.full((splits, book.months), start)
    seller_value, company_value = np.zeros(splits), np.zeros(splits)
    living = np.full(splits, float(book.accounts))
    for month in range(1, book.months + 1):
        each = np.divide(customer_hours, living, out=np.zeros(splits), where=living > 1e-12)
        attention = book.carryOver * attention + (1 - book.carryOver) * each
        earlier = won_attention[:, : month - 1]
        earlier *= book.carryOver
        earlier += ((1 - book.carryOver) * each)[:, None]
        pay = np.full(splits, book.base / 12)
        due = book.due[month]
        if len(due):
            yearly = book.chance(attention)[:, None]
            renewal = yearly / (yearly + book.odds[due] * (1 - yearly))
            if np.any(book.term[due] != 12):
                renewal **= book.term[due] / 12
            kept = alive[:, due] * renewal
            alive[:, due] = kept
            pay += kept @ (book.rate(book.tenure[due] + month) * book.value[due] * book.term[due] / 12)
            if seen:
                seen.renewals(month, renewal)
        cohorts = np.arange(month - 1 - book.new_term, -1, -book.new_term)
        if len(cohorts):
            renewal = book.chance(won_attention[:, cohorts])
            if book.new_term != 12:
                renewal **= book.new_term / 12
            won[:, cohorts] *= renewal
            pay += won[:, cohorts] @ (book.rate(month - 1 - cohorts) * book.new_value * book.new_term / 12)
            if seen:
                seen.won_renewals(month, cohorts, renewal)
        living = alive.sum(axis=1) + won.sum(axis=1)
        referred_leads = np.minimum(book.referrals / 12 * living, prospecting_hours / book.hoursPerPursuit)
        referred = referred_leads * book.oddsReferred
        cold_hours = prospecting_hours - referred_leads * book.hoursPerPursuit
        cold = book.leads * book.oddsNew * (1 - np.exp(-kappa * 12 * cold_hours)) / 12
        if seen:
            seen.wins(month, referred, cold)
        won[:, month - 1] = referred + cold
        living = living + referred + cold
        margin = alive @ book.yearly + won.sum(axis=1) * book.new_yearly
        pay += book.new_value * (book.newRate * (referred + cold) + book.referralRate * referred)
        seller_value += book.seller[month] * pay
        company_value += book.company[month] * (margin / 12 - pay - book.prospectingCost * prospecting_hours)
    value_left = alive @ book.value + won.sum(axis=1) * book.new_value
    margin_left = alive @ book.yearly + won.sum(axis=1) * book.new_yearly
    pay_left = book.renewalRates[-1] * value_left
    company_phi, seller_phi = book.phi
    seller_value += book.seller[-1] * seller_phi * pay_left
    company_value += book.company[-1] * company_phi * (margin_left - pay_left)
    return seller_value, company_value


def curve(given):
    """Both values at 101 splits: the sellers' first, then the company's."""
    return np.concatenate(project(Book(given), np.arange(SPLITS) / (SPLITS - 1)))
