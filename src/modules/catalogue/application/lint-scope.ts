import type { Field, Page } from '../domain/form.ts';
import type { ServicePackage } from '../domain/package.ts';

type Path = readonly (string | number)[];

/** What an expression can see: fields by name, and the lists of repeated pages. */
export interface Scope {
  readonly fields: ReadonlyMap<string, Field>;
  readonly lists: ReadonlyMap<string, readonly Field[]>;
}

/** A condition as it stands in a package. */
export interface PlacedExpression {
  readonly file: string;
  readonly path: Path;
  readonly text: string;
  readonly scope: Scope;
}

/** Known besides the answers: the day on which a rule is asked. */
export const DAY_OF_RULE = 'today';

/** All answers of the form; with a repeated page, those of its item too. */
export function scopeOf(pkg: ServicePackage, page?: Page): Scope {
  const fields = new Map<string, Field>();
  const lists = new Map<string, readonly Field[]>();
  for (const one of pkg.form.pages) {
    if (one.repeat === undefined) for (const field of one.fields) fields.set(field.id, field);
    else lists.set(one.repeat.id, one.fields);
  }
  if (page?.repeat !== undefined) for (const field of page.fields) fields.set(field.id, field);
  return { fields, lists };
}

const questionScope = (pkg: ServicePackage): Scope => ({
  fields: new Map(pkg.form.eligibility.questions.map((question) => [question.id, question])),
  lists: new Map(),
});

/** Every condition of a package outside of its rules, with what it may ask for. */
export function expressionsOf(pkg: ServicePackage): PlacedExpression[] {
  const found: PlacedExpression[] = [];
  const add = (file: string, path: Path, text: unknown, scope: Scope): void => {
    if (typeof text === 'string') found.push({ file, path, text, scope });
  };
  const whole = scopeOf(pkg);
  for (const [index, page] of pkg.form.pages.entries()) {
    const own = scopeOf(pkg, page);
    add('form.yaml', ['pages', index, 'condition'], page.condition, whole);
    for (const [number, field] of page.fields.entries()) {
      add('form.yaml', ['pages', index, 'fields', number, 'condition'], field.condition, own);
      add('form.yaml', ['pages', index, 'fields', number, 'required'], field.required, own);
    }
  }
  const check = questionScope(pkg);
  for (const [index, outcome] of pkg.form.eligibility.outcomes.entries()) {
    add('form.yaml', ['eligibility', 'outcomes', index, 'when'], outcome.when, check);
  }
  for (const [index, question] of pkg.form.eligibility.questions.entries()) {
    add('form.yaml', ['eligibility', 'questions', index, 'condition'], question.condition, check);
    add('form.yaml', ['eligibility', 'questions', index, 'required'], question.required, check);
  }
  for (const [index, block] of pkg.blocks.nebenbestimmungen.entries()) {
    add('textbausteine.yaml', ['nebenbestimmungen', index, 'proposedWhen'], block.proposedWhen, whole);
  }
  for (const [index, { when }] of (pkg.process.participation?.consultees ?? []).entries()) {
    add('process.yaml', ['participation', 'consultees', index, 'when'], when, whole);
  }
  if ('byDistrictOf' in pkg.authority) add('service.yaml', ['authority', 'byDistrictOf'], pkg.authority.byDistrictOf, whole);
  return found;
}
