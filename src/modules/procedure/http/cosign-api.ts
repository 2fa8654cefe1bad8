import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { ProcedureContext } from '../application/context.ts';
import { decline, openCosigning, ownCosignings, readCosignedUpload, sign, takeUp } from '../application/cosign.ts';
import { inviteAgain, inviteCosigner, removeCosigner } from '../application/cosigners.ts';
import { standingOf, type Cosigner } from '../domain/cosigner.ts';
import { asCitizen } from './api.ts';
import { contentOf, fileContent } from './case-files-api.ts';
import { cosignerView, idParams, standing } from './schemas.ts';

const tag = 'Gemeinsamer Antrag';

export const presentCosigner = (one: Cosigner, now: Temporal.Instant): z.output<typeof cosignerView> => ({
  id: one.id,
  givenName: one.givenName,
  familyName: one.familyName,
  email: one.email,
  standing: standingOf(one, now),
  signedAt: one.signedAt?.toString() ?? null,
  declineReason: one.declineReason,
  linkUntil: one.expiresAt.toString(),
});

export function cosignApi(ctx: ProcedureContext): AnyRoute[] {
  return [...ownerRoutes(ctx), ...takeRoutes(ctx), ...readRoutes(ctx), ...answerRoutes(ctx)];
}

/** For the owner of a draft. */
function ownerRoutes(ctx: ProcedureContext): AnyRoute[] {
  const params = z.object({ id: z.uuid(), cosignerId: z.uuid() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/drafts/:id/cosigners',
      access: 'citizen',
      tag,
      summary: 'Bittet eine weitere Person, den Antrag gemeinsam zu stellen; sie bekommt einen persönlichen Link',
      status: 201,
      params: idParams,
      body: z.object({ givenName: z.string().max(200), familyName: z.string().max(200), email: z.string().max(300) }),
      output: cosignerView,
      handle: async ({ actor, params: { id }, body, now, lang }) => {
        const asked = await inviteCosigner(ctx, asCitizen(actor), { draftId: id, ...body, lang });
        return asked.ok ? ok(presentCosigner(asked.value, now)) : asked;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/drafts/:id/cosigners/:cosignerId/link',
      access: 'citizen',
      tag,
      summary: 'Schickt einen neuen Link; der alte gilt nicht mehr',
      params,
      output: cosignerView,
      handle: async ({ actor, params: { id, cosignerId }, now, lang }) => {
        const renewed = await inviteAgain(ctx, asCitizen(actor), { draftId: id, cosignerId, lang });
        return renewed.ok ? ok(presentCosigner(renewed.value, now)) : renewed;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/drafts/:id/cosigners/:cosignerId',
      access: 'citizen',
      tag,
      summary: 'Nimmt eine Person aus dem Antrag, bevor er eingereicht ist',
      params,
      output: z.object({ removed: z.boolean() }),
      handle: async ({ actor, params: { id, cosignerId } }) => {
        const done = await removeCosigner(ctx, asCitizen(actor), { draftId: id, cosignerId });
        return done.ok ? ok({ removed: true }) : done;
      },
    }),
  ];
}

const cosigningView = z.object({
  id: z.string(),
  service: z.string(),
  standing,
  answers: z.record(z.string(), z.unknown()),
  uploads: z.array(z.object({ id: z.string(), slot: z.string(), fileName: z.string(), mediaType: z.string(), sizeBytes: z.number(), sha256: z.string() })),
  others: z.array(z.string()),
  /** What a signature binds to: send it back to sign exactly this. */
  sha256: z.string(),
  complete: z.boolean(),
});

/** For those who are asked to sign. */
function takeRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/cosignings',
      access: 'person',
      tag,
      summary: 'Anträge, um deren Mitzeichnung dieses Konto gebeten ist',
      output: z.array(z.object({ id: z.string(), service: z.string(), standing })),
      handle: async ({ actor, now }) =>
        ok((await ownCosignings(ctx, asCitizen(actor))).map(({ one, service }) => ({ id: one.id, service, standing: standingOf(one, now) }))),
    }),
    apiRoute({
      method: 'post',
      path: '/api/cosignings',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'Übernimmt die Bitte aus einem persönlichen Link in das Konto: das erste Konto, und kein anderes',
      status: 201,
      body: z.object({ token: z.string().max(100) }),
      output: z.object({ id: z.string() }),
      handle: async ({ actor, body }) => {
        const taken = await takeUp(ctx, asCitizen(actor), body.token);
        return taken.ok ? ok({ id: taken.value }) : taken;
      },
    }),
  ];
}

function readRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/cosignings/:id',
      access: 'person',
      tag,
      summary: 'Der ganze Antrag, genau wie er steht, für wen er zum Mitzeichnen bestimmt ist',
      params: idParams,
      output: cosigningView,
      handle: async ({ actor, params, now }) => {
        const opened = await openCosigning(ctx, asCitizen(actor), params.id);
        if (!opened.ok) return opened;
        const { one, draft, uploads, others, sha256, complete } = opened.value;
        const files = uploads.map(({ id, slot, fileName, mediaType, sizeBytes, sha256: hash }) => ({ id, slot, fileName, mediaType, sizeBytes, sha256: hash }));
        const names = others.map(({ givenName, familyName }) => `${givenName} ${familyName}`);
        return ok({
          id: one.id,
          service: draft.service,
          standing: standingOf(one, now),
          answers: draft.answers,
          uploads: files,
          others: names,
          sha256,
          complete,
        });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/cosignings/:id/files/:uploadId',
      access: 'person',
      tag,
      summary: 'Eine Unterlage des Antrags (Inhalt in base64)',
      params: z.object({ id: z.uuid(), uploadId: z.uuid() }),
      output: fileContent,
      handle: async ({ actor, params }) => {
        const read = await readCosignedUpload(ctx, asCitizen(actor), params.id, params.uploadId);
        return read.ok ? ok(contentOf(read.value.upload.fileName, read.value.file)) : read;
      },
    }),
  ];
}

function answerRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/cosignings/:id/signature',
      access: 'person',
      tag,
      summary: 'Zeichnet den Antrag mit, wie er gelesen wurde; hat er sich geändert, wird das gesagt',
      params: idParams,
      body: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      output: z.object({ signed: z.boolean() }),
      handle: async ({ actor, params, body }) => {
        const done = await sign(ctx, asCitizen(actor), { id: params.id, sha256: body.sha256 });
        return done.ok ? ok({ signed: true }) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/cosignings/:id/refusal',
      access: 'person',
      tag,
      summary: 'Lehnt die Mitzeichnung mit Grund ab',
      params: idParams,
      body: z.object({ reason: z.string().max(4000) }),
      output: z.object({ declined: z.boolean() }),
      handle: async ({ actor, params, body }) => {
        const done = await decline(ctx, asCitizen(actor), { id: params.id, reason: body.reason });
        return done.ok ? ok({ declined: true }) : done;
      },
    }),
  ];
}
