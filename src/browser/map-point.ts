import { Marker, type LngLat, type Map } from 'maplibre-gl';
import { browserTexts } from './texts.ts';

const PIN = '<svg viewBox="-16 -42 32 44" width="32" height="44" aria-hidden="true"><path d="M0 0C-4-9-14-14-14-24a14 14 0 0 1 28 0C14-14 4-9 0 0Z"/></svg>';

function pinElement(label: string, other: boolean): HTMLElement {
  const pin = document.createElement(other ? 'span' : 'button');
  if (pin instanceof HTMLButtonElement) pin.type = 'button';
  pin.className = other ? 'k-pin k-pin--other' : 'k-pin';
  pin.innerHTML = PIN;
  const text = document.createElement('span');
  text.textContent = label;
  pin.append(text);
  return pin;
}

/** A place that is only shown. */
export function showPlace(map: Map, label: string, at: { lon: number; lat: number }, active: boolean): Marker {
  const pin = pinElement(label, true);
  pin.classList.toggle('k-pin--other', !active);
  pin.setAttribute('role', 'img');
  pin.setAttribute('aria-label', `${browserTexts().mapMarker} ${label}`);
  return new Marker({ element: pin, anchor: 'bottom' }).setLngLat([at.lon, at.lat]).addTo(map);
}

/** One place of the form: two number inputs and the pin that shows them; either moves the other. */
export class MapPoint {
  readonly label: string;
  readonly #map: Map;
  readonly #lon: HTMLInputElement;
  readonly #lat: HTMLInputElement;
  readonly #comma: boolean;
  readonly #onChange: (point: MapPoint) => void;
  #marker: Marker | undefined;

  constructor(map: Map, label: string, lon: HTMLInputElement, lat: HTMLInputElement, comma: boolean, onChange: (point: MapPoint) => void) {
    this.#map = map;
    this.label = label;
    this.#lon = lon;
    this.#lat = lat;
    this.#comma = comma;
    this.#onChange = onChange;
    for (const input of [lon, lat])
      input.addEventListener('change', () => {
        this.#fromInputs();
        this.#onChange(this);
      });
    this.#fromInputs();
  }

  get placed(): boolean {
    return this.#marker !== undefined;
  }

  get at(): LngLat | undefined {
    return this.#marker?.getLngLat();
  }

  focus(): void {
    this.#marker?.getElement().focus();
  }

  place(lon: number, lat: number): void {
    this.#show(lon, lat);
    this.#write(lon, lat);
  }

  remove(): void {
    this.#marker?.remove();
    this.#marker = undefined;
    this.#lon.value = '';
    this.#lat.value = '';
    this.#tell();
  }

  #fromInputs(): void {
    const [lon, lat] = [this.#lon, this.#lat].map((input) => Number(input.value.trim().replace(',', '.')));
    // UTM and mistakes are the server's business; the pin only follows degrees.
    if (this.#lon.value.trim() === '' || lon === undefined || lat === undefined || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 85)) return;
    this.#show(lon, lat);
  }

  #show(lon: number, lat: number): void {
    if (this.#marker === undefined) {
      const pin = pinElement(this.label, false);
      pin.setAttribute('aria-label', `${browserTexts().mapMarker} ${this.label}`);
      this.#marker = new Marker({ element: pin, anchor: 'bottom', draggable: true });
      this.#marker.on('dragend', () => {
        const to = this.#marker!.getLngLat();
        this.#write(to.lng, to.lat);
      });
      pin.addEventListener('keydown', (event) => this.#byKey(event));
      this.#marker.setLngLat([lon, lat]).addTo(this.#map);
    }
    this.#marker.setLngLat([lon, lat]);
  }

  #byKey(event: KeyboardEvent): void {
    const marker = this.#marker;
    if (marker === undefined) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      return this.remove();
    }
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (right === 0 && down === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 20 : 2;
    const pixel = this.#map.project(marker.getLngLat());
    const to = this.#map.unproject([pixel.x + right! * step, pixel.y + down! * step]);
    this.place(to.lng, to.lat);
  }

  #write(lon: number, lat: number): void {
    const text = (value: number): string => (Math.round(value * 1e6) / 1e6).toString().replace('.', this.#comma ? ',' : '.');
    this.#lon.value = text(lon);
    this.#lat.value = text(lat);
    this.#tell();
  }

  #tell(): void {
    this.#lon.dispatchEvent(new Event('input', { bubbles: true }));
    this.#onChange(this);
  }
}
