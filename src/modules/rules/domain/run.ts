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

  constructor(model: CompiledModel, inputs: Inputs, base: Environment, given: ReadonlyMap<string, Value> = new Map(), path = '') {
    this.model = model;
    this.#inputs = inputs;
    this.#base = base;
    this.#trail = base.trail;
    this.#path = path;
    this.#values = new Map(given);
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
    if (namespace === '' || namespace === this.model.source.namespace) {
      const element = this.model.element(id);
      return element && { run: this, element, prefix: '' };
    }
    return this.#findImported(namespace, id);
  }

  #findImported(namespace: string, id: string): Found | undefined {
    const { imports } = this.model.source;
    const direct = imports.find((one) => one.namespace === namespace);
    if (direct !== undefined) {
      const run = this.#importRun(direct);
      const element = run?.model.element(id);
      return run && element && { run, element, prefix: direct.name };
    }
    // an import without a name hands on what it imports itself
    for (const nameless of imports.filter((one) => one.name === '')) {
      const run = this.#importRun(nameless);
      const found = run && run.#findImported(namespace, id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #importRun({ name, namespace }: { readonly name: string; readonly namespace: string }): Run | undefined {
    const known = this.#imports.get(namespace);
    if (known !== undefined) return known;
    const model = this.model.imported(namespace);
    if (model === undefined) return undefined;
    const run = new Run(model, this.#inputs, this.#base, new Map(), name === '' ? this.#path : `${this.#path}${name}.`);
    this.#imports.set(namespace, run);
    return run;
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
      const given = new Map<string, Value>();
      const imported = new Map<Run, Map<string, Value>>();
      for (const { id: href, name } of parameters) {
        const found = this.#find(href)!;
        const values = found.run === this ? given : (imported.get(found.run) ?? new Map<string, Value>());
        if (found.run !== this) imported.set(found.run, values);
        values.set(found.element.id, args.get(name) ?? null);
      }
      return this.#inside(given, imported).#outputs(service);
    });
  }

  /** The same model with some values given; nothing else of this run is seen. */
  #inside(given: ReadonlyMap<string, Value>, imported: ReadonlyMap<Run, ReadonlyMap<string, Value>>): Run {
    const inner = new Run(this.model, this.#inputs, this.#base, given, this.#path);
    for (const [namespace, run] of this.#imports) inner.#imports.set(namespace, run.#inside(imported.get(run) ?? new Map(), imported));
    return inner;
  }

  /** The one output's value, or a context of several. */
  #outputs(service: Of<'service'>): Value {
    const outputs = service.outputs.flatMap((href) => this.#find(href) ?? []);
    const values = outputs.map(({ run, element }) => [element.name, run.#worth(element)] as const);
    return values.length === 1 ? values[0]![1] : contextOf(values);
  }
}
