import { AnswerElement, CopyTextElement, SendElement } from './assistant-elements.ts';

// Every page of the assistant works without this file; each element only improves markup that is already there.
customElements.define('kontor-answer', AnswerElement);
customElements.define('kontor-copy-text', CopyTextElement);
customElements.define('kontor-send', SendElement);
