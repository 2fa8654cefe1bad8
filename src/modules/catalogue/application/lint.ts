import type { Mistake, ServicePackage } from '../domain/package.ts';
import type { Authority } from '../domain/service.ts';
import { lintConditions } from './lint-conditions.ts';
import { lintFees } from './lint-fees.ts';
import { byPlace, type Finding } from './lint-finding.ts';
import { lintForm } from './lint-form.ts';
import { lintLaw } from './lint-law.ts';
import { lintMilestones } from './lint-milestones.ts';
import { lintParticipation } from './lint-participation.ts';
import { lintProcess } from './lint-process.ts';
import { lintTasks } from './lint-tasks.ts';
import { lintRules } from './lint-rules.ts';
import { PackageSource } from './lint-source.ts';
import { lintTexts } from './lint-texts.ts';
import { lintValidity } from './lint-validity.ts';
import { lintWalk } from './lint-walk.ts';
import { lintXbau } from './lint-xbau.ts';
import type { PackageFiles } from './read-package.ts';

/** Everything about a readable package that cannot be right, beyond the shape of its files: it is not offered. */
export function lintPackage(pkg: ServicePackage, files: PackageFiles, authorities: readonly Authority[], today: Temporal.PlainDate): Mistake[] {
  return reviewPackage(pkg, files, authorities, today).flatMap(({ level, ...mistake }) => (level === 'error' ? [mistake] : []));
}

/** Errors and advice about a readable package, in the order of its files. Letters are set elsewhere: see `lintLetters`. */
export function reviewPackage(pkg: ServicePackage, files: PackageFiles, authorities: readonly Authority[], today: Temporal.PlainDate): Finding[] {
  const source = new PackageSource(files);
  const conditions = lintConditions(pkg, source);
  const fields = lintForm(pkg, source);
  const unreadable = [...conditions, ...fields].some(({ level }) => level === 'error');
  return [
    ...lintName(pkg, source),
    ...lintLaw(pkg, authorities, source),
    ...conditions,
    ...fields,
    ...lintProcess(pkg, source),
    ...lintParticipation(pkg, source),
    ...lintMilestones(pkg, source),
    ...lintTasks(pkg, source),
    ...lintValidity(pkg, source, today),
    ...lintRules(pkg, source),
    ...lintFees(pkg, source, today),
    ...lintXbau(pkg, source),
    ...lintTexts(pkg, source),
    // an example cannot be tried on conditions or patterns that cannot be read
    ...(unreadable ? [] : lintWalk(pkg, today, source)),
  ].toSorted(byPlace);
}

function lintName({ key }: ServicePackage, source: PackageSource): Finding[] {
  if (key === source.folder) return [];
  return [source.at('error', 'service.yaml', ['key'], `Der Ordner heißt «${source.folder}», die Leistung «${key}». Geben Sie beiden denselben Namen.`)];
}
