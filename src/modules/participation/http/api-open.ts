import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { answerConsultation, claimConsultation, openConsultation, ownConsultations, type ConsultationView } from '../application/consult.ts';
import type { ParticipationContext } from '../application/context.ts';
import { listDisplays, openDisplay } from '../application/displays.ts';
import { newReceipt, openReceipt, ownStatements, submitStatement } from '../application/submit-statement.ts';
import { ANSWER_KINDS } from './answer-texts.ts';
import { splitConditions } from './consultee-pages.ts';
import { displayCursor, statementCursor } from './cursors.ts';
import { presentConsultation, presentReceipt, presentRound } from './present.ts';
import { consultationView, displayRowView, publicStatementSchema, publicStatementView, receiptView, roundView } from './schemas.ts';

const TAG = 'Beteiligung';
const key = z.object({
  key: z.string().min(1).max(64).describe('Token des persönlichen Links, oder die Kennung für das Konto, das die Anfrage übernommen hat.'),
});

/** Public displays and statements, without an account. */
export function publicApi(ctx: ParticipationContext): AnyRoute[] {
  return [...displayApi(ctx), ...writeApi(ctx)];
}

function displayApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/participation/displays',
      access: 'public',
      tag: TAG,
      summary: 'Öffentliche Auslegungen, späteste Frist zuerst',
      query: pageQuery.extend({ when: z.enum(['running', 'past', 'all']).default('running'), search: z.string().max(200).optional() }),
      output: pageOf(displayRowView),
      handle: async ({ queryInput: { cursor, limit, when, search } }) => {
        const { rows, next } = await listDisplays(ctx, { when, search, limit, after: displayCursor(cursor) });
        return ok({ items: rows, next: next === undefined ? null : encodeCursor([next.dueOn, next.id]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/participation/displays/:id',
      access: 'public',
      tag: TAG,
      summary: 'Eine Auslegung mit Unterlagen und veröffentlichten Stellungnahmen',
      params: z.object({ id: z.uuid() }),
      output: z.object({
        round: roundView,
        state: z.enum(['coming', 'running', 'over']),
        open: z.boolean(),
        statements: z.array(publicStatementView),
        next: z.string().nullable(),
      }),
      query: z.object({ cursor: pageQuery.shape.cursor }),
      handle: async ({ params, queryInput }) => {
        const opened = await openDisplay(ctx, params.id, statementCursor(queryInput.cursor));
        if (!opened.ok) return opened;
        const { round, state, open, documents, statements, next } = opened.value;
        const shown = statements.map(({ from, places, ...rest }) => ({ ...rest, from: from ?? null, places: [...places] }));
        return ok({
          round: { ...presentRound(round), documents: [...documents] },
          state,
          open,
          statements: shown,
          next: next === undefined ? null : encodeCursor([next.receivedAt, next.id]),
        });
      },
    }),
  ];
}

function writeApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/participation/displays/:id/statements',
      access: 'public',
      tag: TAG,
      summary: 'Nimmt Stellung zu einer Auslegung',
      status: 201,
      limit: 'sign-in',
      params: z.object({ id: z.uuid() }),
      body: publicStatementSchema,
      keepsNoAnswer: true,
      output: z.object({ number: z.string(), receipt: z.string(), receivedOn: z.string(), late: z.boolean() }),
      handle: async ({ actor, params, body, lang }) => {
        const receipt = body.receipt ?? newReceipt();
        const sent = await submitStatement(ctx, actor, { ...body, receipt, roundId: params.id, files: [], lang });
        return sent.ok ? ok({ number: sent.value.number, receipt, receivedOn: sent.value.receivedOn, late: sent.value.late }) : sent;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/participation/receipts/:token',
      access: 'public',
      tag: TAG,
      summary: 'Quittung einer Stellungnahme, später mit dem Ergebnis',
      limit: 'sign-in',
      params: z.object({ token: z.string().max(64) }),
      output: receiptView,
      handle: async ({ params }) => {
        const opened = await openReceipt(ctx, params.token);
        return opened.ok ? ok(presentReceipt(opened.value)) : opened;
      },
    }),
  ];
}

const asked = z.object({
  consultation: consultationView,
  round: roundView,
  open: z.boolean(),
  answer: z
    .object({ number: z.string(), answer: z.string(), text: z.string(), conditions: z.array(z.string()), receivedOn: z.string(), late: z.boolean() })
    .nullable(),
});

function presentAsked({ one, round, answer, open }: ConsultationView): z.output<typeof asked> {
  const own = answer && {
    number: answer.number,
    answer: answer.answer,
    text: answer.text,
    conditions: [...answer.conditions],
    receivedOn: answer.receivedOn,
    late: answer.late,
  };
  return { consultation: presentConsultation(one), round: presentRound(round), open, answer: own ?? null };
}

/** A consultee, by personal link or account. */
export function consulteeApi(ctx: ParticipationContext): AnyRoute[] {
  return [...ownApi(ctx), ...answerApi(ctx)];
}

function ownApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/consultations',
      access: 'signed-in',
      tag: TAG,
      summary: 'Anfragen, die das eigene Konto übernommen hat, und eigene Stellungnahmen',
      output: z.object({ items: z.array(consultationView), statements: z.array(z.object({ number: z.string(), receivedOn: z.string() })), next: z.null() }),
      handle: async ({ actor }) =>
        ok({
          items: (await ownConsultations(ctx, actor)).map(({ one }) => presentConsultation(one)),
          statements: (await ownStatements(ctx, actor)).map(({ number, receivedOn }) => ({ number, receivedOn })),
          next: null,
        }),
    }),
    apiRoute({
      method: 'get',
      path: '/api/consultations/:key',
      access: 'public',
      tag: TAG,
      summary: 'Was gefragt ist, mit der eigenen Antwort',
      limit: 'sign-in',
      params: key,
      output: asked,
      handle: async ({ actor, params }) => {
        const opened = await openConsultation(ctx, actor, params.key);
        return opened.ok ? ok(presentAsked(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/consultations/:key/claim',
      access: 'signed-in',
      tag: TAG,
      summary: 'Übernimmt die Anfrage in das eigene Konto',
      params: key,
      output: z.object({ id: z.string() }),
      handle: async ({ actor, params }) => {
        const claimed = await claimConsultation(ctx, actor, params.key);
        return claimed.ok ? ok({ id: claimed.value }) : claimed;
      },
    }),
  ];
}

function answerApi(ctx: ParticipationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/consultations/:key/answer',
      access: 'public',
      tag: TAG,
      summary: 'Antwortet oder ändert die Antwort (multipart: answer, text, conditions, files)',
      limit: 'sign-in',
      params: key,
      upload: true,
      output: asked,
      handle: async ({ actor, params, fields, files }) => {
        const answer = ANSWER_KINDS.find((one) => one === fields.get('answer'));
        if (answer === undefined) {
          return refuse(invalidField('answer', `Wählen Sie einen dieser Werte: ${ANSWER_KINDS.join(', ')}.`));
        }
        const words = { text: fields.get('text') ?? '', conditions: fields.getAll('conditions').flatMap(splitConditions) };
        const done = await answerConsultation(ctx, actor, { key: params.key, answer, ...words, files });
        if (!done.ok) return done;
        const opened = await openConsultation(ctx, actor, params.key);
        return opened.ok ? ok(presentAsked(opened.value)) : opened;
      },
    }),
  ];
}
