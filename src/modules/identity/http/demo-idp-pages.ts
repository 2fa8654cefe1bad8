import { createHash } from 'node:crypto';
import { html, raw, type Html } from '../../../platform/ui/html.ts';
import type { DemoPerson } from '../domain/demo-people.ts';

const STYLE = `
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 42rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.demo { margin: 0; padding: .75rem 1rem; background: #ffd60a; color: #1a1a1a; font-weight: 600; }
.demo span { display: block; max-width: 42rem; margin: 0 auto; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.5rem 0 .5rem; }
ul { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .5rem; }
button { font: inherit; text-align: start; inline-size: 100%; min-block-size: 44px; padding: .625rem .875rem; border: 1px solid GrayText;
  border-radius: .375rem; background: Canvas; color: CanvasText; cursor: pointer; }
button strong, button small { display: block; }
button small { font-size: .9375rem; }
button:focus-visible, a:focus-visible { outline: 3px solid #0b6bcb; outline-offset: 2px; }
button:hover { border-color: #0b6bcb; box-shadow: inset 0 0 0 1px #0b6bcb; }
button.plain { inline-size: auto; }
`;

/** The hash that lets this one style pass the policy of its pages. */
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Headers of the demo provider's own pages. @param formTargets origins a form may lead to in the end */
export function demoPageHeaders(formTargets: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'self' ${formTargets.join(' ')}; frame-ancestors 'none'`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}

function page(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>DEMO: ${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header class="demo"><span>DEMO: Dies ist keine echte Anmeldung. Alle Personen sind erfunden. Geben Sie hier keine echten Daten ein.</span></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;
}

const LEVELS = { einfach: 'Vertrauensniveau niedrig', substanziell: 'Vertrauensniveau substanziell', hoch: 'Vertrauensniveau hoch' } as const;

function personButton(person: DemoPerson): Html {
  const name = person.kind === 'citizen' ? `${person.givenName} ${person.familyName}` : person.name;
  const note = person.kind === 'citizen' ? `${person.about}. ${LEVELS[person.eid]}` : person.about;
  return html`<li><button type="submit" name="person" value="${person.subject}"><strong>${name}</strong><small>${note}</small></button></li>`;
}

/** Lists the invented people; choosing one signs in as them. */
export function choosePersonPage(action: string, people: readonly DemoPerson[], purpose: 'eid' | 'staff'): Html {
  const title = purpose === 'eid' ? 'Mit dem Demo-Ausweis anmelden' : 'Als Beschäftigte der Demo-Stadt anmelden';
  return page(
    title,
    html`<p>Wählen Sie, als wer Sie sich anmelden.</p>
<form method="post" action="${action}">
<ul>${people.map(personButton)}</ul>
<button class="plain" type="submit" name="cancel" value="1">Abbrechen</button>
</form>`,
  );
}

/** @param form the provider's own form with its protection against foreign requests */
export function signOutPage(form: string): Html {
  return page(
    'Bei der Demo-Anmeldung abmelden?',
    html`<p>In Kontor sind Sie schon abgemeldet. Hier beenden Sie auch die Demo-Anmeldung.</p>
${raw(form)}
<p><button class="plain" type="submit" form="op.logoutForm" value="yes" name="logout">Ja, abmelden</button></p>
<p><button class="plain" type="submit" form="op.logoutForm">Nein, angemeldet bleiben</button></p>`,
  );
}

export function signedOutPage(backTo: string): Html {
  return page('Sie sind abgemeldet', html`<p>Die Demo-Anmeldung ist beendet.</p><p><a href="${backTo}">Zurück zu Kontor</a></p>`);
}

/** @param code the protocol's own name of the mistake, for developers */
export function demoErrorPage(code: string, backTo: string): Html {
  return page(
    'Diese Anmeldung geht nicht weiter',
    html`<p>Die Anmeldung ist abgelaufen oder die Anfrage war nicht richtig. Beginnen Sie die Anmeldung in Kontor neu.</p>
<p><a href="${backTo}">Zurück zur Anmeldung</a></p>
<p>Für die Technik: ${code}</p>`,
  );
}
