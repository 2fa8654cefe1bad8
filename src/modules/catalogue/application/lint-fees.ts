import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';
import { parsedYaml, walkTree, type TreePath } from './lint-tree.ts';

interface Row {
  readonly path: TreePath;
  readonly from: string;
  /** Inclusive; without it the row has no end. */
  readonly to: string;
}

const NO_END = '9999-12-31';
/** So many days before a tariff ends without a successor, its author is told. */
const NOTICE_DAYS = 90;

/** Fees, and whatever else a package dates by `validFrom` and `validTo`. */
export function lintFees(pkg: ServicePackage, source: PackageSource, today: Temporal.PlainDate): Finding[] {
  const ranges = pkg.fees.flatMap((fee, index) =>
    fee.minCents > fee.maxCents
      ? [source.at('error', 'service.yaml', ['fees', index, 'minCents'], 'Die Gebühr beginnt höher, als sie endet. Tauschen Sie minCents und maxCents.')]
      : [],
  );
  return [...ranges, ...noFeeToday(pkg, source, today), ...parsedYaml(source).flatMap(({ name, tree }) => lintDated(name, tree, source, today))];
}

function noFeeToday({ fees }: ServicePackage, source: PackageSource, today: Temporal.PlainDate): Finding[] {
  const day = today.toString();
  const online = fees.some((fee) => fee.channel !== 'vor-ort' && fee.validFrom <= day && (fee.validTo ?? NO_END) >= day);
  if (online) return [];
  return [
    source.at(
      'error',
      'service.yaml',
      ['fees'],
      `Für Anträge von heute (${day}) gilt keine Gebühr. Ergänzen Sie eine Zeile; ist die Leistung gebührenfrei, mit 0 Cent.`,
    ),
  ];
}

/** Rows of one list that follow each other in time: same words, same way, same id. */
function lintDated(name: string, tree: unknown, source: PackageSource, today: Temporal.PlainDate): Finding[] {
  const found: Finding[] = [];
  walkTree(tree, (path, value) => {
    if (!Array.isArray(value)) return;
    const series = new Map<string, { title: string; rows: Row[] }>();
    for (const [index, item] of value.entries()) {
      const row = rowOf(item, [...path, index]);
      if (row === undefined) continue;
      found.push(...wrongDays(name, row, source));
      const { key, title } = identityOf(item as Record<string, unknown>, String(path.at(-1)));
      const known = series.get(key) ?? { title, rows: [] };
      series.set(key, { title, rows: [...known.rows, row] });
    }
    for (const { title, rows } of series.values()) found.push(...lintSeries(name, title, rows, source, today));
  });
  return found;
}

function rowOf(item: unknown, path: TreePath): Row | undefined {
  const { validFrom, validTo } = (typeof item === 'object' && item !== null ? item : {}) as { validFrom?: unknown; validTo?: unknown };
  return typeof validFrom === 'string' ? { path, from: validFrom, to: typeof validTo === 'string' ? validTo : NO_END } : undefined;
}

function identityOf(item: Record<string, unknown>, list: string): { key: string; title: string } {
  const label = (item['label'] as { de?: string } | undefined)?.de;
  const title = [label, item['id'], item['key'], item['name']].find((one) => typeof one === 'string') ?? list;
  return { key: JSON.stringify([title, item['id'], item['channel'] ?? 'alle']), title };
}

const isDay = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};

function wrongDays(name: string, { path, from, to }: Row, source: PackageSource): Finding[] {
  const wrong = [['validFrom', from] as const, ['validTo', to] as const].find(([, day]) => !isDay(day));
  if (wrong !== undefined) return [source.at('error', name, [...path, wrong[0]], `Den Tag «${wrong[1]}» gibt es nicht. Prüfen Sie Monat und Tag.`)];
  return from > to ? [source.at('error', name, [...path, 'validTo'], 'Die Zeile endet, bevor sie beginnt. Prüfen Sie validFrom und validTo.')] : [];
}

function lintSeries(name: string, title: string, rows: readonly Row[], source: PackageSource, today: Temporal.PlainDate): Finding[] {
  const sorted = rows.filter(({ from, to }) => isDay(from) && isDay(to)).sort((a, b) => a.from.localeCompare(b.from));
  const found = sorted.slice(1).flatMap((row, index): Finding[] => {
    const before = sorted[index]!;
    const at = [...row.path, 'validFrom'];
    if (before.to >= row.from) return [source.at('error', name, at, `Zwei Gebühren «${title}» gelten zur selben Zeit. Setzen Sie validTo der älteren.`)];
    const next = Temporal.PlainDate.from(before.to).add({ days: 1 }).toString();
    if (next === row.from) return [];
    const past = row.from <= today.toString();
    return [
      source.at(
        past ? 'warning' : 'error',
        name,
        at,
        `Zwischen ${before.to} und ${row.from} gilt für «${title}» nichts. Schließen Sie die Lücke: validFrom: "${next}".`,
      ),
    ];
  });
  const last = sorted.at(-1);
  if (last !== undefined && last.to >= today.toString() && last.to < today.add({ days: NOTICE_DAYS }).toString()) {
    found.push(
      source.at('warning', name, [...last.path, 'validTo'], `«${title}» endet am ${last.to}, und nichts folgt. Ergänzen Sie die nächste Zeile rechtzeitig.`),
    );
  }
  return found;
}
