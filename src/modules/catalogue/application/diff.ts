import type { ServicePackage } from '../domain/package.ts';
import type { PackageDiff } from './diff-change.ts';
import { diffBlocks } from './diff-blocks.ts';
import { diffForm } from './diff-form.ts';
import { diffLaw } from './diff-law.ts';
import { diffRules } from './diff-rules.ts';

/** What changes for people and for the law between two versions of a package. Pure. */
export function diffPackages(a: ServicePackage, b: ServicePackage): PackageDiff {
  const changes = [...diffLaw(a, b), ...diffForm(a.form, b.form), ...diffRules(a.rules, b.rules), ...diffBlocks(a, b)];
  const of = ({ key, version, hash }: ServicePackage) => ({ key, version, hash });
  return { from: of(a), to: of(b), safe: changes.every((change) => change.unsafe === undefined), changes };
}
