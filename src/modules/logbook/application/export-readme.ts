import type { LageExport } from '../domain/export.ts';

/** The sheet that lies beside the data: what they are, and how somebody without Kontor proves them. */
export function exportReadme(data: LageExport, sha256: string, volumes: readonly string[]): string {
  return `Einsatztagebuch der Lage „${String(data.lage['title'])}“
${data.lage['exercise'] === true ? '\nÜBUNG. Nichts hier ist wirklich geschehen.\n' : ''}
Ausgegeben von ${data.origin} am ${data.exportedAt}, für ${data.exportedBy}.

Dateien
  lage.json     alle Worte mit ihren Prüfsummen, und die Zeilen des Journals zu dieser Lage
${volumes.map((name) => `  ${name.padEnd(13)} das Tagebuch zum Lesen, mit dem Siegel der Stadt`).join('\n')}
  pruefen.mjs   prüft beides; Node.js ab Version 18, keine Bibliotheken
  liesmich.txt  dieses Blatt

Prüfen
  node pruefen.mjs

  node pruefen.mjs . --ca stadt.pem      mit dem Zertifikat, auf das sich das Siegel der Stadt stützt

  Das Programm sagt, was unversehrt ist und was nicht. Es endet mit 0, wenn alles stimmt, mit 1, wenn nicht.

Was geprüft wird, und wie es ohne das Programm geht
  1. SHA-256 von lage.json ist
       ${sha256}
     Diese Zahl steht auch im Siegel des PDF (Feld „Reason“). Wer lage.json ändert, müsste das Siegel der Stadt fälschen.
     Wem das Siegel gehört, sagt sein Fingerabdruck: vergleichen Sie ihn mit dem der Stadt, geben Sie --ca an, oder prüfen
     Sie das PDF auf der Seite /pruefen der Stadt.
       sha256sum lage.json
       pdfsig tagebuch-1.pdf
  2. Jede Zeile in „journal“ ergibt ihre Prüfsumme „hash“: SHA-256 über previousHash, seq, at, stream, kind, actor und
     payload, in dieser Reihenfolge, mit je einem Zeilenumbruch (0x0A) dazwischen, in UTF-8.
  3. Hat eine Zeile die Nummer ihrer Vorgängerin plus eins, so ist ihr previousHash deren hash.
     Dazwischen liegen Zeilen anderer Vorgänge der Stadt. Sie gehören nicht in diesen Export. Dass die Kette auch über sie
     hinweg hält, zeigt die Stadt: ./kontor journal verify, und ./kontor lage verify ORDNER --journal vergleicht jede Zeile
     dieses Exports mit ihrem Journal.
  4. Zu jedem Eintrag, jeder Nachricht, jedem Vermerk und jeder Fassung eines Lageberichts ist SHA-256 von „words“ (UTF-8)
     die Zahl „sha256“ in der payload der zugehörigen Zeile des Journals. „words“ ist JSON und lässt sich so lesen.
  5. Die Nummern der Einträge und der Nachrichten beginnen mit 1 und haben keine Lücke.

Was nicht bewiesen wird
  Ob stimmt, was jemand geschrieben hat. Bewiesen wird, wer es wann geschrieben hat, nach der Uhr der Stadt, und dass es
  seither niemand geändert hat.
`;
}
