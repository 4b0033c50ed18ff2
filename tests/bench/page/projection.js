// The projection in plain JavaScript: one seller's book month by month in expected values, attention shared evenly.
// Every account and every month's wins (a cohort) have their own survival, attention and dates; typed arrays, one pass a
// month, an exponential only where a contract is due.

/** Prepares a book for many projections. */
export function prepare(book) {
    const { months, newAccount } = book;
    const accounts = book.value.length;
    const rows = accounts + months;
    const filled = (numbers, ofCohort) => {
        const array = new Float64Array(rows).fill(ofCohort);
        array.set(numbers);
        return array;
    };
    const beta = { company: 1 / (1 + book.discountCompany), seller: book.stay / (1 + book.discountSeller) };
    const phi = factor => factor * book.r1 / (1 - factor * book.r1);
    return {
        ...book, accounts, rows,
        // k of r(h) = r0 + (rc - r0) (1 - exp(-k h)), such that r(h1) = r1.
        steepness: -Math.log((book.rc - book.r1) / (book.rc - book.r0)) / book.hoursPerAccount,
        value: filled(book.value, newAccount.value),
        // Margin less cost to serve, a year.
        yearly: filled(book.value.map((value, i) => value * book.margin[i] - book.cost[i]), newAccount.value * newAccount.margin),
        term: filled(book.term, newAccount.term),
        odds: filled(book.odds, 1),
        company: Float64Array.from({ length: months + 1 }, (_, month) => beta.company ** (month / 12)),
        seller: Float64Array.from({ length: months + 1 }, (_, month) => beta.seller ** (month / 12)),
        phi: { company: phi(beta.company), seller: phi(beta.seller) },
        alive: new Float64Array(rows),
        attention: new Float64Array(rows),
        due: new Int32Array(rows),
        age: new Int32Array(rows),
    };
}

/**
 * Both values, present values of pay and of margin less pay, with `share` of the time on customers. `seen`, if given, is told
 * each chance of renewal and the wins that are expected.
 */
export function project(book, share, seen) {
    const { accounts, rows, months, r0, rc, steepness, carryOver, hoursPerPursuit, leads } = book;
    const { value, yearly, term, odds, company, seller, renewalRates, alive, attention, due, age } = book;
    const customerHours = share * book.hours / 12;
    const prospectingHours = (1 - share) * book.hours / 12;
    const startAttention = book.hoursPerAccount / 12;
    const kappa = 1 / (hoursPerPursuit * leads);
    alive.fill(1, 0, accounts);
    attention.fill(startAttention, 0, accounts);
    due.set(book.firstRenewal);
    age.set(book.tenure);
    let living = accounts;
    let sellerValue = 0, companyValue = 0;
    for (let month = 1; month <= months; month++) {
        const end = accounts + month - 1;
        const each = living > 1e-12 ? customerHours / living : 0;
        let pay = book.base / 12, margin = 0;
        living = 0;
        for (let i = 0; i < end; i++) {
            attention[i] = carryOver * attention[i] + (1 - carryOver) * each;
            if (due[i] === month) {
                const yearlyChance = r0 + (rc - r0) * (1 - Math.exp(-steepness * 12 * attention[i]));
                const withOdds = yearlyChance / (yearlyChance + odds[i] * (1 - yearlyChance));
                const renewal = term[i] === 12 ? withOdds : withOdds ** (term[i] / 12);
                alive[i] *= renewal;
                const contractYear = Math.min(Math.floor((age[i] + month) / 12), renewalRates.length - 1);
                pay += renewalRates[contractYear] * value[i] * term[i] / 12 * alive[i];
                due[i] += term[i];
                seen?.renewal(i, month, renewal);
            }
            living += alive[i];
            margin += alive[i] * yearly[i];
        }
        const referredLeads = Math.min(book.referrals / 12 * living, prospectingHours / hoursPerPursuit);
        const referred = referredLeads * book.oddsReferred;
        const coldHours = prospectingHours - referredLeads * hoursPerPursuit;
        const cold = leads * book.oddsNew * (1 - Math.exp(-kappa * 12 * coldHours)) / 12;
        seen?.wins(month, referred, cold);
        const wins = referred + cold;
        alive[end] = wins;
        attention[end] = startAttention;
        due[end] = month + term[end];
        age[end] = -month;
        living += wins;
        margin += wins * yearly[end];
        pay += value[end] * (book.newRate * wins + book.referralRate * referred);
        sellerValue += seller[month] * pay;
        companyValue += company[month] * (margin / 12 - pay - book.prospectingCost * prospectingHours);
    }
    // What is left goes on renewing with today's chance.
    let valueLeft = 0, marginLeft = 0;
    for (let i = 0; i < rows; i++) {
        valueLeft += alive[i] * value[i];
        marginLeft += alive[i] * yearly[i];
    }
    const payLeft = renewalRates[renewalRates.length - 1] * valueLeft;
    sellerValue += seller[months] * book.phi.seller * payLeft;
    companyValue += company[months] * book.phi.company * (marginLeft - payLeft);
    return [sellerValue, companyValue];
}

/** Both values at 101 splits: the sellers' first, then the company's. */
export function curve(inputs) {
    const book = prepare(inputs);
    const values = new Float64Array(202);
    for (let index = 0; index <= 100; index++) {
        const [seller, company] = project(book, index / 100);
        values[index] = seller;
        values[101 + index] = company;
    }
    return values;
}
