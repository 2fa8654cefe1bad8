import type { BoxedCompiler } from './compile-boxed.ts';
import { Environment } from './environment.ts';
import type { ItemDefinition } from './model.ts';
import { spell } from './scanner.ts';
import { ANY, basicType, type Type } from './types.ts';

/** Types that a model defines, by name; each is read when it is first asked for. */
export class ModelTypes {
  readonly #definitions: ReadonlyMap<string, ItemDefinition>;
  readonly #known = new Map<string, Type>();
  readonly #open = new Set<string>();
  readonly #compiler: () => BoxedCompiler;
  readonly #imported: (name: string) => Type | undefined;

  /** @param imported a type of an imported model, by the name that this model uses for it */
  constructor(definitions: readonly ItemDefinition[], compiler: () => BoxedCompiler, imported: (name: string) => Type | undefined) {
    this.#definitions = new Map(definitions.map((one) => [one.name, one]));
    this.#compiler = compiler;
    this.#imported = imported;
  }

  /** A type by its reference: of the model, of FEEL (with or without a prefix), or imported. */
  find(written: string): Type | undefined {
    const ref = spell(written);
    const local = ref.includes(':') ? ref.slice(ref.indexOf(':') + 1) : ref;
    return this.#own(ref) ?? basicType(ref) ?? this.#own(local) ?? basicType(local) ?? this.#imported(ref);
  }

  #own(name: string): Type | undefined {
    const definition = this.#definitions.get(name);
    if (definition === undefined) return undefined;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // a type that contains itself is open at that place
    if (this.#open.has(name)) return ANY;
    this.#open.add(name);
    const type = this.#read(definition, name);
    this.#open.delete(name);
    this.#known.set(name, type);
    return type;
  }

  #read(definition: ItemDefinition, name?: string): Type {
    const item = this.#limited(this.#base(definition, name), definition.allowed);
    return this.#limited(definition.isCollection ? { kind: 'list', of: item } : item, definition.constraint);
  }

  #base({ typeRef, components, functionItem }: ItemDefinition, name: string | undefined): Type {
    if (functionItem !== undefined) {
      return { kind: 'function', parameters: functionItem.parameters.map((one) => this.#ref(one.typeRef)), result: this.#ref(functionItem.typeRef) };
    }
    if (components.length > 0) return { kind: 'context', entries: components.map((one) => [one.name, this.#read(one)]) };
    // `number` may be redefined on top of FEEL's own `number`
    return typeRef === name && name !== undefined ? (basicType(name) ?? ANY) : this.#ref(typeRef);
  }

  #ref(ref: string | undefined): Type {
    return ref === undefined || ref === '' ? ANY : (this.find(ref) ?? ANY);
  }

  #limited(type: Type, tests: string | undefined): Type {
    if (tests === undefined || tests.trim() === '') return type;
    const passes = this.#compiler().tests(tests);
    const scope = new Environment({});
    return { kind: 'limited', of: type, allows: (value) => passes(value, scope) };
  }
}
