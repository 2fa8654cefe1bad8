import type { Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Context } from '../../../platform/context.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';
import type { Authority } from '../domain/service.ts';
import { findPackageVersion, insertPackageVersion, listPackageVersions } from '../store/packages.ts';
import { responsibleFor, type Responsible } from './authority.ts';
import type { Services } from './load-services.ts';
import { parsePackage } from './read-package.ts';

/** The services in force and those that running cases began with. */
export interface ServiceDesk {
  readonly services: Services;
  /** The package in force. */
  current(key: string): ServicePackage | undefined;
  /** The package a case keeps, also when the folder has moved on. */
  pinned(hash: string): Promise<ServicePackage>;
  responsible(pkg: ServicePackage, answers: Answers): Result<Responsible, Problem<'invalid-input'>>;
  authority(id: string): Authority;
}

/** Opens the desk: keeps every package in force as a version for good. */
export async function openServiceDesk(ctx: Pick<Context, 'database' | 'clock'>, services: Services): Promise<ServiceDesk> {
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
  return {
    services,
    current: (key) => services.packages.get(key),
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
