import { Component, DestroyRef, inject, NgZone } from '@angular/core';
import { juziWx } from 'juzi-helper-wasm';

@Component({ selector: 'app-switches', template: `<output>{{ count }}</output>` })
export class Switches {
  protected count = 0;

  constructor() {
    const zone = inject(NgZone);
    const end = juziWx.on('updateBaseInfo', () => zone.run(() => (this.count += 1)));
    inject(DestroyRef).onDestroy(end);
  }
}
