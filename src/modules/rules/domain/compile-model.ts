import { BoxedCompiler } from './compile-boxed.ts';
import type { Code } from './environment.ts';
import { localNames, memberNames } from './model-names.ts';
import { ModelTypes } from './model-types.ts';
import type { DrgElement, ModelSource } from './model.ts';
import type { Type } from './types.ts';

/** Finds a model by its namespace. */
export type Library = (namespace: string) => CompiledModel | undefined;

/** The fragment of a reference, and the namespace before it. */
export function splitHref(href: string): { readonly namespace: string; readonly id: string } {
  const at = href.lastIndexOf('#');
  return { namespace: href.slice(0, Math.max(at, 0)), id: href.slice(at + 1) };
}

/** A model made ready; each element is compiled when it is first needed. */
export class CompiledModel {
  readonly source: ModelSource;
  readonly #elements: ReadonlyMap<string, DrgElement>;
  readonly #library: Library;
  readonly #types: ModelTypes;
  readonly #members: readonly string[];
  readonly #codes = new Map<string, Code>();

  constructor(source: ModelSource, library: Library = () => undefined) {
    this.source = source;
    this.#library = library;
    this.#elements = new Map(source.elements.map((element) => [element.id, element]));
    this.#members = memberNames(source);
    this.#types = new ModelTypes(
      source.types,
      () => new BoxedCompiler('', this.#members, (ref) => this.#types.find(ref)),
      (ref) => this.#importedType(ref),
    );
  }

  element(id: string): DrgElement | undefined {
    return this.#elements.get(id);
  }

  elementNamed(name: string): DrgElement | undefined {
    return this.source.elements.find((one) => one.name === name);
  }

  typeOf(ref: string | undefined): Type | undefined {
    return ref === undefined || ref === '' ? undefined : this.#types.find(ref);
  }

  imported(namespace: string): CompiledModel | undefined {
    return this.#library(namespace);
  }

  #importedType(ref: string): Type | undefined {
    for (const { name, namespace } of this.source.imports) {
      if (name !== '' && !ref.startsWith(`${name}.`)) continue;
      const type = this.#library(namespace)?.typeOf(name === '' ? ref : ref.slice(name.length + 1));
      if (type !== undefined) return type;
    }
    return undefined;
  }

  compiler(element: DrgElement): BoxedCompiler {
    return new BoxedCompiler(element.id, [...this.#members, ...this.#namesFor(element)], (ref) => this.#types.find(ref));
  }

  /** Code of a decision's logic, or of what makes the function of a business knowledge model. */
  code(element: Extract<DrgElement, { kind: 'decision' | 'knowledge' }>): Code {
    let code = this.#codes.get(element.id);
    if (code === undefined) {
      const compiler = this.compiler(element);
      code = element.kind === 'decision' ? compiler.boxed(element.logic) : compiler.function(element.logic, element.logic.typeRef, element.name);
      this.#codes.set(element.id, code);
    }
    return code;
  }

  /** Names of what an element requires, here and in imported models. */
  #namesFor(element: DrgElement): readonly string[] {
    const hrefs =
      element.kind === 'decision' ? [...element.inputs, ...element.decisions, ...element.knowledge] : element.kind === 'knowledge' ? element.knowledge : [];
    const locals = element.kind === 'decision' || element.kind === 'knowledge' ? localNames(element.logic) : [];
    return [...locals, ...hrefs.flatMap((href) => this.#namesOf(href)), ...this.source.imports.map((one) => one.name)].filter((name) => name !== '');
  }

  #namesOf(href: string): readonly string[] {
    const { namespace, id } = splitHref(href);
    const own = this.#elements.get(id);
    const local = namespace === '' || namespace === this.source.namespace;
    if (local && own !== undefined) return [own.name];
    // a model may also hand on what it imports without a name
    return this.#reachable().flatMap((model) => {
      const element = model.element(id);
      if (element !== undefined) return [...memberNames(model.source), element.name];
      return model.source.namespace === namespace ? memberNames(model.source) : [];
    });
  }

  /** Imported models, and those that they import in turn. */
  #reachable(seen: Set<CompiledModel> = new Set()): readonly CompiledModel[] {
    for (const { namespace } of this.source.imports) {
      const model = this.#library(namespace);
      if (model === undefined || seen.has(model)) continue;
      seen.add(model);
      model.#reachable(seen);
    }
    return [...seen];
  }
}
