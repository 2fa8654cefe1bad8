import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CompiledModel } from '../domain/compile-model.ts';
import type { ModelSource } from '../domain/model.ts';
import { readModel } from '../domain/read-model.ts';
import { readXml } from '../domain/read-xml.ts';

/** Models of a folder, with those that they import; a file that cannot be read has a sentence instead. */
export interface ModelFolder {
  readonly model: (path: string) => CompiledModel | string;
}

/** Reads every DMN file below a folder. Imports are found by their place, else by their namespace. */
export async function loadModels(folder: string): Promise<ModelFolder> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.dmn')).toSorted();
  const sources = new Map<string, ModelSource | string>();
  for (const name of names) {
    const read = await readXml(withNamespace(await readFile(join(folder, name), 'utf8')));
    sources.set(name, 'refusal' in read ? read.refusal : readModel(read.root));
  }
  const compiled = new Map<string, CompiledModel | string>();
  const model = (path: string): CompiledModel | string => {
    const known = compiled.get(path);
    if (known !== undefined) return known;
    const source = sources.get(path);
    if (source === undefined) return `Das Modell ${path} gibt es nicht.`;
    const made = typeof source === 'string' ? source : new CompiledModel(source, (namespace) => imported(path, source, namespace));
    compiled.set(path, made);
    return made;
  };
  const imported = (path: string, source: ModelSource, namespace: string): CompiledModel | undefined => {
    const location = source.imports.find((one) => one.namespace === namespace)?.location;
    const placed = location === undefined ? undefined : join(dirname(path), location);
    const found = placed !== undefined && sources.has(placed) ? placed : nearest(path, namespace);
    const made = found === undefined ? undefined : model(found);
    return typeof made === 'string' ? undefined : made;
  };
  /** The namesake that shares the longest beginning of its file name: a folder may hold several sets of models. */
  const nearest = (path: string, namespace: string): string | undefined => {
    const namesakes = [...sources]
      .filter(([other, source]) => other !== path && typeof source !== 'string' && source.namespace === namespace)
      .map(([other]) => other);
    return namesakes.toSorted((a, b) => shared(b, path) - shared(a, path))[0];
  };
  return { model };
}

function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Some models of the TCK are written in their own namespace instead of DMN's; elsewhere that is no DMN. */
function withNamespace(xml: string): string {
  const own = /<definitions\b[^>]*\snamespace="([^"]*)"/.exec(xml)?.[1];
  return own === undefined ? xml : xml.replace(` xmlns="${own}"`, ' xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"');
}
