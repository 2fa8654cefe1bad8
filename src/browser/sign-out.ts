/** Says, without opening anything, that something of a Lage is kept on this device (`offline/database.ts`). */
const KEPT_FLAG = 'kontor-lage';

/** Whoever signs out leaves nothing of a Lage on the device. What was not sent yet goes with it: the person is asked first. */
export function askBeforeSignOut(root: Document): void {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith('/abmelden') || localStorage.getItem(KEPT_FLAG) === null) return;
    event.preventDefault();
    void leave(form);
  });
}

async function leave(form: HTMLFormElement): Promise<void> {
  const [{ dropKept, waiting }, { offlineTexts }] = await Promise.all([import('./offline/kit.ts'), import('./offline/texts.ts')]);
  const left = await waiting();
  if (left > 0 && !confirm(offlineTexts().signOut(left))) return;
  await dropKept({ entries: true });
  form.submit();
}
