import type { Result } from '../../../kernel/result.ts';
import { boxNode, checkedGeometry } from './cql2-geometry.ts';
import { boundNode, FILTER_LIMITS, filterMistake, joined, operationOf, timeNode, understoodFilter, type Cql2, type FilterProblem } from './cql2-tree.ts';

/** A filter in CQL2 JSON. Places are told as paths: `args/0`. */
export function parseCql2Json(source: string): Result<Cql2, FilterProblem> {
  return understoodFilter(() => {
    if (source.length > FILTER_LIMITS.characters) filterMistake('Filter', `Er ist zu lang. Erlaubt sind ${String(FILTER_LIMITS.characters)} Zeichen.`);
    return new JsonReader().read(parsed(source), '');
  });
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const place = /position (\d+)/.exec(String(error))?.[1];
    return filterMistake(
      place === undefined ? 'Filter' : `Zeichen ${String(Number(place) + 1)}`,
      'Das ist kein JSON. Prüfen Sie Klammern und Anführungszeichen.',
    );
  }
}

class JsonReader {
  #nodes = 0;

  read(value: unknown, path: string, depth = 0): Cql2 {
    const at = path === '' ? 'Anfang' : path;
    this.#nodes += 1;
    if (this.#nodes > FILTER_LIMITS.nodes) filterMistake(at, `Der Filter hat zu viele Teile. Erlaubt sind ${String(FILTER_LIMITS.nodes)}.`);
    if (depth > FILTER_LIMITS.depth) filterMistake(at, `Der Filter ist zu tief verschachtelt. Erlaubt sind ${String(FILTER_LIMITS.depth)} Ebenen.`);
    if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value, at };
    if (typeof value === 'number') return Number.isFinite(value) ? { kind: 'literal', value, at } : filterMistake(at, 'Die Zahl ist zu groß.');
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item: unknown, index) => this.read(item, join(path, String(index)), depth + 1)), at };
    if (typeof value !== 'object' || value === null) return filterMistake(at, 'Hier fehlt ein Wert.');
    return this.#object(value as Readonly<Record<string, unknown>>, path, depth);
  }

  #object(value: Readonly<Record<string, unknown>>, path: string, depth: number): Cql2 {
    const at = path === '' ? 'Anfang' : path;
    if (typeof value['op'] === 'string') return this.#operation(value['op'], value['args'], path, depth);
    if (typeof value['property'] === 'string') return { kind: 'property', name: value['property'], at };
    if (typeof value['date'] === 'string') return timeNode('date', value['date'], at);
    if (typeof value['timestamp'] === 'string') return timeNode('timestamp', value['timestamp'], at);
    if (Array.isArray(value['bbox'])) return boxNode(value['bbox'], at);
    if (Array.isArray(value['interval'])) {
      const [from, to, ...more] = value['interval'] as unknown[];
      if (to === undefined || more.length > 0) return filterMistake(at, 'interval hat einen Anfang und ein Ende.');
      const bound = (part: unknown, index: string): Cql2 | '..' =>
        typeof part === 'string' ? boundNode(part, at) : this.read(part, join(path, `interval/${index}`), depth + 1);
      return { kind: 'interval', from: bound(from, '0'), to: bound(to, '1'), at };
    }
    if (typeof value['type'] === 'string') return { kind: 'geometry', geometry: checkedGeometry(value, at), at };
    return filterMistake(at, 'Ein Teil hat op und args, oder property, date, timestamp, interval, bbox oder type.');
  }

  #operation(name: string, args: unknown, path: string, depth: number): Cql2 {
    const at = path === '' ? 'Anfang' : path;
    const op = operationOf(name);
    if (op === undefined) return filterMistake(at, `Die Funktion „${name.slice(0, 40)}“ gibt es hier nicht.`);
    if (!Array.isArray(args)) return filterMistake(at, `Zu „${op}“ fehlen die args.`);
    const read = args.map((arg: unknown, index) => this.read(arg, join(path, `args/${String(index)}`), depth + 1));
    if (op === '-' && read.length === 1) return { kind: 'op', op: '*', args: [{ kind: 'literal', value: -1, at }, read[0]!], at };
    return op === 'and' || op === 'or' ? joined(op, read, at) : { kind: 'op', op, args: read, at };
  }
}

const join = (path: string, part: string): string => (path === '' ? part : `${path}/${part}`);
