import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { keepDraft } from '../application/abandoned-drafts.ts';
import type { ProcedureContext } from '../application/context.ts';
import { deletionDay } from '../domain/draft-term.ts';
import { asCitizen } from './api.ts';
import { idParams } from './schemas.ts';

/** Keeping a draft, for programs. */
export const keepApi = (ctx: ProcedureContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/drafts/:id/keeping',
    access: 'citizen',
    tag: 'Antrag',
    summary: 'Behält einen unfertigen Antrag, der sonst gelöscht wird',
    params: idParams,
    output: z.object({ deletedOn: z.string() }),
    handle: async ({ actor, params }) => {
      const kept = await keepDraft(ctx, asCitizen(actor), params.id);
      return kept.ok ? ok({ deletedOn: deletionDay(kept.value, legalDay(ctx.clock())).toString() }) : kept;
    },
  });
