import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { ContributionsContext } from '../application/context.ts';
import { openDesk, type DeskRow } from '../application/desk.ts';
import { evaluation, exportRow } from '../application/evaluate.ts';
import { moderate, moderateComment } from '../application/moderate.ts';
import { changeParticipation, makeParticipation } from '../application/participations.ts';
import type { Participation, ParticipationFacts } from '../domain/participation.ts';
import { OFFICERS, WRITERS } from './frame.ts';
import { commentModerationSchema, deskView, moderationSchema, participationSchema, presentComment, presentContribution, TAG } from './schemas.ts';

const byKey = z.object({ key: z.string().max(64) });

/** What the authority does, for programs. */
export function deskApi(ctx: ContributionsContext): AnyRoute[] {
  return [...participationRoutes(ctx), ...moderationRoutes(ctx), queueRoute(ctx), evaluationRoute(ctx)];
}

const factsFrom = ({ startsOn, endsOn, ...rest }: z.output<typeof participationSchema>): ParticipationFacts => ({
  ...rest,
  startsOn: Temporal.PlainDate.from(startsOn),
  endsOn: Temporal.PlainDate.from(endsOn),
});

function participationRoutes(ctx: ContributionsContext): AnyRoute[] {
  const output = z.object({ id: z.string(), key: z.string() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/contributions/participations',
      access: WRITERS,
      tag: TAG,
      summary: 'Legt eine Beteiligung auf der Karte an',
      status: 201,
      body: participationSchema,
      output,
      handle: async ({ actor, body }) => {
        const made = await makeParticipation(ctx, actor, factsFrom(body));
        return made.ok ? ok({ id: made.value.id, key: made.value.key }) : made;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/contributions/participations/:key',
      access: WRITERS,
      tag: TAG,
      summary: 'Ändert eine Beteiligung; Gebiet und Kategorien bleiben, sobald es Beiträge gibt',
      params: byKey,
      body: participationSchema,
      output,
      handle: async ({ actor, params: { key }, body }) => {
        const changed = await changeParticipation(ctx, actor, key, factsFrom(body));
        return changed.ok ? ok({ id: changed.value.id, key: changed.value.key }) : changed;
      },
    }),
  ];
}

function moderationRoutes(ctx: ContributionsContext): AnyRoute[] {
  const params = z.object({ id: z.uuid() });
  const output = z.object({ id: z.string(), state: z.string() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/contributions/:id/moderation',
      access: WRITERS,
      tag: TAG,
      summary: 'Veröffentlicht einen Beitrag, blendet ihn mit Grund aus, legt ihn zusammen oder beantwortet ihn',
      params,
      body: moderationSchema,
      output,
      handle: async ({ actor, params: { id }, body }) => {
        const done = await moderate(ctx, actor, { contributionId: id, command: body });
        return done.ok ? ok({ id, state: done.value.state }) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/contributions/comments/:id/moderation',
      access: WRITERS,
      tag: TAG,
      summary: 'Veröffentlicht einen Kommentar oder blendet ihn mit Grund aus',
      params,
      body: commentModerationSchema,
      output,
      handle: async ({ actor, params: { id }, body }) => {
        const done = await moderateComment(ctx, actor, { commentId: id, command: body });
        return done.ok ? ok({ id, state: done.value.state }) : done;
      },
    }),
  ];
}

function presentRow({ contribution, comments, reports }: DeskRow, participation: Participation): z.output<typeof deskView> {
  const { state, checked, hiddenBecause, hiddenNote } = contribution;
  return {
    ...presentContribution(contribution, participation),
    state,
    checked,
    hiddenBecause,
    hiddenNote,
    commentList: comments.map((one) => ({ ...presentComment(one), state: one.state, checked: one.checked })),
    reports: reports.map(({ commentId, reason, text }) => ({ commentId, reason, text })),
  };
}

function queueRoute(ctx: ContributionsContext): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/contributions/participations/:key/queue',
    access: OFFICERS,
    tag: TAG,
    summary: 'Was die Behörde zu prüfen hat, älteste zuerst',
    params: byKey,
    query: pageQuery.extend({
      view: z.enum(['open', 'published', 'hidden', 'all']).default('open'),
      cursor: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
    }),
    output: pageOf(deskView),
    handle: async ({ actor, params: { key }, queryInput: { cursor, limit, view } }) => {
      const opened = await openDesk(ctx, actor, key, { view, limit, after: Number(cursor ?? 0) });
      if (!opened.ok) return opened;
      const { participation, rows, next } = opened.value;
      return ok({ items: rows.map((row) => presentRow(row, participation)), next: next === undefined ? null : String(next) });
    },
  });
}

function evaluationRoute(ctx: ContributionsContext): AnyRoute {
  const count = z.object({ name: z.string(), contributions: z.number(), support: z.number(), comments: z.number() });
  const number = z.number();
  return apiRoute({
    method: 'get',
    path: '/api/contributions/participations/:key/evaluation',
    access: OFFICERS,
    tag: TAG,
    summary: 'Auswertung in Zahlen, ohne Angaben zu Personen',
    params: byKey,
    output: z.object({
      states: z.object({ waiting: number, published: number, hidden: number, merged: number, deleted: number }),
      total: z.object({ contributions: number, support: number, comments: number, answered: number }),
      categories: z.array(count),
      districts: z.array(count),
      days: z.array(z.object({ day: z.string(), contributions: number })),
      mostSupported: z.array(z.object({ number, title: z.string(), support: number })),
    }),
    handle: async ({ actor, params: { key } }) => {
      const found = await evaluation(ctx, actor, key);
      if (!found.ok) return found;
      const { participation, evaluation: counts, mostSupported } = found.value;
      return ok({
        states: counts.states,
        total: counts.total,
        categories: [...counts.categories],
        districts: [...counts.districts],
        days: counts.days.map(({ day, contributions }) => ({ day: day.toString(), contributions })),
        mostSupported: mostSupported.map((one) => exportRow(one, participation)).map(({ number: no, title, support }) => ({ number: no, title, support })),
      });
    },
  });
}
