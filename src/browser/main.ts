import '@kern-ux/native/dist/kern.css';
import './styles/index.css';
import { AutosaveElement } from './autosave.ts';
import { CopyElement, CounterElement } from './small.ts';
import { DeviceElement } from './device.ts';
import { askBeforeSignOut } from './sign-out.ts';
import { focusProblems, guardForms } from './guard.ts';
import { LiveElement } from './live.ts';
import { PasskeyElement } from './passkey.ts';
import { PushElement } from './push.ts';
import { ShortcutsElement } from './shortcuts.ts';
import { StrokesElement } from './strokes.ts';
import { UploadElement } from './upload.ts';

// Every page works without this file; each element only improves markup that is already there.
askBeforeSignOut(document);
guardForms(document);
focusProblems(document);
customElements.define('kontor-autosave', AutosaveElement);
customElements.define('kontor-copy', CopyElement);
customElements.define('kontor-counter', CounterElement);
customElements.define('kontor-device', DeviceElement);
customElements.define('kontor-live', LiveElement);
customElements.define('kontor-passkey', PasskeyElement);
customElements.define('kontor-push', PushElement);
customElements.define('kontor-shortcuts', ShortcutsElement);
customElements.define('kontor-strokes', StrokesElement);
customElements.define('kontor-upload', UploadElement);
