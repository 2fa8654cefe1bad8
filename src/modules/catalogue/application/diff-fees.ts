import { formatEuro } from '../../../kernel/money.ts';
import type { ServicePackage } from '../domain/package.ts';
import { change, pairBy, same, shown, type Change } from './diff-change.ts';

type Fee = ServicePackage['fees'][number];
const amount = (fee: Fee): string => (fee.minCents === fee.maxCents ? formatEuro(fee.minCents) : `${formatEuro(fee.minCents)} bis ${formatEuro(fee.maxCents)}`);
const validity = ({ validFrom, validTo }: { validFrom: string; validTo?: string | undefined }): string =>
  validTo === undefined ? `ab ${validFrom}` : `von ${validFrom} bis ${validTo}`;
const feeName = (fee: Fee): string => `«${fee.label.de}»${fee.channel === 'alle' ? '' : ` (${fee.channel})`}`;

const OTHER_FEE = 'Die Gebühr richtet sich nach dem Recht bei Antragstellung. Ein umgestellter Fall zahlte eine andere.';

/** Fees and tariffs with their days. */
export function diffFees(a: ServicePackage, b: ServicePackage): Change[] {
  const fees = pairBy(a.fees, b.fees, (fee) => JSON.stringify([fee.label.de, fee.channel, fee.validFrom]));
  return [
    ...fees.added.map((fee) => change('Gebühren', 'added', `Neue Gebühr ${feeName(fee)}: ${amount(fee)}, ${validity(fee)}.`)),
    ...fees.removed.map((fee) => change('Gebühren', 'removed', `Die Gebühr ${feeName(fee)} von ${amount(fee)}, ${validity(fee)}, fällt weg.`, OTHER_FEE)),
    ...fees.kept
      .filter(([old, fresh]) => !same(old, fresh))
      .map(([old, fresh]) => {
        const other = old.minCents !== fresh.minCents || old.maxCents !== fresh.maxCents;
        const what = other
          ? `${amount(old)} → ${amount(fresh)}`
          : old.validTo === fresh.validTo
            ? 'Grundlage oder Wortlaut'
            : `${validity(old)} → ${validity(fresh)}`;
        return change('Gebühren', 'changed', `Die Gebühr ${feeName(fresh)}: ${what}.`, other ? OTHER_FEE : undefined);
      }),
    ...diffTariffs(a, b),
  ];
}

function diffTariffs(a: ServicePackage, b: ServicePackage): Change[] {
  const found =
    a.feeRule === b.feeRule
      ? []
      : [change('Gebühren', 'changed', `Berechnung der Gebühr: bisher ${shown(a.feeRule)}, künftig ${shown(b.feeRule)}.`, OTHER_FEE)];
  const flat = (pkg: ServicePackage) => Object.entries(pkg.tariffs).flatMap(([name, rows]) => rows.map((row) => ({ name, ...row })));
  const rows = pairBy(flat(a), flat(b), (row) => `${row.name} ${row.validFrom}`);
  return [
    ...found,
    ...rows.added.map((row) => change('Gebühren', 'added', `Neuer Tarif «${row.name}»: ${formatEuro(row.cents)}, ${validity(row)}.`)),
    ...rows.removed.map((row) =>
      change('Gebühren', 'removed', `Der Tarif «${row.name}» von ${formatEuro(row.cents)}, ${validity(row)}, fällt weg.`, OTHER_FEE),
    ),
    ...rows.kept
      .filter(([old, fresh]) => !same(old, fresh))
      .map(([old, fresh]) =>
        change(
          'Gebühren',
          'changed',
          `Der Tarif «${fresh.name}»: ${formatEuro(old.cents)}, ${validity(old)} → ${formatEuro(fresh.cents)}, ${validity(fresh)}.`,
          old.cents === fresh.cents ? undefined : OTHER_FEE,
        ),
      ),
  ];
}
