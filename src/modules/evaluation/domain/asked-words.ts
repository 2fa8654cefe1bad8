/**
 * Words of a question that ask and do not tell what about: pronouns, articles, forms of have, be, may and must, and what
 * people begin a question with. Lower case.
 */
const ASKING = new Set(
  `
  ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen sich man wer wen wem wessen was welche welcher welches welchen welchem wie wo wann warum wieso weshalb
  woher wohin wofür womit wonach worauf woran worin wozu wovon
  mein meine meiner meines meinem meinen dein deine deiner unser unsere unserer unserem unseren ihre ihrem ihren ihrer ihres seine seiner seinem seinen sein
  der die das den dem des ein eine einer eines einem einen kein keine keiner keinem keinen dies diese dieser dieses diesem diesen jede jeder jedes jeden jedem alle alles allem
  bin bist ist sind seid war waren wäre habe hast hat haben hatte hätte hätten werde wird werden wurde würde würden worden geworden
  kann kannst können könnte darf dürfen dürfte muss müssen müsste soll sollen sollte will wollen möchte möchten mag lasse lässt lassen
  gibt geht gilt gehen geben tun macht machen mache gemacht passiert geschieht heißt kommt kommen bekomme bekommt bekommen brauche braucht brauchen wissen weiß sagen
  und oder aber auch denn weil dass ob wenn falls als bis in im an am auf aus bei beim mit nach von vom vor zu zum zur für über unter um durch ohne gegen zwischen wegen seit ab
  nicht nie nichts nur noch schon sehr so da dann dort hier hin her jetzt nun mal eigentlich überhaupt wirklich gerade gar trotzdem doch bitte etwas mehr viel viele wenig mich
  `
    .trim()
    .split(/\s+/u),
);

/** The words that say what a question is about, as they stand in it; all of them when it only asks. */
export function askedWords(question: string): string[] {
  const words = question.match(/[\p{L}\p{N}]+(?:[-/.][\p{L}\p{N}]+)*/gu) ?? [];
  const telling = words.filter((word) => !ASKING.has(word.toLowerCase()) && word.length > 1);
  return telling.length > 0 ? telling : words;
}
