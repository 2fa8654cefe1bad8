import type { Problem } from '../../../kernel/problem.ts';
import { csv } from '../../../platform/http/csv.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  dataRoute,
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import type { Spool } from '../../../platform/http/spool.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { describe, descriptionOf, holding, holdings, makeCollection, type Holding } from '../application/administer.ts';
import { removeCollection } from '../application/collections.ts';
import {
  cancelOrder,
  importOrder,
  importOrders,
  orderRejects,
  orderUpload,
  orderUrl,
  type ImportContext,
  type ImportOrder,
} from '../application/import-orders.ts';
import { MOST_IMPORT_BYTES } from '../application/take-order.ts';
import { holdingApi } from './holding-api.ts';
import { HOLDINGS_PATH, readDescription, readWish, WRONG_ORIGIN, type Typed } from './holding-forms.ts';
import { administers, describePage, holdingPage, holdingsPage, removePage } from './holding-pages.ts';
import { holdingTexts } from './holding-texts.ts';
import { importPage, IMPORTS_PATH } from './import-pages.ts';

type Frame = (visit: Visit) => PageView;
const WATCHERS = ['administration', 'revision'] as const;
const KEEPERS = ['administration'] as const;
const SHOWN = 20;
const REJECTS = 100;
const CSV_STEP = 5000;

/** Collections and imports for those who look after them: pages and API. */
export function holdingRoutes(ctx: ImportContext, frame: Frame): AnyRoute[] {
  const spool: Spool = { directory: ctx.imports, maxBytes: MOST_IMPORT_BYTES };
  return [...listRoutes(ctx, frame), ...changeRoutes(ctx, frame), ...importRoutes(ctx, frame, spool), ...orderRoutes(ctx, frame), ...holdingApi(ctx, spool)];
}

function listRoutes(ctx: ImportContext, frame: Frame): AnyRoute[] {
  const list = async (visit: Visit, typed?: Typed): Promise<Answer> => {
    const { orders } = await importOrders(ctx, { limit: SHOWN });
    return answerHtml(holdingsPage(frame(visit), await holdings(ctx), orders, typed), typed === undefined ? 200 : 422);
  };
  return [
    getPage(HOLDINGS_PATH, WATCHERS, (visit) => list(visit)),
    postPage(HOLDINGS_PATH, KEEPERS, async (visit) => {
      const id = (visit.fields.get('id') ?? '').trim();
      const done = await makeCollection(ctx, visit.actor, id, readDescription(visit.fields));
      return done.ok ? redirect(`${HOLDINGS_PATH}/${id}`) : list(visit, { fields: visit.fields, problems: done.problem.fields ?? [] });
    }),
    getPage(`${HOLDINGS_PATH}/:id`, WATCHERS, (visit) => shown(ctx, frame, visit)),
  ];
}

async function shown(ctx: ImportContext, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  return withHolding(ctx, visit, async (one) => {
    const { orders } = await importOrders(ctx, { collection: one.collection.id, limit: SHOWN });
    return answerHtml(holdingPage(frame(visit), one, orders, typed), typed === undefined ? 200 : 422);
  });
}

async function withHolding(ctx: ImportContext, visit: Visit, show: (one: Holding) => Answer | Promise<Answer>): Promise<Answer> {
  const found = await holding(ctx, visit.params['id'] ?? '');
  return found.ok ? show(found.value) : problemPage(found.problem);
}

function changeRoutes(ctx: ImportContext, frame: Frame): AnyRoute[] {
  const at = `${HOLDINGS_PATH}/:id`;
  return [
    getPage(`${at}/beschreiben`, KEEPERS, (visit) =>
      withHolding(ctx, visit, (one) => answerHtml(describePage(frame(visit), one, descriptionOf(one.collection), []))),
    ),
    postPage(`${at}/beschreiben`, KEEPERS, (visit) =>
      withHolding(ctx, visit, async (one) => {
        const wish = readDescription(visit.fields);
        const done = await describe(ctx, visit.actor, one.collection.id, wish);
        if (done.ok) return redirect(`${HOLDINGS_PATH}/${one.collection.id}`);
        return done.problem.fields === undefined ? problemPage(done.problem) : answerHtml(describePage(frame(visit), one, wish, done.problem.fields), 422);
      }),
    ),
    getPage(`${at}/loeschen`, KEEPERS, (visit) => withHolding(ctx, visit, (one) => answerHtml(removePage(frame(visit), one)))),
    postPage(`${at}/loeschen`, KEEPERS, (visit) =>
      withHolding(ctx, visit, async (one) => {
        const { id } = one.collection;
        const problems = [{ field: 'confirm', message: holdingTexts(visit.lang).confirmWrong }];
        if ((visit.fields.get('confirm') ?? '').trim() !== id) return answerHtml(removePage(frame(visit), one, { fields: visit.fields, problems }), 422);
        const done = await removeCollection(ctx, visit.actor, id);
        return done.ok ? redirect(HOLDINGS_PATH) : problemPage(done.problem);
      }),
    ),
  ];
}

function importRoutes(ctx: ImportContext, frame: Frame, spool: Spool): AnyRoute[] {
  const refused = (visit: FormVisit, problem: Problem): Promise<Answer> | Answer =>
    problem.fields === undefined ? problemPage(problem) : shown(ctx, frame, visit, { fields: visit.fields, problems: problem.fields });
  const wrongOrigin = (visit: FormVisit, field: string): Promise<Answer> =>
    shown(ctx, frame, visit, { fields: visit.fields, problems: [{ field, message: WRONG_ORIGIN }] });
  return [
    postPage(
      `${HOLDINGS_PATH}/:id/datei`,
      KEEPERS,
      async (visit) => {
        const wish = readWish(visit.fields);
        if (wish === 'wrong-origin') return wrongOrigin(visit, 'origin');
        const done = await orderUpload(
          ctx,
          visit.actor,
          visit.params['id'] ?? '',
          visit.spooled?.find(({ field }) => field === 'file'),
          wish,
        );
        return done.ok ? redirect(`${IMPORTS_PATH}/${done.value.id}`) : refused(visit, done.problem);
      },
      { spool },
    ),
    postPage(`${HOLDINGS_PATH}/:id/adresse`, KEEPERS, async (visit) => {
      const wish = readWish(visit.fields, 'url-');
      if (wish === 'wrong-origin') return wrongOrigin(visit, 'url-origin');
      const done = await orderUrl(ctx, visit.actor, visit.params['id'] ?? '', visit.fields.get('url') ?? '', wish);
      return done.ok ? redirect(`${IMPORTS_PATH}/${done.value.id}`) : refused(visit, done.problem);
    }),
  ];
}

function orderRoutes(ctx: ImportContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${IMPORTS_PATH}/:id`, WATCHERS, async (visit) => {
      const found = await importOrder(ctx, visit.actor, visit.params['id'] ?? '');
      if (!found.ok) return problemPage(found.problem);
      const after = rowOf(visit.query.get('nach'));
      const view = frame(visit);
      return answerHtml(importPage(view, found.value, await orderRejects(ctx, found.value, after, REJECTS), after, administers(view)));
    }),
    postPage(`${IMPORTS_PATH}/:id/abbrechen`, KEEPERS, async (visit) => {
      const done = await cancelOrder(ctx, visit.actor, visit.params['id'] ?? '');
      return done.ok ? redirect(`${IMPORTS_PATH}/${done.value.id}`) : problemPage(done.problem);
    }),
    dataRoute('get', `${IMPORTS_PATH}/:id/abgewiesen.csv`, WATCHERS, async (visit) => {
      const found = await importOrder(ctx, visit.actor, visit.params['id'] ?? '');
      if (!found.ok) return dataRefusal(found.problem, visit, { status: problemStatus(found.problem) });
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="abgewiesen.csv"',
        'cache-control': 'private, no-store',
      };
      return { status: 200, headers, body: ReadableStream.from<Uint8Array>(rejectsAsCsv(ctx, found.value)) };
    }),
  ];
}

const rowOf = (text: string | null): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : 0);

async function* rejectsAsCsv(ctx: ImportContext, order: ImportOrder): AsyncGenerator<Uint8Array> {
  yield csv([['Zeile', 'Grund']]);
  for (let after: number | undefined = 0; after !== undefined;) {
    const { rejects, next } = await orderRejects(ctx, order, after, CSV_STEP);
    const bytes = csv(rejects.map(({ row, reason }) => [String(row), reason]));
    // the mark at the beginning of a file stands there once
    if (rejects.length > 0) yield bytes.subarray(3);
    after = next;
  }
}
