import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import type { ServicePackage } from '../domain/package.ts';
import { compareVersions } from '../domain/version-order.ts';
import { insertPackageVersion, insertPublication } from '../store/packages.ts';
import { diffPackages } from './diff.ts';
import type { PackageDiff } from './diff-change.ts';
import { byPlace, type Finding } from './lint-finding.ts';
import { lintFiles, type Linting } from './lint-services.ts';
import type { PackageFiles } from './read-package.ts';
import type { ServiceDesk } from './service-desk.ts';
import { packageIn, type ArchivedFile } from './uploaded-package.ts';

export interface PublishingContext extends Pick<Context, 'clock' | 'database' | 'journal'> {
  readonly desk: ServiceDesk;
  readonly letters: Pick<Linting, 'setLetter' | 'samplesOf'>;
  readonly unzip: (bytes: Uint8Array) => Result<readonly ArchivedFile[], Problem>;
}

type Staff = Extract<Actor, { kind: 'staff' }>;

/** What a version would be, were it published now. */
export interface PackageCheck {
  readonly key: string;
  /** Absent where the package cannot be read. */
  readonly version?: string;
  /** Version in force; absent for a new Leistung. */
  readonly inForce?: string;
  readonly findings: readonly Finding[];
  /** From the version in force to this one. */
  readonly diff?: PackageDiff;
  /** Why it may not go live. */
  readonly obstacle?: string;
}

interface Candidate {
  readonly check: PackageCheck;
  readonly pkg: ServicePackage | undefined;
  readonly files: PackageFiles;
}

/** Checks a packed package with all that can be known, letters included. Keeps nothing. */
export async function checkPackage(ctx: PublishingContext, zip: Uint8Array): Promise<Result<PackageCheck, Problem>> {
  const found = await candidate(ctx, zip);
  return found.ok ? ok(found.value.check) : found;
}

async function candidate(ctx: PublishingContext, zip: Uint8Array): Promise<Result<Candidate, Problem>> {
  const archive = ctx.unzip(zip);
  const uploaded = archive.ok ? packageIn(archive.value) : archive;
  if (!uploaded.ok) return uploaded;
  const { key, passedOver } = uploaded.value;
  const { services } = ctx.desk;
  const files = { ...services.sharedLetters, ...uploaded.value.files };
  const linted = await lintFiles(key, files, { authorities: services.authorities, today: legalDay(ctx.clock()), ...ctx.letters });
  const { pkg } = linted;
  const findings = [...linted.findings, ...passedOver.map(unread), ...(pkg === undefined ? [] : clashes(pkg, services.packages.values()))].toSorted(byPlace);
  const current = ctx.desk.current(key);
  const obstacle = obstacleTo(pkg, findings, current);
  const check = {
    key,
    findings,
    ...(pkg !== undefined && { version: pkg.version }),
    ...(current !== undefined && { inForce: current.version }),
    ...(pkg !== undefined && current !== undefined && { diff: diffPackages(current, pkg) }),
    ...(obstacle !== undefined && { obstacle }),
  };
  return ok({ check, pkg, files });
}

const unread = (name: string): Finding => ({
  level: 'warning',
  file: name,
  line: 1,
  column: 1,
  message: 'Diese Datei gehört zu keinem Teil einer Leistung. Sie bleibt weg.',
});

/** File numbers and Leistungsschlüssel tell services apart. */
function clashes(pkg: ServicePackage, others: Iterable<ServicePackage>): Finding[] {
  const named = [
    ['filePrefix', 'Das Kürzel der Aktenzeichen'],
    ['leistungsschluessel', 'Der Leistungsschlüssel'],
  ] as const;
  return [...others].flatMap((other) =>
    named
      .filter(([field]) => other.key !== pkg.key && other[field] === pkg[field])
      .map(([field, what]): Finding => {
        const message = `${what} «${pkg[field]}» hat schon «${other.key}». Nehmen Sie ein anderes.`;
        return { level: 'error', file: `${pkg.key}/service.yaml`, line: 1, column: 1, message };
      }),
  );
}

function obstacleTo(pkg: ServicePackage | undefined, findings: readonly Finding[], current: ServicePackage | undefined): string | undefined {
  const errors = findings.filter(({ level }) => level === 'error').length;
  if (pkg === undefined || errors > 0)
    return `Die Leistung hat ${errors === 1 ? 'einen Fehler' : `${errors} Fehler`} und geht nicht in Kraft. Beheben Sie ${errors === 1 ? 'ihn' : 'sie'}, dann laden Sie sie noch einmal hoch.`;
  if (current === undefined) return undefined;
  if (pkg.hash === current.hash) return `Genau diese Fassung (${current.version}) ist schon in Kraft.`;
  if (compareVersions(pkg.version, current.version) > 0) return undefined;
  return `In Kraft ist Fassung ${current.version}, hochgeladen haben Sie ${pkg.version}. Erhöhen Sie version in service.yaml.`;
}

export interface Published {
  readonly key: string;
  readonly version: string;
  readonly hash: string;
  /** Version that was in force before; absent for a new Leistung. */
  readonly replaced?: string;
}

/**
 * Puts a packed package into force in the running city. New applications take it from now on; cases
 * keep the version they began with until they are changed over.
 */
export async function publishPackage(ctx: PublishingContext, actor: Staff, zip: Uint8Array, reason: string): Promise<Result<Published, Problem>> {
  if (reason.trim() === '') return refuse(invalidField('reason', 'Nennen Sie den Grund. Er steht bei der Fassung.'));
  const found = await candidate(ctx, zip);
  if (!found.ok) return found;
  const { check, pkg, files } = found.value;
  if (check.obstacle !== undefined || pkg === undefined) return refuse(refusalOf(check));
  const current = ctx.desk.current(pkg.key);
  const { key, version, hash } = pkg;
  const at = ctx.clock();
  const kept = await ctx.database.write(async (tx) => {
    await insertPackageVersion(tx, { hash, key, version, files, at });
    if (!(await insertPublication(tx, { key, version, hash, reason: reason.trim(), at }))) return false;
    const warnings = check.findings.length;
    const payload = { key, version, hash, before: current?.hash ?? null, beforeVersion: current?.version ?? null, safe: check.diff?.safe ?? true, warnings };
    await ctx.journal.append(tx, actor, at, [{ stream: `catalogue:${key}`, kind: 'catalogue.package-published', payload }]);
    return true;
  });
  if (!kept) return refuse({ kind: 'conflict', detail: `Fassung ${version} hat gerade schon jemand veröffentlicht. Erhöhen Sie version in service.yaml.` });
  ctx.desk.putInForce(pkg, files);
  return ok({ key, version, hash, ...(current !== undefined && { replaced: current.version }) });
}

/** Errors with their places, or the one sentence. */
function refusalOf({ obstacle, findings }: PackageCheck): Problem {
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length === 0) return wrongState(obstacle!);
  return { kind: 'invalid-input', detail: obstacle!, fields: errors.slice(0, 100).map(({ file, line, message }) => ({ field: `${file}:${line}`, message })) };
}
