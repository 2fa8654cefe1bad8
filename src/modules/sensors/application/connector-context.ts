import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Outbound } from '../../../platform/outbound/port.ts';

/** What connectors need of the outside. */
export interface ConnectorContext extends Pick<Context, 'database' | 'journal' | 'clock' | 'log'> {
  readonly outbound: Outbound;
  /** By name, as the environment has them. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The value of a secret, where one is named. */
export function secretOf({ secrets }: Pick<ConnectorContext, 'secrets'>, name: string | undefined): Result<string | undefined, Problem> {
  const value = name === undefined ? undefined : secrets[name];
  if (name !== undefined && value === undefined)
    return refuse({
      kind: 'unavailable',
      detail: `Das Geheimnis ${name} fehlt. Setzen Sie KONTOR_CONNECTOR_${name} in der Umgebung der Stadt und starten Sie sie neu.`,
    });
  return ok(value);
}
