import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServicePackage } from '../domain/package.ts';
import { authorities as authoritiesSchema, type Authority } from '../domain/service.ts';
import { byPlace, type Finding } from './lint-finding.ts';
import { lintLetters, type LetterSamples, type SetLetter } from './lint-letters.ts';
import { PackageSource } from './lint-source.ts';
import { reviewPackage } from './lint.ts';
import { parsePackage, parseYaml, readPackageFiles, type PackageFiles } from './read-package.ts';

/** What the lint says of one package. */
export interface PackageReport {
  readonly key: string;
  /** Absent where the package cannot be read. */
  readonly version?: string;
  readonly findings: readonly Finding[];
}

export interface LintReport {
  /** Of files that all packages share. */
  readonly shared: readonly Finding[];
  readonly packages: readonly PackageReport[];
}

/** What the lint needs besides the folder. */
export interface Linting {
  readonly today: Temporal.PlainDate;
  /** Sets letters with Typst; takes some seconds for all packages, so only authors wait for it. */
  readonly setLetter: SetLetter;
  /** Made by the procedure: the catalogue does not know what stands in a letter. */
  readonly samplesOf: (pkg: ServicePackage, authority: Authority) => LetterSamples;
  /** Only the package of this name. */
  readonly only?: string;
}

/** Checks every package below `root` with all that can be known, letters included. */
export async function lintServices(root: string, { only, ...linting }: Linting): Promise<LintReport> {
  const shared: Finding[] = [];
  const { authorities, found } = await readAuthorities(root);
  shared.push(...found);
  const entries = await readdir(root, { withFileTypes: true });
  const keys = entries.filter((one) => one.isDirectory() && one.name !== 'letters').map((one) => one.name);
  const parsed: { key: string; pkg: ServicePackage | undefined; findings: Finding[] }[] = [];
  for (const key of keys.toSorted()) {
    const files = await readPackageFiles(root, key);
    parsed.push({ key, ...(await lintFiles(key, files, { authorities, ...linting })) });
  }
  clashes(parsed);
  const packages = parsed
    .filter(({ key }) => only === undefined || key === only)
    .map(({ key, pkg, findings }) => ({ key, ...(pkg && { version: pkg.version }), findings: findings.toSorted(byPlace) }));
  return { shared, packages: withoutRepeats(packages) };
}

/** Everything that can be said of one package's files. */
export async function lintFiles(
  key: string,
  files: PackageFiles,
  { authorities, today, setLetter, samplesOf }: Omit<Linting, 'only'> & { authorities: readonly Authority[] },
): Promise<{ pkg: ServicePackage | undefined; findings: Finding[] }> {
  const { pkg, mistakes } = await parsePackage(key, files);
  const findings = mistakes.map((mistake): Finding => ({ level: 'error', ...mistake }));
  if (pkg !== undefined) {
    findings.push(...reviewPackage(pkg, files, authorities, today));
    const authority = authorities.find((one) => !('id' in pkg.authority) || one.id === pkg.authority.id) ?? authorities[0];
    if (authority !== undefined) findings.push(...lintLetters(pkg, new PackageSource(files), samplesOf(pkg, authority), setLetter));
  }
  return { pkg, findings };
}

async function readAuthorities(root: string): Promise<{ authorities: readonly Authority[]; found: Finding[] }> {
  const text = await readFile(join(root, 'authorities.yaml'), 'utf8').catch(() => '');
  const mistakes: { file: string; line: number; column: number; message: string }[] = [];
  const authorities = parseYaml('authorities.yaml', { 'authorities.yaml': text }, authoritiesSchema, mistakes) ?? [];
  return { authorities, found: mistakes.map((mistake) => ({ level: 'error', ...mistake })) };
}

/** File numbers and Leistungsschlüssel tell services apart. */
function clashes(parsed: readonly { key: string; pkg: ServicePackage | undefined; findings: Finding[] }[]): void {
  for (const [index, { key, pkg, findings }] of parsed.entries()) {
    if (pkg === undefined) continue;
    for (const [field, what] of [
      ['filePrefix', 'Das Kürzel der Aktenzeichen'],
      ['leistungsschluessel', 'Der Leistungsschlüssel'],
    ] as const) {
      const other = parsed.slice(0, index).find((one) => one.pkg?.[field] === pkg[field]);
      if (other === undefined) continue;
      findings.push({
        level: 'error',
        file: `${key}/service.yaml`,
        line: 1,
        column: 1,
        message: `${what} «${pkg[field]}» hat schon «${other.key}». Nehmen Sie ein anderes.`,
      });
    }
  }
}

/** A shared letter is set with each package's example, but its mistake is one. */
function withoutRepeats(packages: readonly PackageReport[]): PackageReport[] {
  const seen = new Set<string>();
  return packages.map((one) => ({
    ...one,
    findings: one.findings.filter((finding) => {
      const key = JSON.stringify(finding);
      if (finding.file.startsWith('letters/') && seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  }));
}
