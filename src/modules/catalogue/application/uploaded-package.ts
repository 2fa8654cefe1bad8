import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { identifier } from '../domain/texts.ts';
import { PARTS, type PackageFiles } from './read-package.ts';

/** A file of an archive, unpacked with suspicion. */
export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface UploadedPackage {
  readonly key: string;
  /** By path below the folder of services; without the shared letters. */
  readonly files: PackageFiles;
  /** Names of what is in the archive and no part of a package. */
  readonly passedOver: readonly string[];
}

const bad = (detail: string): { readonly ok: false; readonly problem: Problem<'invalid-input'> } => refuse({ kind: 'invalid-input', detail });

/** The one package in an archive: its folder, or what stands in it. */
export function packageIn(archive: readonly ArchivedFile[]): Result<UploadedPackage, Problem<'invalid-input'>> {
  const folders = archive.filter(({ name }) => /(^|\/)service\.yaml$/.test(name)).map(({ name }) => name.slice(0, -'service.yaml'.length));
  const [folder] = folders;
  if (folder === undefined) return bad('In der ZIP-Datei ist keine service.yaml. Packen Sie den Ordner der Leistung, wie er unter services/ steht.');
  if (folders.length > 1) return bad('In der ZIP-Datei sind mehrere Leistungen. Veröffentlichen Sie jede für sich.');
  const inside = archive.filter(({ name }) => name.startsWith(folder)).map(({ name, bytes }) => ({ name: name.slice(folder.length), bytes }));
  const texts = new Map<string, string>();
  for (const { name, bytes } of inside.filter((one) => isPart(one.name))) {
    const text = decoded(bytes);
    if (text === undefined) return bad(`«${name}» ist nicht in UTF-8 geschrieben. Speichern Sie die Datei in UTF-8.`);
    texts.set(name, text);
  }
  // the folder's name is the key; without a folder the package says it
  const key = folder.replace(/\/$/, '').split('/').at(-1) || (/^key:\s*["']?([\w-]+)/m.exec(texts.get('service.yaml')!)?.[1] ?? '');
  if (!identifier.safeParse(key).success)
    return bad(`«${key.slice(0, 60)}» ist kein Name für eine Leistung. Er beginnt klein und hat nur Buchstaben, Ziffern und Bindestriche.`);
  const empty = Object.fromEntries(PARTS.map((part) => [`${key}/${part}.yaml`, '']));
  return ok({
    key,
    files: { ...empty, ...Object.fromEntries([...texts].map(([name, text]) => [`${key}/${name}`, text])) },
    passedOver: archive.filter(({ name }) => !name.startsWith(folder) || !isPart(name.slice(folder.length))).map(({ name }) => name),
  });
}

const isPart = (name: string): boolean => PARTS.some((part) => name === `${part}.yaml`) || /^(rules\/[^/]+\.dmn|letters\/[^/]+\.typ)$/.test(name);

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
