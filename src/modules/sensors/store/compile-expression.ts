import { sql } from 'kysely';
import type { EntityName } from '../domain/entities.ts';
import type { Binary, Expression, Lambda, Path } from '../domain/expression.ts';
import { arithmetic, compare, isArithmetic } from './compile-operators.ts';
import { call } from './compile-functions.ts';
import { admitted, nearAlias, related, relationOf, tableOf, type Fragment, type Reader } from './compile-tables.ts';
import { as, literalValue, missing, partOf, propertyValue, type Value } from './compile-value.ts';

interface Row {
  readonly entity: EntityName;
  readonly alias: string;
}

/** Where paths begin: at the row asked about, or at the row of a variable. */
export interface Rows extends Row {
  readonly variables: Readonly<Record<string, Row>>;
}

/** Tables that one condition reads beside its row: it is true if there are rows of them that make it true. */
class Joined {
  readonly tables: Fragment[] = [];
  readonly conditions: Fragment[] = [];
  readonly rows = new Map<string, Row>();

  exists(condition: Fragment): Fragment {
    if (this.tables.length === 0) return condition;
    return sql`exists (select 1 from ${sql.join(this.tables)} where ${sql.join([...this.conditions, sql`(${condition})`], sql` and `)})`;
  }
}

/** Compiles checked expressions to SQL in which every text and number of the query is a parameter. */
export class Compiler {
  readonly reader: Reader;
  #aliases = 0;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  alias(): string {
    this.#aliases += 1;
    return `t${String(this.#aliases)}`;
  }

  /** An expression that is true or false; null counts as false, which `not` has to make sure of itself. */
  condition(expression: Expression, rows: Rows): Fragment {
    if (expression.kind === 'unary' && expression.operator === 'not') return sql`not coalesce(${this.condition(expression.operand, rows)}, false)`;
    if (expression.kind === 'lambda') return this.#lambda(expression, rows);
    if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
      const parts = chain(expression, expression.operator).map((part) => sql`(${this.condition(part, rows)})`);
      return sql`(${sql.join(parts, expression.operator === 'and' ? sql` and ` : sql` or `)})`;
    }
    const joined = new Joined();
    return joined.exists(this.#atom(expression, rows, joined));
  }

  /** A value to order by; of a path through a set the least. */
  orderValue(expression: Expression, rows: Rows): Value {
    const joined = new Joined();
    const value = this.#value(expression, rows, joined);
    if (joined.tables.length === 0 || value.kind === 'null') return value;
    const inner = sql`(select ${value.sql} from ${sql.join(joined.tables)} where ${sql.join(joined.conditions, sql` and `)} order by 1 limit 1)`;
    // a period is ordered by its begin
    return value.kind === 'interval' ? { kind: 'time', sql: inner } : value.kind === 'json' ? { kind: 'json', sql: inner } : { ...value, sql: inner };
  }

  #atom(expression: Expression, rows: Rows, joined: Joined): Fragment {
    if (expression.kind === 'binary' && !isArithmetic(expression.operator)) return this.#comparison(expression, rows, joined);
    return as(this.#value(expression, rows, joined), 'boolean');
  }

  #comparison({ operator, left, right }: Binary, rows: Rows, joined: Joined): Fragment {
    const [other, empty] = isNull(left) ? [right, true] : [left, isNull(right)];
    if (!empty) return compare(operator, this.#value(left, rows, joined), this.#value(right, rows, joined));
    const none = this.#none(other, rows, joined);
    return operator === 'eq' ? none : sql`not ${none}`;
  }

  /** `eq null`: no such row at the end of relations, or no value in it. */
  #none(expression: Expression, rows: Rows, joined: Joined): Fragment {
    if (expression.kind !== 'path') return sql`(${missing(this.#value(expression, rows, joined))})`;
    const { start, relations, property } = this.#walk(expression, rows);
    if (property.length > 0 && relations.some(({ many }) => many)) return sql`(${missing(this.#value(expression, rows, joined))})`;
    if (relations.length === 0) return sql`(${missing(this.#value(expression, rows, joined))})`;
    const own = new Joined();
    const end = this.#join(start, relations, own);
    return sql`not ${own.exists(property.length === 0 ? sql`true` : sql`not ${missing(this.#property(end, property))}`)}`;
  }

  #value(expression: Expression, rows: Rows, joined: Joined): Value {
    switch (expression.kind) {
      case 'literal':
        return literalValue(expression);
      case 'path':
        return this.#path(expression, rows, joined);
      case 'call':
        return call(
          expression,
          expression.args.map((arg) => this.#value(arg, rows, joined)),
          this.reader.now,
        );
      case 'lambda':
        return { kind: 'boolean', sql: sql`coalesce(${this.condition(expression, rows)}, false)` };
      case 'unary':
        if (expression.operator === 'not') return { kind: 'boolean', sql: this.condition(expression, rows) };
        return { kind: 'number', sql: sql`(- ${as(this.#value(expression.operand, rows, joined), 'number')})`, whole: false };
      case 'binary':
        if (!isArithmetic(expression.operator)) return { kind: 'boolean', sql: sql`coalesce(${this.condition(expression, rows)}, false)` };
        return arithmetic(expression.operator, this.#value(expression.left, rows, joined), this.#value(expression.right, rows, joined));
    }
  }

  #path(path: Path, rows: Rows, joined: Joined): Value {
    const { start, relations, property } = this.#walk(path, rows);
    const end = this.#join(start, relations, joined);
    return property.length === 0 ? { kind: 'null' } : this.#property(end, property);
  }

  #property({ entity, alias }: Row, [name, ...parts]: readonly string[]): Value {
    return partOf(propertyValue(entity, name!, alias), parts);
  }

  /** A path as the row it begins at, its relations, and the property behind them. */
  #walk({ segments }: Path, rows: Rows): { start: Row; relations: { name: string; target: EntityName; many: boolean }[]; property: readonly string[] } {
    const variable = Object.hasOwn(rows.variables, segments[0]!) ? rows.variables[segments[0]!] : undefined;
    const start = variable ?? rows;
    const steps = variable === undefined ? segments : segments.slice(1);
    const relations = [];
    let { entity } = start;
    for (const [index, name] of steps.entries()) {
      const next = relationOf(entity, name);
      if (next === undefined) return { start, relations, property: steps.slice(index) };
      relations.push({ name, target: next.target, many: next.many });
      entity = next.target;
    }
    return { start, relations, property: [] };
  }

  /** Joins the relations' tables; the same steps in one condition lead to the same row. */
  #join(start: Row, relations: readonly { name: string; target: EntityName }[], joined: Joined): Row {
    let row = start;
    for (const { name, target } of relations) {
      const key = `${row.alias}/${name}`;
      const known = joined.rows.get(key);
      const next = known ?? { entity: target, alias: this.alias() };
      if (known === undefined) {
        joined.rows.set(key, next);
        joined.tables.push(sql`${tableOf(target)} ${sql.raw(next.alias)}`);
        joined.conditions.push(related(row.entity, name, nearAlias(row.alias), next.alias), admitted(target, next.alias, this.reader, row.entity));
      }
      row = next;
    }
    return row;
  }

  #lambda({ quantifier, over, variable, condition }: Lambda, rows: Rows): Fragment {
    const { start, relations } = this.#walk(over, rows);
    const joined = new Joined();
    const row = this.#join(start, relations, joined);
    const inner = this.condition(condition, { ...rows, variables: { ...rows.variables, [variable]: row } });
    return quantifier === 'any' ? joined.exists(inner) : sql`not ${joined.exists(sql`not coalesce(${inner}, false)`)}`;
  }
}

const isNull = (expression: Expression): boolean => expression.kind === 'literal' && expression.type === 'null';

/** `a and b and c` as its three parts: a long chain must not become deep SQL. */
function chain(expression: Expression, operator: 'and' | 'or'): readonly Expression[] {
  const parts: Expression[] = [];
  let rest = expression;
  while (rest.kind === 'binary' && rest.operator === operator) {
    parts.push(rest.right);
    rest = rest.left;
  }
  return [rest, ...parts.reverse()];
}
