import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import { ok } from '../../../kernel/result.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  apiRoute,
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { copyable, section } from '../../../platform/ui/parts.ts';
import { addDevice, listDevices, revokeDevice, type Device } from '../application/devices.ts';
import { deviceTexts } from './device-texts.ts';
import type { IdentityHttp } from './deps.ts';

const PATH = '/verwaltung/geraete';
const TAG = 'Geräte';

/** Keys of devices and programs that write, for the administration: page and API. */
export function deviceRoutes(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  return [
    getPage(PATH, ['administration', 'revision'], (visit) => listPage(deps, visit)),
    postPage(PATH, ['administration'], async (visit) => {
      const name = visit.fields.get('name') ?? '';
      const added = await addDevice(ctx, visit.actor, { name }, visit.now);
      return added.ok ? keyPage(deps, visit, added.value.key) : listPage(deps, visit, { name, problem: added.problem });
    }),
    postPage(`${PATH}/:id/sperren`, ['administration'], async (visit) => {
      const done = await revokeDevice(ctx, visit.actor, visit.params['id'] ?? '', visit.now);
      return done.ok ? redirect(PATH) : problemPage(done.problem);
    }),
    ...deviceApi(deps),
  ];
}

/** The answer to the form itself: a key in an address would stay in the browser's history. */
function keyPage({ frame }: IdentityHttp, visit: Visit, key: string): Answer {
  const t = deviceTexts(visit.lang);
  const body = html`${pageTitle(t.title)}${alert('success', t.key, html`${copyable(key, visit.lang)}<p class="kern-body">${t.keyHint}</p>`)}${buttonRow(linkButton({ label: t.back, href: PATH }))}`;
  return answerHtml(frame(visit, { title: t.key, body }), 201);
}

async function listPage({ ctx, frame }: IdentityHttp, visit: Visit, wrong?: { readonly name: string; readonly problem: Problem }): Promise<Answer> {
  const { lang, actor } = visit;
  const t = deviceTexts(lang);
  const administers = actor.kind === 'staff' && actor.roles.includes('administration');
  const problems = wrong?.problem.fields ?? [];
  const revoke = ({ id, name }: Device) => buttonForm(`${PATH}/${id}/sperren`, { label: t.revoke, kind: 'tertiary', small: true, context: name });
  const table = dataTable<Device>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => html`<span lang="de">${name}</span>` },
      { label: t.id, cell: ({ id }) => html`<code>${id}</code>` },
      { label: t.since, cell: ({ createdAt }) => formatInstant(lang, createdAt) },
      ...(administers ? [{ label: t.revoke, cell: revoke }] : []),
    ],
    await listDevices(ctx),
    { caption: t.title, captionHidden: true, lang, empty: t.none },
  );
  const add = form({ action: PATH }, [
    textField({ name: 'name', label: t.name, hint: t.nameHint, lang, value: wrong?.name ?? '', maxLength: 100, ...errorOf(problems, 'name') }),
    buttonRow(button({ label: t.add })),
  ]);
  const body = html`${errorSummary(problems, lang) ?? ''}${pageTitle(t.title, { lead: t.lead })}${table}${administers ? section(t.add, add) : ''}`;
  return answerHtml(frame(visit, { title: t.title, body }), wrong === undefined ? 200 : problemStatus(wrong.problem));
}

function deviceApi({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/devices',
      access: ['administration', 'revision'],
      tag: TAG,
      summary: 'Geräte und Programme, die schreiben dürfen.',
      output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.string() })), next: z.null() }),
      handle: async () =>
        ok({ items: (await listDevices(ctx)).map((one) => ({ ...one, createdAt: one.createdAt.toString({ smallestUnit: 'second' }) })), next: null }),
    }),
    apiRoute({
      method: 'post',
      path: '/api/devices',
      access: ['administration'],
      tag: TAG,
      summary: 'Lässt ein Gerät zu; sein Schlüssel steht nur in dieser Antwort.',
      body: z.object({ name: z.string().max(1000) }),
      keepsNoAnswer: true,
      output: z.object({ id: z.string(), key: z.string() }),
      status: 201,
      handle: ({ actor, body, now }) => addDevice(ctx, actor, body, now),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/devices/:id',
      access: ['administration'],
      tag: TAG,
      summary: 'Sperrt ein Gerät: sein Schlüssel öffnet nichts mehr.',
      params: z.object({ id: z.uuid() }),
      output: z.object({ id: z.string() }),
      handle: ({ actor, params: { id }, now }) => revokeDevice(ctx, actor, id, now),
    }),
  ];
}
