import { XBAU, type XbauType } from './xbau-names.ts';
import { child, children, descend, everyElement, textOf, type XmlElement } from './xml-tree.ts';

/** What an answer of an authority says, in sentences for whoever checks the file. */
export function tellings(root: XmlElement, type: XbauType): readonly string[] {
  switch (type) {
    case '0201':
      return formalCheck(root);
    case '0205':
      return decision(root);
    case '1100':
      return children(child(root, '', 'rueckweisungDaten'), '', 'rueckweisungsgrund').map((reason) =>
        [textOf(reason, '', 'grund', 'code'), textOf(reason, '', 'fehlertext')].filter((part) => part !== undefined).join(': '),
      );
    case '1120':
      return paragraphsBelow(child(root, '', 'information'));
    default:
      return [];
  }
}

function formalCheck(root: XmlElement): readonly string[] {
  const complete = textOf(root, XBAU, 'antragVollstaendig');
  const until = textOf(root, XBAU, 'befundFrist', 'frist');
  const by = textOf(root, XBAU, 'unterlagenAntragVollstaendig', 'genehmigungsdatum', 'spaetestesGenehmigungsdatum');
  return [
    ...(complete === undefined ? [] : [['true', '1'].includes(complete) ? 'Der Antrag ist vollständig.' : 'Der Antrag ist nicht vollständig.']),
    ...children(descend(root, XBAU, 'befundFrist', 'befundliste'), XBAU, 'befund').map((finding) => `Es fehlt: ${paragraphsBelow(finding).join(' ')}`),
    ...(until === undefined ? [] : [`Frist: ${until}`]),
    ...children(child(root, XBAU, 'unterlagenAntragVollstaendig'), XBAU, 'eingereichteBauvorlagen').map(
      (one) => `Liegt vor: ${textOf(one, XBAU, 'bezeichnungDatei') ?? ''}`,
    ),
    ...(by === undefined ? [] : [`Entscheidung spätestens: ${by}`]),
    ...paragraphsBelow(child(root, XBAU, 'anschreiben')),
  ];
}

function decision(root: XmlElement): readonly string[] {
  const bescheid = child(root, XBAU, 'bescheid');
  const granted = textOf(bescheid, XBAU, 'tenor', 'istGenehmigung');
  return [
    ...(granted === undefined ? [] : [['true', '1'].includes(granted) ? 'Der Antrag ist genehmigt.' : 'Der Antrag ist abgelehnt.']),
    ...paragraphsBelow(child(bescheid, XBAU, 'tenor')),
    ...children(bescheid, XBAU, 'nebenbestimmung').map((one) => `Nebenbestimmung: ${formatted(child(one, XBAU, 'nebenbestimmung'))}`),
  ];
}

const paragraphsBelow = (element: XmlElement | undefined): readonly string[] =>
  element === undefined
    ? []
    : [...everyElement(element)]
        .filter(({ name, namespace }) => name === 'textabsatz' && namespace === '')
        .map(({ text }) => text.trim())
        .filter((text) => text !== '');

/** The words of a `TextFormatiert`: its HTML is never shown as HTML. */
function formatted(element: XmlElement | undefined): string {
  const html = Buffer.from(textOf(element, '', 'text') ?? '', 'base64').toString('utf8');
  const words = html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 2000);
}
