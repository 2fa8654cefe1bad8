import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { namedStreams, PROTOCOLS, readDeclaration, stateOf, type ConnectorState, type Declaration } from '../domain/connector.ts';
import {
  findConnector,
  hurryConnector,
  insertConnector,
  listConnectors,
  pauseConnector,
  removeConnector,
  updateConnector,
  type Connector,
} from '../store/connectors.ts';
import { findStreams } from '../store/write-links.ts';
import type { ConnectorContext } from './connector-context.ts';
import type { ConnectorDesk } from './connector-desk.ts';

/** Connectors for those who look after them. */
export interface ConnectorOffice extends ConnectorContext {
  readonly desk: Pick<ConnectorDesk, 'poke'>;
}

export type ShownConnector = Connector & { readonly state: ConnectorState };
type Named = Result<{ readonly id: string }, Problem>;

const NO_CONNECTOR: Problem = { kind: 'not-found', detail: 'Diesen Anschluss gibt es nicht mehr. Laden Sie die Liste der Anschlüsse neu.' };
const shown = (one: Connector): ShownConnector => ({ ...one, state: stateOf(one) });

export const connectors = async ({ database }: Pick<ConnectorContext, 'database'>): Promise<readonly ShownConnector[]> =>
  (await listConnectors(database.read)).map(shown);

export async function connector({ database }: Pick<ConnectorContext, 'database'>, id: string): Promise<Result<ShownConnector, Problem>> {
  const found = parseId(id) === undefined ? undefined : await findConnector(database.read, id);
  return found === undefined ? refuse(NO_CONNECTOR) : ok(shown(found));
}

/** A connector as somebody writes it: its declaration is parsed JSON. */
export interface ConnectorInput {
  readonly name: string;
  readonly declaration: unknown;
}

/** Declares a connector; it begins at once. */
export async function addConnector(office: ConnectorOffice, actor: Actor, input: ConnectorInput): Promise<Named> {
  const checked = await check(office, input);
  if (!checked.ok) return checked;
  const now = office.clock();
  const id = newId(now.epochMilliseconds);
  return journalled(office, actor, id, 'sensors.connector-declared', payloadOf(checked.value.declaration), async (tx) => {
    await insertConnector(tx, { id, ...checked.value }, now);
    return true;
  });
}

/** Declares it anew; what it has read stays read. */
export async function changeConnector(office: ConnectorOffice, actor: Actor, id: string, input: ConnectorInput): Promise<Named> {
  const checked = await check(office, input);
  if (!checked.ok) return checked;
  return journalled(office, actor, id, 'sensors.connector-declared', payloadOf(checked.value.declaration), (tx) =>
    updateConnector(tx, { id, ...checked.value }, office.clock()),
  );
}

export const pause = (office: ConnectorOffice, actor: Actor, id: string): Promise<Named> =>
  journalled(office, actor, id, 'sensors.connector-paused', {}, (tx) => pauseConnector(tx, id, true, office.clock()), 'Dieser Anschluss ruht schon.');

export const resume = (office: ConnectorOffice, actor: Actor, id: string): Promise<Named> =>
  journalled(office, actor, id, 'sensors.connector-resumed', {}, (tx) => pauseConnector(tx, id, false, office.clock()), 'Dieser Anschluss läuft schon.');

/** Has it ask at once; a line to a broker is opened anew. */
export const runNow = (office: ConnectorOffice, actor: Actor, id: string): Promise<Named> =>
  journalled(
    office,
    actor,
    id,
    'sensors.connector-hurried',
    {},
    (tx) => hurryConnector(tx, id, office.clock()),
    'Dieser Anschluss ruht. Lassen Sie ihn erst weiterlaufen.',
  );

/** What it has brought stays. */
export const remove = (office: ConnectorOffice, actor: Actor, id: string): Promise<Named> =>
  journalled(office, actor, id, 'sensors.connector-removed', {}, (tx) => removeConnector(tx, id));

async function journalled(
  office: ConnectorOffice,
  actor: Actor,
  id: string,
  kind: string,
  payload: Readonly<Record<string, unknown>>,
  change: (tx: Tx) => Promise<boolean>,
  otherwise?: string,
): Promise<Named> {
  if (parseId(id) === undefined) return refuse(NO_CONNECTOR);
  const done: Named = await office.database.transaction(async (tx) => {
    if (!(await change(tx))) {
      const there = otherwise !== undefined && (await findConnector(tx, id)) !== undefined;
      return refuse(there ? { kind: 'wrong-state', detail: otherwise } : NO_CONNECTOR);
    }
    await office.journal.append(tx, actor, office.clock(), [{ stream: `sensors:connector:${id}`, kind, payload }]);
    return ok({ id });
  });
  if (done.ok) office.desk.poke(id);
  return done;
}

/** Facts for the journal: never the whole address, which may hold a key. */
const payloadOf = ({ kind, url }: Declaration): Readonly<Record<string, unknown>> => ({ source: kind, host: new URL(url).host });

async function check(
  office: ConnectorOffice,
  { name, declaration }: ConnectorInput,
): Promise<Result<{ readonly name: string; readonly declaration: Declaration }, Problem>> {
  const called = name.trim();
  if (called === '' || called.length > 200) return refuse(invalidField('name', 'Geben Sie dem Anschluss einen Namen mit höchstens 200 Zeichen.'));
  const read = readDeclaration(declaration);
  if (!read.ok) return read;
  const admitted = await office.outbound.admit(read.value.url, PROTOCOLS[read.value.kind]);
  if (!admitted.ok) return refuse(invalidField('declaration', `url: ${admitted.problem.detail}`));
  const named = namedStreams(read.value);
  const there = await findStreams(office.database.read, named);
  const missing = named.find((id) => !there.has(id));
  if (missing !== undefined)
    return refuse(
      invalidField('declaration', `Den Datenstrom ${missing} gibt es nicht. Seine Nummer steht in der SensorThings-Schnittstelle unter /sta/v1.1/Datastreams.`),
    );
  if (read.value.secret !== undefined && office.secrets[read.value.secret] === undefined)
    return refuse(invalidField('declaration', `secret: KONTOR_CONNECTOR_${read.value.secret} ist in der Umgebung der Stadt nicht gesetzt.`));
  return ok({ name: called, declaration: read.value });
}
