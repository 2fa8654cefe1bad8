export { BrowserClient, formAction, type Landed } from '../../src/commands/browser-client.ts';
