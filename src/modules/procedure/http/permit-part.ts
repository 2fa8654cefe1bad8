import { alert } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { Permit } from '../application/permits.ts';

/** Words about how long something holds. */
const permitTexts = defineTexts({
  de: {
    holds: (day: string) => `Gilt bis ${day}`,
    afterwards: 'Danach gilt die Erlaubnis nicht mehr. Wir erinnern Sie vorher.',
    ended: (day: string) => `Abgelaufen: galt bis ${day}`,
    endedBody: 'Die Erlaubnis gilt nicht mehr.',
    renewed: 'Dasselbe ist Ihnen schon neu erteilt. An dieses Ende erinnern wir nicht mehr.',
    toRenewed: (number: string) => `Zum neuen Vorgang ${number}`,
    verlaengern: 'Verlängern',
    neu: 'Neu beantragen',
  },
  en: {
    holds: (day: string) => `Valid until ${day}`,
    afterwards: 'After that day the permit no longer holds. We remind you before.',
    ended: (day: string) => `Expired: it was valid until ${day}`,
    endedBody: 'The permit no longer holds.',
    renewed: 'The same has been granted to you anew. We no longer remind you of this end.',
    toRenewed: (number: string) => `To the new case ${number}`,
    verlaengern: 'Renew',
    neu: 'Apply again',
  },
  leicht: {
    holds: (day: string) => `Die Erlaubnis gilt bis ${day}`,
    afterwards: 'Danach gilt sie nicht mehr. Wir sagen Ihnen vorher Bescheid.',
    ended: (day: string) => `Die Erlaubnis ist zu Ende seit ${day}`,
    endedBody: 'Sie gilt nicht mehr.',
    renewed: 'Sie haben schon eine neue Erlaubnis.',
    toRenewed: (number: string) => `Zur neuen Erlaubnis ${number}`,
    verlaengern: 'Verlängern',
    neu: 'Neuen Antrag stellen',
  },
});

/** Until when what was granted holds, what is after that, and how to go on. */
export function permitPart(permit: Permit | undefined, lang: Lang): Html {
  if (permit === undefined) return html``;
  const { until, ended, again, unless, successor } = permit;
  const t = permitTexts(lang);
  const day = formatDate(lang, Temporal.PlainDate.from(until));
  const said = successor !== undefined ? t.renewed : ended ? t.endedBody : t.afterwards;
  const body = html`<p class="kern-body">${said}</p>${unless === undefined ? '' : html`<p class="kern-body">${unless[lang]}</p>`}
${successor === undefined ? '' : html`<p class="kern-body"><a class="kern-link" href="/vorgang/${successor.id}">${t.toRenewed(successor.fileNumber)}</a></p>`}
${again === undefined ? '' : buttonRow(linkButton({ label: t[again.how], href: again.path, kind: 'secondary' }))}`;
  return alert(ended && successor === undefined ? 'warning' : 'info', ended ? t.ended(day) : t.holds(day), body);
}
