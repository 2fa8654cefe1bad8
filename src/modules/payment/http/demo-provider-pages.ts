import { formatEuro } from '../../../kernel/money.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import type { DemoPayment } from '../application/demo-books.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

export const goneTexts = {
  title: 'Diese Zahlung gibt es nicht',
  body: html`<p>Gehen Sie zurück zur Stadt und beginnen Sie neu.</p>`,
  closedTitle: 'Bezahlt, und das Fenster ist zu',
  closedBody: html`<p>So endet eine Zahlung, wenn der Browser sich vor der Rückkehr schließt. Die Stadt erfährt es trotzdem. Öffnen Sie dort „Zahlungen“.</p>`,
} as const;

/** A page of the demo provider: plain, so that nobody takes it for the city's. */
export async function page(status: number, title: string, body: Html, formAction = "'self'"): Promise<Response> {
  const document = html`<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – DEMO-Zahlungsdienst</title></head>
<body><main><p><strong>DEMO: Hier fließt kein Geld.</strong> Dieser Zahlungsdienst ist erfunden.</p><h1>${title}</h1>${body}</main></body></html>`;
  const policy = `default-src 'none'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`;
  return new Response((await document).toString(), { status, headers: { ...HEADERS, 'content-security-policy': policy } });
}

const CHOICES: readonly (readonly [value: string, label: string])[] = [
  ['zahlen', 'Zahlen'],
  ['zahlen-ohne-rueckweg', 'Zahlen, aber der Browser schließt sich'],
  ['zahlen-meldung-spaeter', 'Zahlen, die Meldung an die Stadt kommt erst nach 90 Sekunden'],
  ['zahlen-ohne-meldung', 'Zahlen, die Meldung an die Stadt geht verloren'],
  ['ablehnen', 'Die Bank lehnt ab'],
  ['abbrechen', 'Abbrechen'],
];

export function checkoutPage(payment: DemoPayment, publicUrl: string): Promise<Response> {
  if (payment.state !== 'pending') {
    return page(200, 'Diese Zahlung ist abgeschlossen', html`<p><a href="${payment.returnUrl}">Zurück zur Stadt</a></p>`);
  }
  const choices = CHOICES.map(([value, label]) => html`<p><button name="ausgang" value="${value}">${label}</button></p>`);
  const body = html`<p>Betrag: <strong>${formatEuro(payment.amountCents)}</strong></p><p>Verwendungszweck: ${payment.reference}</p>
<form method="post" action="${publicUrl}/demo-zahlung/kasse/${payment.id}"><fieldset><legend>Wie soll diese Zahlung enden?</legend>${choices}</fieldset></form>`;
  return page(200, 'Bezahlen', body, `'self' ${new URL(payment.returnUrl).origin}`);
}
