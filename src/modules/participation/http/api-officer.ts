import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { act } from '../application/act.ts';
import { attachFiles } from '../application/attach.ts';
import type { ParticipationContext } from '../application/context.ts';
import { openOfficerFile, readReleased, readSynopsis } from '../application/read-file.ts';
import { recordPaper } from '../application/record-paper.ts';
import { actOnStatement } from '../application/weigh.ts';
import { OFFICERS } from './common.ts';
import { statementCursor } from './cursors.ts';
import { presentParticipation, presentStatement } from './present.ts';
import { paperSchema, participationView, releasedView, statementCommandSchema, statementView, wishSchema } from './schemas.ts';

const TAG = 'Beteiligung';
const params = z.object({ id: z.uuid() });
const AT = '/api/cases/:id/participation';

/** Rounds and consultees of a case. */
export function officerApi(ctx: ParticipationContext): AnyRoute[] {
  return [...roundApi(ctx), ...sharedApi(ctx)];
}

function roundApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: AT,
      access: OFFICERS,
      tag: TAG,
      summary: 'Die Beteiligung eines Vorgangs: Runden, Stellen, was offen ist',
      params,
      output: participationView.extend({
        counts: z.object({ statements: z.number(), unweighed: z.number(), unreleased: z.number(), openRounds: z.number(), waiting: z.number() }),
        suggested: z.array(z.string()),
      }),
      handle: async ({ actor, params: { id } }) => {
        const opened = await openOfficerFile(ctx, actor, id);
        if (!opened.ok) return opened;
        const { state, counts, suggested } = opened.value;
        return ok({ ...presentParticipation(state), counts, suggested: suggested.map((one) => one.id) });
      },
    }),
    apiRoute({
      method: 'post',
      path: `${AT}/actions`,
      access: OFFICERS,
      tag: TAG,
      summary: 'Eröffnet Runden, fragt Stellen, erinnert, verlängert, schließt',
      params,
      body: z.object({ wish: wishSchema, expectedVersion: z.number().int().optional() }),
      output: participationView,
      handle: async ({ actor, params: { id }, body }) => {
        const done = await act(ctx, actor, { caseId: id, ...body });
        return done.ok ? ok(presentParticipation(done.value)) : done;
      },
    }),
  ];
}

function sharedApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: `${AT}/rounds/:roundId/documents`,
      access: OFFICERS,
      tag: TAG,
      summary: 'Legt Unterlagen zu einer Runde',
      status: 201,
      params: params.extend({ roundId: z.uuid() }),
      upload: true,
      output: participationView,
      handle: async ({ actor, params: { id, roundId }, files }) => {
        const done = await attachFiles(ctx, actor, { caseId: id, roundId, files });
        return done.ok ? ok(presentParticipation(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'get',
      path: `${AT}/released`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Stellungnahmen, die für die antragstellende Person freigegeben sind',
      params,
      output: z.object({ items: z.array(releasedView), next: z.null() }),
      handle: async ({ actor, params: { id } }) => {
        const read = await readReleased(ctx, actor, id);
        if (!read.ok) return read;
        return ok({ items: read.value.map(({ from, conditions, ...rest }) => ({ ...rest, from: from ?? null, conditions: [...conditions] })), next: null });
      },
    }),
  ];
}

/** The synopsis of a case, and what is done with each statement. */
export function statementApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: `${AT}/statements`,
      access: OFFICERS,
      tag: TAG,
      summary: 'Synopse: alle Stellungnahmen mit ihrer Abwägung',
      params,
      query: pageQuery.extend({
        show: z.enum(['all', 'open', 'weighed', 'late', 'agencies', 'public']).default('all'),
        roundId: z.uuid().optional(),
        search: z.string().max(200).optional(),
      }),
      output: pageOf(statementView),
      handle: async ({ actor, params: { id }, queryInput: { cursor, ...filter } }) => {
        const read = await readSynopsis(ctx, actor, id, { ...filter, after: statementCursor(cursor) });
        if (!read.ok) return read;
        const { rows, next } = read.value;
        return ok({ items: rows.map(({ state }) => presentStatement(state)), next: next === undefined ? null : encodeCursor([next.receivedAt, next.id]) });
      },
    }),
    apiRoute({
      method: 'post',
      path: `${AT}/statements`,
      access: OFFICERS,
      tag: TAG,
      summary: 'Erfasst, was auf Papier eingegangen ist',
      status: 201,
      params,
      body: paperSchema,
      output: statementView,
      handle: async ({ actor, params: { id }, body }) => {
        const done = await recordPaper(ctx, actor, { caseId: id, ...body, files: [] });
        return done.ok ? ok(presentStatement(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${AT}/statements/:statementId/actions`,
      access: OFFICERS,
      tag: TAG,
      summary: 'Gibt frei, anonymisiert, veröffentlicht, wägt ab, teilt das Ergebnis mit',
      params: params.extend({ statementId: z.uuid() }),
      body: z.object({ command: statementCommandSchema, expectedVersion: z.number().int().optional() }),
      output: statementView,
      handle: async ({ actor, params: { id, statementId }, body }) => {
        const done = await actOnStatement(ctx, actor, { caseId: id, statementId, ...body });
        return done.ok ? ok(presentStatement(done.value)) : done;
      },
    }),
  ];
}
