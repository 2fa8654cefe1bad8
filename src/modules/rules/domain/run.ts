import { typedLambda } from './compile-call.ts';
import { splitHref, type CompiledModel } from './compile-model.ts';
import { Environment } from './environment.ts';
import type { DrgElement } from './model.ts';
import type { Trail } from './trail.ts';
import { ANY, coerce, type Type } from './types.ts';
import { contextOf, Lambda, type Value } from './value.ts';

/** Where inputs come from: asked by the path of imports, the namespace and the name. */
export type Inputs = (place: { readonly path: string; readonly namespace: string; readonly name: string }) => Value | undefined;

type Of<Kind extends DrgElement['kind']> = Extract<DrgElement, { readonly kind: Kind }>;

interface Found {
  readonly run: Run;
  readonly element: DrgElement;
  /** Name under which the element's model is imported; `''` for one's own. */
  readonly prefix: string;
}

/** Where a run stands among those of the models that import it, and what is known before it starts. */
interface Place {
  readonly given?: ReadonlyMap<string, Value>;
  /** Names of the imports on the way here, each with its point. */
  readonly path?: string;
  /** The run of the model that imports this one without a name. */
  readonly importer?: Run;
}

/** The type of what a function answers, where its variable has a function's type; older models name another, which says nothing. */
const answerOf = (type: Type | undefined): Type => (type?.kind === 'function' ? type.result : ANY);

/**
 * One evaluation of a model (OMG DMN 1.5, chapter 6): each decision at most once, each seeing only what
 * it requires, and the names of `base`.
 */
export class Run {
  readonly model: CompiledModel;
  readonly #inputs: Inputs;
  readonly #base: Environment;
  readonly #trail: Trail | undefined;
  readonly #path: string;
  readonly #values: Map<string, Value>;
  readonly #open = new Set<string>();
  readonly #imports = new Map<string, Run>();
  readonly #importer: Run | undefined;
  #mergedRuns: readonly Run[] | undefined;

  constructor(model: CompiledModel, inputs: Inputs, base: Environment, place: Place = {}) {
    this.model = model;
    this.#inputs = inputs;
    this.#base = base;
    this.#trail = base.trail;
    this.#path = place.path ?? '';
    this.#importer = place.importer;
    this.#values = new Map(place.given);
  }

  valueOf(element: Of<'input' | 'decision'>): Value {
    const known = this.#values.get(element.id);
    if (known !== undefined) return known;
    // a decision that requires itself has no value
    if (this.#open.has(element.id)) return null;
    this.#open.add(element.id);
    const value = coerce(
      element.kind === 'input' ? this.#input(element) : this.model.code(element)(this.#scope(element)),
      this.model.typeOf(element.typeRef) ?? ANY,
    );
    this.#open.delete(element.id);
    this.#values.set(element.id, value);
    return value;
  }

  #input(element: Of<'input'>): Value {
    return this.#inputs({ path: this.#path, namespace: this.model.source.namespace, name: element.name }) ?? null;
  }

  #scope(element: Of<'decision' | 'knowledge'>): Environment {
    const names: Record<string, Value> = Object.create(null) as Record<string, Value>;
    const hrefs = element.kind === 'decision' ? [...element.inputs, ...element.decisions, ...element.knowledge] : element.knowledge;
    for (const href of hrefs) {
      const found = this.#find(href);
      if (found === undefined) continue;
      const value = found.run.#worth(found.element);
      if (found.prefix === '') {
        names[found.element.name] = value;
        if (found.element.kind === 'decision') names[found.element.id] = value;
      } else names[found.prefix] = contextOf([...Object.entries(names[found.prefix] ?? {}), [found.element.name, value]]);
    }
    return new Environment(names, this.#base, this.#trail);
  }

  #worth(element: DrgElement): Value {
    return element.kind === 'input' || element.kind === 'decision' ? this.valueOf(element) : this.lambda(element);
  }

  #find(href: string): Found | undefined {
    const { namespace, id } = splitHref(href);
    const local = namespace === '' || namespace === this.model.source.namespace;
    const found = local ? this.#findMerged(id) : this.#findImported(namespace, id);
    return found?.prefix === '' ? this.#root.#preferred(found) : found;
  }

  #findMerged(id: string): Found | undefined {
    for (const run of this.#merged()) {
      const element = run.model.element(id);
      if (element !== undefined) return { run, element, prefix: '' };
    }
    return undefined;
  }

  #findImported(namespace: string, id: string): Found | undefined {
    const { imports } = this.model.source;
    const direct = imports.find((one) => one.namespace === namespace);
    if (direct !== undefined) {
      const run = this.#importRun(direct);
      const found = run && run.#findMerged(id);
      return found && { ...found, prefix: direct.name };
    }
    // an import without a name hands on what it imports itself
    for (const run of this.#merged()) {
      const found = run === this ? undefined : run.#findDirect(namespace, id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #findDirect(namespace: string, id: string): Found | undefined {
    if (namespace === this.model.source.namespace) return this.#findMerged(id);
    return this.model.source.imports.some((one) => one.namespace === namespace) ? this.#findImported(namespace, id) : undefined;
  }

  /** What bears a name here or in a model imported without one; a decision first, should a service or an input have the same name. */
  named(name: string): { readonly run: Run; readonly element: DrgElement } | undefined {
    for (const run of this.#merged()) {
      const namesakes = run.model.source.elements.filter((one) => one.name === name);
      const element = namesakes.find((one) => one.kind === 'decision') ?? namesakes[0];
      if (element !== undefined) return { run, element };
    }
    return undefined;
  }

  /** Of two that bear the same name, the importing model's, then that of the import before (OMG DMN 1.5, 6.3.3). */
  #preferred(found: Found): Found {
    for (const run of this.#merged()) {
      if (run === found.run) return found;
      const element = run.model.elementNamed(found.element.name);
      if (element !== undefined) return { run, element, prefix: '' };
    }
    return found;
  }

  /** The outermost model that this one is imported into without a name. */
  get #root(): Run {
    return this.#importer === undefined ? this : this.#importer.#root;
  }

  /** This model and those that it imports without a name, in their order and depth first: they share one namespace. */
  #merged(): readonly Run[] {
    this.#mergedRuns ??= [...this.#collectMerged(new Set())];
    return this.#mergedRuns;
  }

  #collectMerged(seen: Set<Run>): Set<Run> {
    if (seen.has(this)) return seen;
    seen.add(this);
    for (const one of this.model.source.imports) {
      const run = one.name === '' ? this.#importRun(one) : undefined;
      if (run !== undefined) run.#collectMerged(seen);
    }
    return seen;
  }

  #importRun({ name, namespace }: { readonly name: string; readonly namespace: string }): Run | undefined {
    const known = (name === '' ? this.#importing(namespace) : undefined) ?? this.#imports.get(namespace);
    if (known !== undefined) return known;
    const model = this.model.imported(namespace);
    if (model === undefined) return undefined;
    const run = new Run(model, this.#inputs, this.#base, {
      path: name === '' ? this.#path : `${this.#path}${name}.`,
      ...(name === '' && { importer: this }),
    });
    this.#imports.set(namespace, run);
    return run;
  }

  /** This model or one that imports it without a name: two models may import each other. */
  #importing(namespace: string): Run | undefined {
    if (this.model.source.namespace === namespace) return this;
    return this.#importer && this.#importer.#importing(namespace);
  }

  /** A business knowledge model or a decision service as a function. */
  lambda(element: Of<'knowledge' | 'service'>): Lambda {
    if (element.kind === 'service') return this.#service(element);
    const own = this.model.code(element)(this.#scope(element)) as Lambda;
    const answer = answerOf(this.model.typeOf(element.typeRef));
    if (answer.kind === 'any') return own;
    return new Lambda(
      own.name,
      own.parameters,
      (args) => coerce(own.call(args), answer),
      (args) => coerce(own.callNamed(args), answer),
      own.signature,
    );
  }

  /** Parameters of a service: its input data, then the decisions that it takes as given (OMG DMN 1.5, 10.4). */
  parameters(service: Of<'service'>): readonly { readonly id: string; readonly name: string; readonly type: Type }[] {
    return [...service.inputs, ...service.inputDecisions].flatMap((href) => {
      const found = this.#find(href);
      if (found === undefined) return [];
      const { element, run } = found;
      return [{ id: href, name: element.name, type: run.model.typeOf(element.typeRef) ?? ANY }];
    });
  }

  #service(service: Of<'service'>): Lambda {
    const parameters = this.parameters(service);
    return typedLambda(service.name, parameters, answerOf(this.model.typeOf(service.typeRef)), (args) => {
      const given = new Map<Run, Map<string, Value>>();
      for (const { id: href, name } of parameters) {
        const found = this.#find(href)!;
        const values = given.get(found.run) ?? new Map<string, Value>();
        given.set(found.run, values.set(found.element.id, args.get(name) ?? null));
      }
      const copies = new Map<Run, Run>();
      this.#root.#copy(given, copies);
      return copies.get(this)!.#outputs(service);
    });
  }

  /** The same models with some values given; nothing else of these runs is seen. */
  #copy(given: ReadonlyMap<Run, ReadonlyMap<string, Value>>, copies: Map<Run, Run>, importer?: Run): Run {
    const own = given.get(this);
    const copy = new Run(this.model, this.#inputs, this.#base, { path: this.#path, ...(own && { given: own }), ...(importer && { importer }) });
    copies.set(this, copy);
    for (const [namespace, run] of this.#imports) copy.#imports.set(namespace, run.#copy(given, copies, run.#importer && copy));
    return copy;
  }

  /** The one output's value, or a context of several. */
  #outputs(service: Of<'service'>): Value {
    const outputs = service.outputs.flatMap((href) => this.#find(href) ?? []);
    const values = outputs.map(({ run, element }) => [element.name, run.#worth(element)] as const);
    return values.length === 1 ? values[0]![1] : contextOf(values);
  }
}
