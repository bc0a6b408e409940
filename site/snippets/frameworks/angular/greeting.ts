import { Component, input, signal } from '@angular/core';
import type { Conversation } from 'juzi-helper-wasm/store';
import { fromStore, juzi } from './juzi';

@Component({
  selector: 'app-greeting',
  template: `
    <button (click)="greet()" [disabled]="state().pending">Say hello</button>
    <p role="status">{{ state().error?.message ?? (sent() ? 'Sent' : '') }}</p>
  `,
})
export class Greeting {
  readonly conversation = input.required<Conversation>();
  private readonly sender = juzi.createSender();
  protected readonly state = fromStore(this.sender);
  protected readonly sent = signal(false);

  protected async greet(): Promise<void> {
    const to = this.conversation();
    // Sends nothing if the user has opened another conversation meanwhile.
    this.sent.set(await this.sender.send({ msgtype: 'text', text: { content: `Hello ${to.name}` } }, { to }));
  }
}
