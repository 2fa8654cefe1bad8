import type { Trail } from './trail.ts';
import { fromPlain, type Context, type Value } from './value.ts';

/** Names in scope: a frame over the one outside of it. */
export class Environment {
  readonly names: Readonly<Record<string, unknown>>;
  readonly outer: Environment | undefined;
  /** Where rules that fire leave their sentence. */
  readonly trail: Trail | undefined;

  constructor(names: Readonly<Record<string, unknown>>, outer?: Environment, trail?: Trail) {
    this.names = names;
    this.outer = outer;
    this.trail = trail ?? outer?.trail;
  }

  /** The innermost value of that name; `undefined` where nobody has it. */
  find(name: string): Value | undefined {
    if (Object.hasOwn(this.names, name)) return fromPlain(this.names[name]);
    let frame = this.outer;
    while (frame !== undefined) {
      if (Object.hasOwn(frame.names, name)) return fromPlain(frame.names[name]);
      frame = frame.outer;
    }
    return undefined;
  }

  with(name: string, value: Value): Environment {
    return new Environment({ [name]: value }, this);
  }

  withAll(names: Context): Environment {
    return new Environment(names, this);
  }
}

/** An expression made ready: from the names in scope to its value. */
export type Code = (scope: Environment) => Value;
