import { render, type TemplateResult } from 'lit';
import { Popup, type Map as LibreMap } from 'maplibre-gl';
import type { Place } from './lage-types.ts';

/** The one popup of the map: what is chosen tells about itself. */
export class LagePopup {
  readonly #map: LibreMap;
  readonly #closed: () => void;
  #popup: Popup | undefined;

  /** @param closed somebody has closed it */
  constructor(map: LibreMap, closed: () => void) {
    this.#map = map;
    this.#closed = closed;
  }

  close(): void {
    const open = this.#popup;
    this.#popup = undefined;
    open?.remove();
  }

  tell(place: Place, what: TemplateResult): void {
    const inner = document.createElement('div');
    render(what, inner);
    const at: [number, number] = [place[0], place[1]];
    if (this.#popup?.isOpen() === true) {
      this.#popup.setLngLat(at).setDOMContent(inner);
      return;
    }
    const popup = new Popup({ maxWidth: '20rem', className: 'k-twin__popup k-karte__popup', offset: 18, focusAfterOpen: false });
    this.#popup = popup.setLngLat(at).setDOMContent(inner).addTo(this.#map);
    popup.on('close', () => {
      if (this.#popup !== popup) return;
      this.#popup = undefined;
      this.#closed();
    });
  }
}
