import type { Field } from '../domain/form.ts';
import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import { scopeOf } from './lint-scope.ts';
import type { PackageSource } from './lint-source.ts';

/** How long a grant holds: it names fields that there are, says one way to reckon, and that way has a length today. */
export function lintValidity(pkg: ServicePackage, source: PackageSource, today: Temporal.PlainDate): Finding[] {
  const { validity, announcement, initiator } = pkg;
  if (validity === undefined) return [];
  const found: Finding[] = [];
  const at = (path: readonly (string | number)[], message: string): void => void found.push(source.at('error', 'service.yaml', ['validity', ...path], message));
  if (announcement !== 'bekanntgabe' || initiator === 'amt')
    at([], 'Eine Geltungsdauer hat nur, was jemand beantragt und was ihm bekannt gegeben wird. Streichen Sie «validity».');
  if ((validity.until === undefined) === (validity.from === undefined))
    at([], 'Sagen Sie, woraus sich der letzte Tag ergibt: entweder «until» mit einem Datumsfeld oder «from» mit «terms».');
  if (validity.until !== undefined && validity.terms.length > 0) at(['terms'], 'Mit «until» nennt die Entscheidung den letzten Tag. Streichen Sie «terms».');
  if (validity.from !== undefined && !validity.terms.some(({ validFrom }) => validFrom <= today.toString()))
    at(['terms'], 'Heute gilt keine dieser Dauern. Geben Sie eine an, deren «validFrom» nicht in der Zukunft liegt.');
  found.push(...lintFields(pkg, source));
  for (const [index, { daysBefore }] of validity.remind.entries())
    if (new Set(daysBefore).size !== daysBefore.length)
      at(['remind', index, 'daysBefore'], 'Derselbe Tag steht zweimal da. Erinnert wird an jedem Tag einmal.');
  return found;
}

function lintFields(pkg: ServicePackage, source: PackageSource): Finding[] {
  const { until, continues, same } = pkg.validity!;
  const scope = scopeOf(pkg);
  const dates = [...scope.fields.values()].filter(({ type }) => type === 'date').map(({ id }) => id);
  const at = (path: readonly (string | number)[], message: string): Finding => source.at('error', 'service.yaml', ['validity', ...path], message);
  const dateComplaint = (id: string): string | undefined => {
    const field = scope.fields.get(id);
    if (field === undefined) return `Das Feld «${id}» gibt es in form.yaml nicht. Datumsfelder: ${dates.join(', ') || 'keine'}.`;
    return field.type === 'date' ? undefined : `Das Feld «${id}» ist kein Datum. Datumsfelder: ${dates.join(', ') || 'keine'}.`;
  };
  const found: Finding[] = [];
  const untilComplaint = until === undefined ? undefined : (dateComplaint(until) ?? alwaysAsked(pkg, scope.fields.get(until)!));
  if (untilComplaint !== undefined) found.push(at(['until'], untilComplaint));
  const continuesComplaint = continues === undefined ? undefined : dateComplaint(continues.field);
  if (continuesComplaint !== undefined) found.push(at(['continues', 'field'], continuesComplaint));
  for (const [index, name] of same.entries()) {
    const [list, inside] = name.split('.') as [string, string | undefined];
    const known = inside === undefined ? scope.fields.has(list) : scope.lists.get(list)?.some(({ id }) => id === inside) === true;
    if (!known) found.push(at(['same', index], `Das Feld «${name}» gibt es in form.yaml nicht. Ein Feld einer wiederholten Seite steht als «liste.feld».`));
  }
  return found;
}

/** Without an answer there would be no last day. */
function alwaysAsked(pkg: ServicePackage, field: Field): string | undefined {
  const page = pkg.form.pages.find(({ fields }) => fields.includes(field));
  if (field.required === true && field.condition === undefined && page?.condition === undefined) return undefined;
  return `Das Feld «${field.id}» wird nicht immer gefragt. Der letzte Tag braucht ein Pflichtfeld ohne Bedingung.`;
}
