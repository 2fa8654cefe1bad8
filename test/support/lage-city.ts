import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import { situationOn } from '../../src/lage.ts';
import { authenticateGuest, type SituationContext } from '../../src/modules/situation/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import type { Engine } from './temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from './whole-city.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

const staff = (n: number, roles: Staff['roles'] = ['krisenstab']): Staff => ({
  kind: 'staff',
  staffId: `0190a000-0000-7000-8000-0000000010${String(n).padStart(2, '0')}`,
  roles,
  authorities: [],
});

/** Who can knock at the doors of a test's Lagen. */
export type Knocker = 'leader' | 'stranger' | 'officer' | 'nobody' | (string & {});

/** A whole city with people for a Krisenstab, and a clock that tests move. */
export interface LageCity {
  readonly ctx: SituationContext & WholeCity['ctx'];
  readonly city: WholeCity;
  readonly server: CityServer;
  readonly leader: Staff;
  /** With the role, but in no Lage. */
  readonly stranger: Staff;
  setClock(now: Temporal.Instant): void;
  /** A session for one more actor. @returns the name to call as */
  as(name: string, actor: Actor): string;
  call(who: Knocker, method: string, path: string, body?: object): Promise<Response>;
  /** As `call`, for what must succeed. */
  json(who: Knocker, method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  form(who: Knocker, path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** Opens a Lage that `leader` leads. @returns its key */
  lage(title: string, over?: object): Promise<string>;
  close(): Promise<void>;
}

/** Somebody of the role `krisenstab` who has signed in once. */
export async function staffSeen({ ctx }: Pick<LageCity, 'ctx'>, staffId: string, name: string): Promise<void> {
  await sql`insert into identity.staff (id, issuer, subject, name, email, roles, authorities, first_seen_at, last_seen_at)
    values (${staffId}, 'test', ${staffId}, ${name}, ${`${staffId}@behoerde.example`}, ${['krisenstab']}::text[], ${[]}::text[], ${ctx.clock()}, ${ctx.clock()})
    on conflict do nothing`.execute(ctx.database.read);
}

/** A device that the city has let in. @returns the name to call as */
export async function deviceSeen(city: LageCity, as: string, { deviceId, name }: { readonly deviceId: string; readonly name: string }): Promise<string> {
  const { ctx } = city;
  await sql`insert into identity.device (id, name, key_sha256, created_at) values (${deviceId}, ${name}, ${as}, ${ctx.clock()})`.execute(ctx.database.read);
  return city.as(as, { kind: 'device', deviceId });
}

export async function lageCity(options: { readonly engine?: Engine; readonly env?: Record<string, string> } = {}): Promise<LageCity> {
  let now = Temporal.Instant.from('2026-11-28T19:00:00Z');
  const city = await wholeCity({ ...options, clock: () => now });
  const [leader, stranger] = [staff(1), staff(2)];
  const actors = new Map<string, Actor>([
    ['leader', leader],
    ['stranger', stranger],
    ['officer', staff(3, ['sachbearbeitung'])],
  ]);
  // a session of a guest is their own; the test's people have theirs by name
  const guestOf = authenticateGuest(city.ctx);
  const server = serverOf(
    city,
    async (token) => actors.get(token) ?? (await guestOf(token, now))?.actor,
    () => now,
  );
  const ctx = { ...city.ctx, ...situationOn(city.ctx) };
  await staffSeen({ ctx }, leader.staffId, 'Jens Leiter');
  await staffSeen({ ctx }, stranger.staffId, 'Frieda Fremd');
  const headers = (who: Knocker): Record<string, string> => (who === 'nobody' ? {} : { cookie: `kontor_session=${who}` });
  const one: LageCity = {
    ctx,
    city,
    server,
    leader,
    stranger,
    setClock: (to) => void (now = to),
    as: (name, actor) => (actors.set(name, actor), name),
    call: async (who, method, path, body) =>
      server.request(path, {
        method,
        headers: { ...headers(who), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async json(who, method, path, body) {
      const answer = await one.call(who, method, path, body);
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    },
    form: async (who, path, fields) => server.request(path, { method: 'POST', headers: headers(who), body: new URLSearchParams(fields) }),
    async lage(title, over = {}) {
      const made = await one.json('leader', 'POST', '/api/lagen', { title, hazard: 'sturmflut', organisation: 'Feuerwehr', name: 'Jens Leiter', ...over });
      return String(made['key']);
    },
    close: () => city.close(),
  };
  return one;
}
