import type { Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';
import type { Authority } from '../domain/service.ts';
import { compareVersions } from '../domain/version-order.ts';
import { findPackageVersion, insertPackageVersion, listPackageVersions, listPublications, type KeptPublication } from '../store/packages.ts';
import { responsibleFor, type Responsible } from './authority.ts';
import type { Services } from './load-services.ts';
import { lintPackage } from './lint.ts';
import { parsePackage, type PackageFiles } from './read-package.ts';

/** The services in force and those that running cases began with. */
export interface ServiceDesk {
  readonly services: Services;
  /** A checked version takes the place of the one in force; cases keep theirs. It must have been kept before. */
  putInForce(pkg: ServicePackage, files: PackageFiles): void;
  /** Packages in force that people apply for; what an authority begins by itself is none of them. */
  offered(): readonly ServicePackage[];
  /** The package in force. */
  current(key: string): ServicePackage | undefined;
  /** The package a case keeps, also when the folder has moved on. */
  pinned(hash: string): Promise<ServicePackage>;
  responsible(pkg: ServicePackage, answers: Answers): Result<Responsible, Problem<'invalid-input'>>;
  authority(id: string): Authority;
}

/** Opens the desk: keeps every package in force as a version for good. Of the folder's and the published version the higher one is in force. */
export async function openServiceDesk(ctx: Pick<Context, 'database' | 'clock'>, loaded: Services): Promise<ServiceDesk> {
  const services = await withPublished(ctx, loaded);
  await ctx.database.write(async (tx) => {
    for (const [key, pkg] of services.packages) {
      await insertPackageVersion(tx, { hash: pkg.hash, key, version: pkg.version, files: services.files.get(key)!, at: ctx.clock() });
    }
  });
  // all kept versions are read now: no use case may have to ask the database inside its transaction
  const byHash = new Map([...services.packages.values()].map((pkg) => [pkg.hash, pkg]));
  for (const kept of await listPackageVersions(ctx.database.read)) {
    const parsed = byHash.has(kept.hash) ? undefined : await parsePackage(kept.key, kept.files);
    if (parsed?.pkg !== undefined) byHash.set(kept.hash, parsed.pkg);
  }
  let inForce = services;
  return {
    get services() {
      return inForce;
    },
    offered: () => [...inForce.packages.values()].filter(({ initiator }) => initiator !== 'amt'),
    current: (key) => inForce.packages.get(key),
    putInForce(pkg, files) {
      byHash.set(pkg.hash, pkg);
      inForce = { ...inForce, packages: new Map(inForce.packages).set(pkg.key, pkg), files: new Map(inForce.files).set(pkg.key, files) };
    },
    async pinned(hash) {
      const known = byHash.get(hash);
      if (known !== undefined) return known;
      const kept = await findPackageVersion(ctx.database.read, hash);
      const parsed = kept && (await parsePackage(kept.key, kept.files));
      if (parsed?.pkg === undefined) throw new Error(`package version ${hash} cannot be read any more`);
      byHash.set(hash, parsed.pkg);
      return parsed.pkg;
    },
    responsible: (pkg, answers) => responsibleFor(pkg, answers, services),
    authority(id) {
      const found = services.authorities.find((one) => one.id === id);
      if (found === undefined) throw new Error(`unknown authority ${id}`);
      return found;
    },
  };
}

/** The services of the folder, with what the administration has published since. */
async function withPublished(ctx: Pick<Context, 'database' | 'clock'>, loaded: Services): Promise<Services> {
  const latest = new Map<string, KeptPublication>();
  for (const one of await listPublications(ctx.database.read)) {
    const before = latest.get(one.key);
    if (before === undefined || compareVersions(before.version, one.version) < 0) latest.set(one.key, one);
  }
  const packages = new Map(loaded.packages);
  const files = new Map(loaded.files);
  const mistakes = [...loaded.mistakes];
  for (const { key, version, files: kept } of latest.values()) {
    if (compareVersions(loaded.packages.get(key)?.version ?? '0.0.0', version) >= 0) continue;
    const parsed = await parsePackage(key, kept);
    const found = [...parsed.mistakes, ...(parsed.pkg ? lintPackage(parsed.pkg, kept, loaded.authorities, legalDay(ctx.clock())) : [])];
    mistakes.push(...found.map((one) => ({ ...one, message: `Veröffentlichte Fassung ${version}: ${one.message}` })));
    // an older version coming back by itself would be worse than none
    packages.delete(key);
    if (parsed.pkg === undefined || found.length > 0) continue;
    packages.set(key, parsed.pkg);
    files.set(key, kept);
  }
  return { ...loaded, packages, files, mistakes };
}
