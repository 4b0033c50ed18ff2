// Pay with luck in it, in plain JavaScript.
//
// The model, the same for every language here: hours per account and per lead are held at what the projection expects, so
// every chance is fixed beforehand. Month by month, each account that is due renews or not by a Bernoulli draw; referred and
// cold wins are Poisson counts; every account that was won renews or not by a draw of its own when its contracts are due.
// New-business commission counts the annual value won in the quarter: beyond the quota it is multiplied. Noted of each run: pay
// of months 1 to 12, the present value of pay, and the company's present value, what comes after the horizon included.

import { prepare, project } from "./projection.js";

/** A small seeded generator of numbers from 0 to 1 (mulberry32). */
function generator(seed) {
    let state = seed | 0;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/** A Poisson count, `floor` being exp(-mean) (Knuth); means are small here. */
function poisson(random, floor) {
    let count = -1;
    for (let product = 1; product > floor || count < 0; count++) {
        product *= random();
    }
    return count;
}

/** Who is due in each month with which chance, and the wins that are expected. */
function chances(book, share) {
    const due = Array.from({ length: book.months + 1 }, () => ({ rows: [], chance: [] }));
    const noWins = [];
    project(book, share, {
        renewal(row, month, chance) {
            due[month].rows.push(row);
            due[month].chance.push(chance);
        },
        wins(month, referred, cold) {
            noWins[month] = { referred: Math.exp(-referred), cold: Math.exp(-cold) };
        },
    });
    const typed = due.map(({ rows, chance }) => ({ rows: Int32Array.from(rows), chance: Float64Array.from(chance) }));
    return { due: typed, noWins };
}

/** Means and standard deviations of the three amounts over all runs. */
export function luck(inputs) {
    const book = prepare(inputs);
    const { accounts, rows, months, runs, value, yearly, term, company, seller, renewalRates, quota, newAccount } = book;
    const { due, noWins } = chances(book, book.share);
    const random = generator(book.seed);
    const prospecting = book.prospectingCost * (1 - book.share) * book.hours / 12;
    const marginAtStart = yearly.subarray(0, accounts).reduce((sum, margin) => sum + margin, 0);
    const valueAtStart = value.subarray(0, accounts).reduce((sum, amount) => sum + amount, 0);
    const lastRate = renewalRates[renewalRates.length - 1];
    // How many of each row there are: 0 or 1 of the book's accounts, any number of a month's wins.
    const alive = new Int32Array(rows);
    const outcomes = [new Float64Array(runs), new Float64Array(runs), new Float64Array(runs)];
    for (let run = 0; run < runs; run++) {
        alive.fill(1, 0, accounts);
        let margin = marginAtStart, valueLeft = valueAtStart;
        let firstYear = 0, sellerValue = 0, companyValue = 0, wonInPeriod = 0;
        for (let month = 1; month <= months; month++) {
            let pay = book.base / 12;
            const renewals = due[month];
            for (let place = 0; place < renewals.rows.length; place++) {
                const row = renewals.rows[place];
                const before = alive[row];
                if (before === 0) continue;
                const chance = renewals.chance[place];
                let kept = 0;
                for (let one = 0; one < before; one++) {
                    if (random() < chance) kept++;
                }
                if (kept < before) {
                    alive[row] = kept;
                    margin -= (before - kept) * yearly[row];
                    valueLeft -= (before - kept) * value[row];
                }
                const age = row < accounts ? book.tenure[row] + month : month - (row - accounts + 1);
                pay += renewalRates[Math.min(Math.floor(age / 12), renewalRates.length - 1)] * value[row] * term[row] / 12 * kept;
            }
            const referred = poisson(random, noWins[month].referred);
            const wins = referred + poisson(random, noWins[month].cold);
            alive[accounts + month - 1] = wins;
            margin += wins * newAccount.value * newAccount.margin;
            valueLeft += wins * newAccount.value;
            if ((month - 1) % quota.months === 0) wonInPeriod = 0;
            const beyondBefore = Math.max(wonInPeriod - quota.target, 0);
            wonInPeriod += wins * newAccount.value;
            const beyond = Math.max(wonInPeriod - quota.target, 0) - beyondBefore;
            pay += book.newRate * (wins * newAccount.value + (quota.multiplier - 1) * beyond);
            pay += book.referralRate * referred * newAccount.value;
            if (month <= 12) firstYear += pay;
            sellerValue += seller[month] * pay;
            companyValue += company[month] * (margin / 12 - pay - prospecting);
        }
        sellerValue += seller[months] * book.phi.seller * lastRate * valueLeft;
        companyValue += company[months] * book.phi.company * (margin - lastRate * valueLeft);
        outcomes[0][run] = firstYear;
        outcomes[1][run] = sellerValue;
        outcomes[2][run] = companyValue;
    }
    return outcomes.flatMap(amounts => {
        const mean = amounts.reduce((sum, amount) => sum + amount, 0) / runs;
        const squares = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
        return [mean, Math.sqrt(squares / (runs - 1))];
    });
}
