import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mistake, ServicePackage } from '../domain/package.ts';
import { authorities as authoritiesSchema, type Authority } from '../domain/service.ts';
import type { District } from './authority.ts';
import { lintPackage } from './lint.ts';
import { parsePackage, parseYaml, readPackageFiles, readSharedLetters, type PackageFiles } from './read-package.ts';

/** The city's services as they stand in the folder `services/`. */
export interface Services {
  readonly packages: ReadonlyMap<string, ServicePackage>;
  readonly files: ReadonlyMap<string, PackageFiles>;
  readonly authorities: readonly Authority[];
  readonly districts: readonly District[];
  /** Letters that every package may use. */
  readonly sharedLetters: PackageFiles;
  readonly mistakes: readonly Mistake[];
}

/** Reads and checks all packages below `root`; mistakes are listed, sound packages are given. */
export async function loadServices(root: string, today: Temporal.PlainDate): Promise<Services> {
  const mistakes: Mistake[] = [];
  const shared = { 'authorities.yaml': await readFile(join(root, 'authorities.yaml'), 'utf8') };
  const authorities = parseYaml('authorities.yaml', shared, authoritiesSchema, mistakes) ?? [];
  const districts = readDistricts(await readFile(join(root, 'bezirke.geojson'), 'utf8'));
  const packages = new Map<string, ServicePackage>();
  const allFiles = new Map<string, PackageFiles>();
  const entries = await readdir(root, { withFileTypes: true });
  for (const entry of entries.filter((one) => one.isDirectory() && one.name !== 'letters')) {
    const files = await readPackageFiles(root, entry.name);
    const parsed = await parsePackage(entry.name, files);
    const found = [...parsed.mistakes, ...(parsed.pkg ? lintPackage(parsed.pkg, files, authorities, today) : [])];
    mistakes.push(...found);
    if (parsed.pkg !== undefined && found.length === 0) {
      packages.set(entry.name, parsed.pkg);
      allFiles.set(entry.name, files);
    }
  }
  const sharedLetters = await readSharedLetters(root);
  return { packages, files: allFiles, authorities, districts, sharedLetters, mistakes };
}

interface GeoJson {
  readonly features: readonly {
    readonly properties: { readonly id: string; readonly name: string };
    readonly geometry: { readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[] };
  }[];
}

function readDistricts(text: string): District[] {
  return (JSON.parse(text) as GeoJson).features.map(({ properties, geometry }) => ({
    ...properties,
    rings: geometry.coordinates.map((polygon) => polygon[0]!),
  }));
}
