import type { Context } from '../../../platform/context.ts';
import type { ServicePackage } from '../domain/package.ts';
import { listVersionDays } from '../store/packages.ts';
import type { ServiceDesk } from './service-desk.ts';

/** A version that was live, and since when the city has known it. */
export interface KnownVersion {
  readonly pkg: ServicePackage;
  readonly since: Temporal.Instant;
}

/** Every version of every service in force that was ever live, oldest first. */
export async function packageVersions(ctx: Pick<Context, 'database'> & { readonly desk: ServiceDesk }): Promise<ReadonlyMap<string, readonly KnownVersion[]>> {
  const versions = new Map<string, KnownVersion[]>();
  for (const { hash, key, firstSeen } of await listVersionDays(ctx.database.read)) {
    if (ctx.desk.current(key) === undefined) continue;
    versions.set(key, [...(versions.get(key) ?? []), { pkg: await ctx.desk.pinned(hash), since: firstSeen }]);
  }
  return versions;
}
