import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { xbauApi, xbauDoor, xbauPages, xbauPanel } from '../../src/modules/exchange/public.ts';
import { act, officerPages, proposeFor, submit, wholeFile, type WholeFile } from '../../src/modules/procedure/public.ts';
import { xbauAuthority, xbauOn } from '../../src/neighbours-xbau.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import type { Visit } from '../../src/platform/http/route.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { filledDraft, lead, officer, procedureCity, type ProcedureCity } from './procedure-city.ts';
import { testServer } from './test-server.ts';

const elsewhere: Actor = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000c1', authorities: ['bezirksamt-mitte'] };
const revision: Actor = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000d1', roles: ['revision'], authorities: [] };

/** Who may ask, by session token. */
export type Caller = 'officer' | 'lead' | 'elsewhere' | 'revision' | 'citizen';

export interface XbauCity extends ProcedureCity {
  readonly server: CityServer;
  /** @returns the id of a building application that was made in the Servicekonto */
  submitted(): Promise<string>;
  /** Does something as the officer, or as the head. */
  does(caseId: string, command: Parameters<typeof act>[2]['command'], actor?: Actor): Promise<WholeFile['state']>;
  file(caseId: string): Promise<WholeFile>;
  /** The decision's text as the rules propose it. */
  proposal(caseId: string): Promise<WholeFile['state']['decisions'][number]['text']>;
}

/** A city whose building permits speak XBau, with its routes. */
export async function xbauCity(): Promise<XbauCity> {
  const city = await procedureCity();
  const ctx = xbauOn(city.ctx);
  const authorityOf = xbauAuthority(city.ctx);
  const actors: Readonly<Record<Caller, Actor>> = { officer, lead, elsewhere, revision, citizen: city.citizen };
  const frame = (visit: Visit) => viewOf(visit, { demo: true });
  const routes = [
    ...xbauApi(ctx, authorityOf),
    ...xbauPages(ctx, frame, authorityOf),
    ...officerPages(city.ctx, frame, [(actor, id, lang) => xbauPanel(ctx, actor, id, lang)], (lang) => [xbauDoor(lang)]),
  ];
  const server = testServer(routes, { authenticate: async (token) => (token in actors ? { actor: actors[token as Caller] } : undefined) });
  const submitted = async () => {
    const state = expectOk(await submit(city.ctx, city.citizen, await filledDraft(city, 'baugenehmigung'), 'de'));
    await city.jobs.drain();
    return state.id;
  };
  return {
    ...city,
    server,
    submitted,
    does: async (caseId, command, actor = officer) => expectOk(await act(city.ctx, actor, { caseId, command })),
    file: async (caseId) => expectOk(await wholeFile(city.ctx, officer, caseId)),
    proposal: async (caseId) => ({ ...expectOk(await proposeFor(city.ctx, officer, caseId, 'grant')), discretion: ['Abgewogen.'] }),
  };
}
