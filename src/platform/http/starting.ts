/** How far the start has come; the page shows it until the city answers itself. */
export interface StartProgress {
  /** What is being done, as a plain sentence. */
  step: string;
  done: number;
  total: number;
}

const PAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/**
 * Answers while the start still prepares the database, so that the port answers at once: `/health`
 * lives, `/ready` waits, every page says what is going on and comes back by itself.
 */
export function startingAnswer(request: Request, progress: StartProgress): Response {
  const { pathname } = new URL(request.url);
  if (pathname === '/health') return Response.json({ status: 'ok' });
  const headers = { 'retry-after': '2', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (pathname === '/ready' || pathname.startsWith('/api/')) {
    const detail = `Kontor startet noch: ${progress.step}. Versuchen Sie es in ein paar Sekunden noch einmal.`;
    const body = JSON.stringify({ type: 'about:blank', title: 'Kontor startet', status: 503, detail });
    return new Response(body, { status: 503, headers: { ...headers, 'content-type': 'application/problem+json; charset=utf-8' } });
  }
  return new Response(startingPage(progress), {
    status: 503,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_CSP },
  });
}

/** Stands alone: no file of the city is needed to show it. */
function startingPage({ step, done, total }: StartProgress): string {
  return `<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kontor startet</title>
<style>
:root{color-scheme:light dark;font-family:"Fira Sans",system-ui,sans-serif;line-height:1.5}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem}
main{max-width:32rem}h1{font-size:1.75rem;margin:0 0 .5rem}progress{width:100%;height:.75rem;accent-color:#171a2b}
@media(prefers-color-scheme:dark){progress{accent-color:#c9d1ff}}
</style></head>
<body><main><h1>Kontor startet</h1>
<p role="status">${step}</p>
<p><progress max="${total}" value="${done}" aria-label="Fortschritt">${done} von ${total}</progress></p>
<p>Der erste Start richtet die Datenbank ein. Das dauert wenige Sekunden. Diese Seite lädt sich selbst neu.</p>
</main></body></html>`;
}
